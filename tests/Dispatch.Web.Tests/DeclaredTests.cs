using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests;

/// <summary>What a person says beforehand, and what a supervisor reads of the order in which people are asked.</summary>
public sealed class DeclaredTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task Who_declared_a_conflict_with_whoever_brought_her_is_not_asked_and_a_supervisor_reads_why()
    {
        var nurse = await host.OnDuty("nurse0");
        await host.OnDuty("nurse1");
        var said = (await nurse.Put("/api/v1/me/conflicts", new { organisations = new[] { "  CLINIC " }, areas = new[] { "TT/river" } })).Is(200).Json;
        Assert.Equal("clinic", said.GetProperty("organisations")[0].GetProperty("id").GetString());
        var kept = (await nurse.Get("/api/v1/me/declared")).Is(200).Json;
        Assert.Equal("Clinic", Assert.Single(kept.GetProperty("organisations").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal([("One", false), ("River", true)], kept.GetProperty("areas").EnumerateArray().Select(a => (a.GetProperty("area").GetProperty("name").GetString(), a.GetProperty("conflict").GetBoolean())));

        var boss = await host.SignIn("boss");
        var alert = await Called(await host.SignIn("taker"));
        Assert.Equal("conflictDeclared", (await NotAsked(boss, alert))["Nurse 0"]);
        Assert.DoesNotContain(alert, (await nurse.Get("/api/v1/me/offers")).Is(200).Json.GetRawText(), StringComparison.Ordinal);

        var other = await host.Anybody().Raised(new { needs = new[] { "health" } });
        Assert.NotEqual("conflictDeclared", (await NotAsked(boss, other.Id)).GetValueOrDefault("Nurse 0"));
    }

    [Fact]
    public async Task What_she_is_asked_when_she_declares_it_is_withdrawn_and_only_that()
    {
        await using var own = new Own();
        await own.InitializeAsync();
        var nurse = await own.OnDuty("nurse0");
        var (brought, alone) = (await Called(await own.SignIn("taker")), await own.Anybody().Raised(new { needs = new[] { "health" } }));
        await Eventually.Offer(nurse, brought);
        await Eventually.Offer(nurse, alone.Id);

        (await nurse.Put("/api/v1/me/conflicts", new { organisations = new[] { "clinic" } })).Is(200);

        var boss = await own.SignIn("boss");
        var seen = await Eventually.Get(() => boss.Get($"/api/v1/alerts/{brought}"), a => a.Json.GetProperty("offers")[0].GetProperty("state").GetString() == "withdrawn");
        Assert.Equal("conflict", seen.Json.GetProperty("offers")[0].GetProperty("reason").GetString());
        Assert.StartsWith(alone.Id, Assert.Single((await nurse.Get("/api/v1/me/offers")).Is(200).Json.GetProperty("offers").EnumerateArray()).GetProperty("offerId").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_code_of_conduct_has_run_out_is_not_asked()
    {
        await host.OnDuty("lapsed");
        await host.OnDuty("nurse6");
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
        Assert.Equal("conductExpired", (await NotAsked(await host.SignIn("boss"), phone.Id))["Lapsed"]);
    }

    [Fact]
    public async Task A_supervisor_reads_in_which_order_people_are_asked_and_why()
    {
        var near = await host.OnDuty("nurse5");
        (await near.Put("/api/v1/me/travel", new { area = "TT/one", band = "under15" })).Is(204);
        Assert.Equal("under15", (await near.Get("/api/v1/me/declared")).Is(200).Json.GetProperty("areas")[0].GetProperty("travel").GetString());
        (await near.Put("/api/v1/me/travel", new { area = "TT/two", band = "under15" })).Is(400, "invalid_body");
        (await near.Put("/api/v1/me/travel", new { area = "TT/one", band = "nextDoor" })).Is(400, "invalid_body");
        foreach (var name in (string[])["nurse2", "nurse3", "nurse4"]) await host.OnDuty(name);
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" }, modes = new[] { "receivesHer" } });
        await Eventually.Offer(near, phone.Id);

        var boss = await host.SignIn("boss");
        var chosen = (await boss.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json.GetProperty("offers").EnumerateArray().First(o => o.GetProperty("responder").GetProperty("displayName").GetString() == "Nurse 5").GetProperty("rankedBecause");
        Assert.Equal((true, false, "under15", true), (chosen.GetProperty("wishedMode").GetBoolean(), chosen.GetProperty("nextDoor").GetBoolean(), chosen.GetProperty("travel").GetString(), chosen.GetProperty("language").GetBoolean()));
        Assert.Equal(0, chosen.GetProperty("load").GetInt32());
        Assert.DoesNotContain("rankedBecause", (await (await host.SignIn("taker")).Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json.GetRawText(), StringComparison.Ordinal);

        // Who comes on duty is asked for what is open; of many some are left.
        foreach (var name in (string[])["nurse9", "nurse10", "nurse11", "nurse12"]) await host.OnDuty(name);
        var next = (await boss.Get($"/api/v1/alerts/{phone.Id}/next-asked?need=health")).Is(200).Json.GetProperty("items");
        Assert.NotEmpty(next.EnumerateArray());
        Assert.True(next[0].GetProperty("rankedBecause").GetProperty("wishedMode").GetBoolean());
        Assert.DoesNotContain("Nurse 5", next.GetRawText(), StringComparison.Ordinal);
        (await (await host.SignIn("taker")).Get($"/api/v1/alerts/{phone.Id}/next-asked?need=health")).Is(403, "not_allowed");
        (await boss.Get($"/api/v1/alerts/{phone.Id}/next-asked?need=everything")).Is(400, "invalid_body");
        (await boss.Get("/api/v1/alerts/0191e7a2-7b1c-7000-8000-000000000000/next-asked?need=health")).Is(404, "not_found");
    }

    [Fact]
    public async Task What_the_programme_does_not_know_is_no_conflict()
    {
        var nurse = await host.SignIn("nurse8");
        (await nurse.Put("/api/v1/me/conflicts", new { organisations = new[] { "nobody" } })).Is(400, "invalid_body");
        (await nurse.Put("/api/v1/me/conflicts", new { areas = new[] { "TT/nowhere" } })).Is(400, "invalid_body");
        (await nurse.Put("/api/v1/me/conflicts", new { })).Is(200);
        (await nurse.Put("/api/v1/me/conflicts", new { areas = Enumerable.Range(0, 41).Select(i => $"TT/{i}") })).Is(400, "invalid_body");
        (await (await host.SignIn("boss")).Put("/api/v1/me/conflicts", new { })).Is(403, "not_allowed");
        (await (await host.SignIn("boss")).Get("/api/v1/me/declared")).Is(403, "not_allowed");
    }

    private sealed class Own : RunningHost, IAsyncDisposable
    {
        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }

    /// <summary>By the clinic, on the line.</summary>
    private static async Task<string> Called(Caller taker) =>
        (await taker.Post("/api/v1/hotline/one/calls", new { needs = new[] { "health" }, relay = new { organisation = "Clinic" } }, ("Idempotency-Key", Guid.NewGuid().ToString("D")))).Is(201).Text("alertId");

    /// <summary>Once somebody was asked.</summary>
    private static async Task<Dictionary<string, string?>> NotAsked(Caller boss, string alert)
    {
        await Eventually.Get(() => boss.Get($"/api/v1/alerts/{alert}"), a => a.Status == 200 && a.Json.GetProperty("offers").GetArrayLength() > 0);
        return (await boss.Get($"/api/v1/alerts/{alert}/not-asked?need=health")).Is(200).Json.GetProperty("items").EnumerateArray()
            .ToDictionary(i => i.GetProperty("person").GetProperty("displayName").GetString()!, i => i.GetProperty("reason").GetString());
    }
}
