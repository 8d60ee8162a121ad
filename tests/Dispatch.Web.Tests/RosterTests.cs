using System.Globalization;
using System.Text.Json;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests;

/// <summary>Rosters on the wire: written, decided about for a day, swapped, and what they leave open.</summary>
public sealed class RosterTests(RosterTests.Office host) : IClassFixture<RosterTests.Office>
{
    /// <summary>Her planner signs in once: nobody may do so as often as these stories look at the roster.</summary>
    public sealed class Office : RunningHost
    {
        private Task<Caller>? _planner;

        public Task<Caller> Planner() => _planner ??= SignIn("planner");
    }

    private const string Area = "TT/one";
    private const string Path = "/api/v1/areas/TT%2Fone/roster";
    private static readonly string[] EveryDay = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    [Fact]
    public async Task Whom_the_roster_names_is_asked_though_she_never_signed_in_and_after_she_left()
    {
        await Write(Always("nurse3"));
        var first = await host.Anybody().Raised(new { needs = new[] { "health" } });
        var nurse = await host.SignIn("nurse3");
        Assert.StartsWith(first.Id, await Eventually.Offer(nurse, first.Id), StringComparison.Ordinal);

        (await nurse.Post("/api/v1/sign-out")).Is(204);
        var second = await host.Anybody().Raised(new { needs = new[] { "health" } });
        nurse = await host.SignIn("nurse3");
        Assert.StartsWith(second.Id, await Eventually.Offer(nurse, second.Id), StringComparison.Ordinal);
        var duty = (await nurse.Get("/api/v1/me")).Is(200).Json.GetProperty("duty");
        Assert.True(duty.GetProperty("onDuty").GetBoolean());
        Assert.InRange(duty.GetProperty("until").GetDateTimeOffset(), host.Clock.GetUtcNow(), host.Clock.GetUtcNow().AddDays(1));

        (await nurse.Put("/api/v1/me/duty", new { onDuty = false, until = host.Clock.GetUtcNow().AddHours(1) })).Is(200);
        Assert.False((await nurse.Get("/api/v1/me")).Is(200).Json.GetProperty("duty").GetProperty("onDuty").GetBoolean());
        Assert.DoesNotContain("Nurse 3", await WouldAnswer(host.Clock.GetUtcNow()));
        Assert.Contains("Nurse 3", await WouldAnswer(host.Clock.GetUtcNow().AddHours(2)));
    }

    [Fact]
    public async Task It_outlives_a_restart_and_who_left_the_programme_is_not_asked()
    {
        var other = new RunningHost();
        await other.InitializeAsync();
        try
        {
            (await (await other.SignIn("planner")).Put(Path, new { version = 0, shifts = new[] { Always("nurse0"), Always("nurse1") } })).Is(200);
            await other.Stop();
            other.Settings = Programme.Settings(firstNurse: 1);
            await other.Start();

            var phone = await other.Anybody().Raised(new { needs = new[] { "health" } });
            await Eventually.Offer(await other.SignIn("nurse1"), phone.Id);
            var alert = (await (await other.SignIn("boss")).Get($"/api/v1/alerts/{phone.Id}")).Is(200);
            Assert.Equal(1, alert.Json.GetProperty("offers").GetArrayLength());
        }
        finally
        {
            await other.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_second_who_writes_learns_of_the_version_of_now()
    {
        var planner = await host.Planner();
        var version = await Write(Always("nurse4"));
        var stale = (await planner.Put(Path, new { version = version - 1, shifts = Array.Empty<object>() })).Is(409, "roster_stale");
        Assert.Equal(version, stale.Json.GetProperty("version").GetInt64());
        (await planner.Post($"{Path}/overrides", new { version = version - 1, person = "nurse4", date = Day(1), adds = false })).Is(409, "roster_stale");
        var kept = (await planner.Get(Path)).Is(200).Json;
        Assert.Equal((version, "Nurse 4"), (kept.GetProperty("version").GetInt64(), kept.GetProperty("shifts")[0].GetProperty("person").GetProperty("displayName").GetString()));
    }

    [Fact]
    public async Task A_preview_of_an_hour_asks_whom_the_roster_names_then()
    {
        var planner = await host.Planner();
        var version = await Write();
        var at = new DateTimeOffset(host.Clock.GetUtcNow().Date.AddDays(2).AddHours(2), TimeSpan.Zero);
        Assert.DoesNotContain("Nurse 5", await WouldAnswer(at.AddMinutes(30)));

        var added = (await planner.Post($"{Path}/overrides", new { version, person = "nurse5", date = Day(2), adds = true, from = "02:00", until = "03:00" })).Is(200).Json;
        Assert.Contains("Nurse 5", await WouldAnswer(at.AddMinutes(30)));
        Assert.DoesNotContain("Nurse 5", await WouldAnswer(at.AddMinutes(60)));

        var id = added.GetProperty("overrides").EnumerateArray().Last().GetProperty("id").GetString();
        (await planner.Delete($"{Path}/overrides/{id}")).Is(200);
        (await planner.Delete($"{Path}/overrides/{id}")).Is(404, "not_found");
        Assert.DoesNotContain("Nurse 5", await WouldAnswer(at.AddMinutes(30)));
    }

    [Fact]
    public async Task Gaps_of_three_days_are_shown_to_those_who_can_close_them()
    {
        await Write(new { person = "counsellor", days = EveryDay, from = "00:00", until = "00:00", needs = new[] { "psychosocial" } });
        var body = (await (await host.SignIn("boss")).Get("/api/v1/areas/TT%2Fone/gaps")).Is(200).Json;
        Assert.Equal(TimeSpan.FromHours(72), body.GetProperty("until").GetDateTimeOffset() - body.GetProperty("from").GetDateTimeOffset());
        var gaps = body.GetProperty("gaps").EnumerateArray().ToLookup(g => g.GetProperty("need").GetString());
        Assert.Empty(gaps["psychosocial"]);
        Assert.False(Assert.Single(gaps["police"]).GetProperty("byDefault").GetBoolean());

        foreach (var other in (string[])["taker", "nurse0"]) (await (await host.SignIn(other)).Get("/api/v1/areas/TT%2Fone/gaps")).Is(403, "not_allowed");
        (await (await host.Planner()).Get("/api/v1/areas/TT%2Ftwo/gaps")).Is(404, "not_found");
    }

    [Fact]
    public async Task Hours_go_to_a_colleague_once_she_accepts()
    {
        await Write(Always("nurse6"), new { person = "nurse7", days = EveryDay, from = "00:00", until = "00:15", validUntil = Day(-3) });
        var (giver, taker) = (await host.SignIn("nurse6"), await host.SignIn("nurse7"));
        var shifts = (await giver.Get("/api/v1/me/shifts")).Is(200).Json;
        var colleague = shifts.GetProperty("colleagues").EnumerateArray().Single(c => c.GetProperty("displayName").GetString() == "Nurse 7").GetProperty("id").GetString();
        var from = new DateTimeOffset(host.Clock.GetUtcNow().Date.AddDays(2).AddHours(10), TimeSpan.Zero);
        var until = from.AddHours(2);
        var offer = new { area = Area, to = colleague, gives = new { from, until } };

        var id = (await giver.Post("/api/v1/me/swaps", offer)).Is(201).Text("id");
        Assert.Equal(id, (await giver.Post("/api/v1/me/swaps", offer)).Is(201).Text("id"));
        Assert.Empty(Shifts(await taker.Get("/api/v1/me/shifts")));
        Assert.Equal("offered", (await taker.Get("/api/v1/me/shifts")).Json.GetProperty("swaps")[0].GetProperty("state").GetString());
        (await giver.Post($"/api/v1/me/swaps/{id}/accept")).Is(404, "not_found");

        Assert.Equal("accepted", (await taker.Post($"/api/v1/me/swaps/{id}/accept")).Is(200).Text("state"));
        var hers = Assert.Single(Shifts(await taker.Get("/api/v1/me/shifts")));
        Assert.Equal(TimeSpan.FromHours(2), hers.GetProperty("until").GetDateTimeOffset() - hers.GetProperty("from").GetDateTimeOffset());
        Assert.Contains("Nurse 7", await WouldAnswer(from.AddHours(1)));
        Assert.DoesNotContain("Nurse 6", await WouldAnswer(from.AddHours(1)));
        (await taker.Post($"/api/v1/me/swaps/{id}/decline")).Is(409, "swap_answered");

        (await giver.Post("/api/v1/me/swaps", offer)).Is(409, "not_rostered");
        var second = (await taker.Post("/api/v1/me/swaps", new { area = Area, to = (await giver.Get("/api/v1/me")).Text("accountId"), gives = new { from, until } })).Is(201).Text("id");
        (await taker.Post($"/api/v1/me/swaps/{second}/decline")).Is(204);
        (await giver.Post($"/api/v1/me/swaps/{second}/accept")).Is(404, "not_found");
    }

    [Fact]
    public async Task What_cannot_be_meant_is_refused_with_its_place()
    {
        var planner = await host.Planner();
        var version = await Write();
        var wrong = (await planner.Put(Path, new
        {
            version,
            shifts = new object[] { Always("nobody"), Always("boss"), new { person = "nurse8", days = EveryDay, from = "8", until = "09:00" }, Always("nurse8") },
        })).Is(422, "roster_invalid");
        Assert.Equal(["person_unknown shifts[0].person", "person_unknown shifts[1].person", "time_invalid shifts[2].from"], Faults(wrong));
        Assert.Equal(["days_invalid shifts[0].days"], Faults((await planner.Put(Path, new { version, shifts = new[] { new { person = "nurse8", days = Array.Empty<string>(), from = "08:00", until = "09:00" } } })).Is(422, "roster_invalid")));
        (await planner.Put(Path, new { version })).Is(400, "invalid_body");
        (await planner.Put(Path, new { version, shifts = new object?[] { null } })).Is(400, "invalid_body");
        (await planner.Post($"{Path}/overrides", new { version, person = "nurse8", date = Day(1), adds = true })).Is(422, "roster_invalid");
        (await planner.Post($"{Path}/overrides", new { version, person = "nobody", date = Day(1), adds = false })).Is(422, "roster_invalid");

        var nurse = await host.SignIn("nurse8");
        var hours = new { from = host.Clock.GetUtcNow().AddHours(1), until = host.Clock.GetUtcNow().AddHours(2) };
        (await nurse.Post("/api/v1/me/swaps", new { area = Area, to = "nurse9", gives = hours })).Is(422, "roster_invalid");
        (await nurse.Post("/api/v1/me/swaps", new { area = "TT/river", to = "nurse9", gives = hours })).Is(404, "not_found");
        (await nurse.Post("/api/v1/me/swaps", new { area = Area, to = "nurse9" })).Is(400, "invalid_body");
        foreach (var id in (string[])["x", "VFQvb25l.s99", "!!.s1"]) (await nurse.Post($"/api/v1/me/swaps/{id}/accept")).Is(404, "not_found");
    }

    [Theory]
    [InlineData("boss", 200, 403)]
    [InlineData("taker", 403, 403)]
    [InlineData("nurse0", 403, 403)]
    public async Task Only_a_coordinator_of_the_area_writes_it(string user, int reads, int writes)
    {
        var caller = await host.SignIn(user);
        (await caller.Get(Path)).Is(reads);
        (await caller.Put(Path, new { version = 0, shifts = Array.Empty<object>() })).Is(writes);
        (await caller.Post($"{Path}/overrides", new { version = 0, person = "nurse0", date = Day(1), adds = false })).Is(writes);
        (await (await host.Planner()).Put("/api/v1/areas/TT%2Friver/roster", new { version = 0, shifts = Array.Empty<object>() })).Is(404, "not_found");
    }

    private static object Always(string person) => new { person, days = EveryDay, from = "00:00", until = "00:00" };

    private string Day(int ahead) => host.Clock.GetUtcNow().AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The whole roster of the area, whatever another story left there; gives its version.</summary>
    private async Task<long> Write(params object[] shifts)
    {
        var planner = await host.Planner();
        var version = (await planner.Get(Path)).Is(200).Json.GetProperty("version").GetInt64();
        return (await planner.Put(Path, new { version, shifts })).Is(200).Json.GetProperty("version").GetInt64();
    }

    private async Task<string[]> WouldAnswer(DateTimeOffset at)
    {
        var body = (await (await host.Planner()).Get($"/api/v1/areas/TT%2Fone/preview?need=health&at={Uri.EscapeDataString(at.ToString("O"))}")).Is(200).Json;
        return [.. body.GetProperty("needs")[0].GetProperty("steps").EnumerateArray().SelectMany(s => s.GetProperty("people").EnumerateArray()).Select(p => p.GetProperty("person").GetProperty("displayName").GetString()!)];
    }

    private static JsonElement[] Shifts(Answer answer) => [.. answer.Is(200).Json.GetProperty("shifts").EnumerateArray()];

    private static string[] Faults(Answer answer) => [.. answer.Json.GetProperty("faults").EnumerateArray().Select(f => $"{f.GetProperty("code").GetString()} {f.GetProperty("where").GetString()}")];
}
