using Dispatch.Grains.Rows;
using Dispatch.Web.Audit;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests;

/// <summary>What the line's staff decide about one alert.</summary>
public sealed class AlertDecisionTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task A_phone_marked_unsafe_is_answered_as_after_a_cancel_while_help_goes_on()
    {
        var (phone, cancelled) = (await host.Anybody().Raised(new { pin = "1234", safeContact = new { channel = "call", number = "70" } }), await host.Anybody().Raised(new { pin = "1234" }));
        var taker = await host.SignIn("taker");
        Assert.True((await taker.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json.TryGetProperty("safeContact", out _));
        (await cancelled.Cancel(new { pin = "1234" })).Is(200);
        for (var i = 0; i < 2; i++) (await taker.Post($"/api/v1/alerts/{phone.Id}/phone-unsafe")).Is(200);

        Assert.Equal((await cancelled.Look()).Is(200).Body, (await phone.Look()).Is(200).Body);
        var note = new { note = "from whoever holds it", pin = "1234" };
        Assert.Equal((await cancelled.Add(note)).Is(409, "ended").Body, (await phone.Add(note)).Body);
        Assert.Equal((await cancelled.Cancel(new { pin = "1234" })).Is(200).Body, (await phone.Cancel(new { pin = "1234" })).Is(200).Body);
        var whole = (await taker.Get($"/api/v1/alerts/{phone.Id}")).Is(200);
        Assert.True(whole.Json.GetProperty("phoneUnsafe").GetBoolean());
        Assert.False(whole.Json.TryGetProperty("safeContact", out _));
        Assert.NotEqual("cancelled", whole.Text("status"));
        Assert.False(whole.Json.TryGetProperty("note", out _));
        Assert.Equal(2, (await Acts(phone.Id)).Count(a => a == "phone.unsafe"));
    }

    [Fact]
    public async Task A_human_discloses_in_her_place_and_a_second_one_reviews_it()
    {
        var (taker, boss, backup) = (await host.SignIn("taker"), await host.SignIn("boss"), await host.SignIn("backup"));
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
        var path = $"/api/v1/alerts/{phone.Id}/disclosures";
        (await Eventually.Get(() => boss.Post(path, new { basis = "lifeThreat" }), a => a.Status == 422)).Is(422, "reason_required");
        (await boss.Post(path, new { basis = "legalDuty", reason = "weapon" })).Is(403, "not_allowed_here");
        (await boss.Post(path, new { basis = "lifeThreat", reason = "he has a gun" })).Is(400, "invalid_body");
        (await boss.Post(path, new { basis = "lifeThreat", reason = "weapon" })).Is(200);

        var act = (await taker.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json.GetProperty("disclosures")[0];
        Assert.Equal(("lifeThreat", "Boss", "weapon"), (act.GetProperty("basis").GetString(), act.GetProperty("by").GetString(), act.GetProperty("reason").GetString()));
        Assert.Equal(24, (act.GetProperty("reviewDueAt").GetDateTimeOffset() - act.GetProperty("at").GetDateTimeOffset()).TotalHours);
        (await taker.Post($"{path}/0/review", new { outcome = "upheld" })).Is(403, "not_allowed");
        (await boss.Post($"{path}/0/review", new { outcome = "upheld" })).Is(403, "second_person_required");
        (await backup.Post($"{path}/3/review", new { outcome = "upheld" })).Is(404, "not_found");
        for (var i = 0; i < 2; i++) (await backup.Post($"{path}/0/review", new { outcome = "overturned" })).Is(200);
        (await backup.Post($"{path}/0/review", new { outcome = "upheld" })).Is(409, "already_reviewed");
        act = (await taker.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json.GetProperty("disclosures")[0];
        Assert.Equal("overturned", act.GetProperty("review").GetProperty("outcome").GetString());
        Assert.True(act.TryGetProperty("withdrawnAt", out _));
    }

    [Theory]
    [InlineData("goOn", "asking")]
    [InlineData("standDown", "ended")]
    public async Task Under_duress_a_supervisor_decides_and_her_device_learns_nothing(string decision, string status)
    {
        var (taker, boss) = (await host.SignIn("taker"), await host.SignIn("boss"));
        var phone = await host.Anybody().Raised(new { pin = "1234", duressPin = "9999" });
        var path = $"/api/v1/alerts/{phone.Id}/duress-decision";
        (await boss.Post(path, new { decision, reason = "seen" })).Is(409, "nothing_to_decide");
        (await phone.Cancel(new { pin = "9999" })).Is(200);
        var shown = (await phone.Look()).Is(200).Body;
        (await taker.Post(path, new { decision, reason = "seen" })).Is(403, "not_allowed");
        (await boss.Post(path, new { decision })).Is(422, "reason_required");
        for (var i = 0; i < 2; i++) (await boss.Post(path, new { decision, reason = "seen" })).Is(200);
        Assert.Equal(shown, (await phone.Look()).Is(200).Body);
        var whole = (await taker.Get($"/api/v1/alerts/{phone.Id}")).Is(200);
        Assert.Equal((decision, "Boss"), (whole.Json.GetProperty("duressDecided").GetProperty("decision").GetString(), whole.Json.GetProperty("duressDecided").GetProperty("by").GetString()));
        Assert.Contains(whole.Text("status"), status == "ended" ? ["ended"] : new[] { "received", "asking", "nobodyYet" });
    }

    [Fact]
    public async Task A_childs_limits_are_said_before_a_note_and_her_guardians_are_not_told_by_default()
    {
        var taker = await host.SignIn("taker");
        var phone = await host.Anybody().Raised(new { ageBand = "12to14" });
        var (path, item) = ($"/api/v1/alerts/{phone.Id}", $"/api/v1/hotline/items/{phone.Id}:newAlert");
        var seen = (await taker.Get(path)).Is(200).Json;
        Assert.True(seen.GetProperty("limitsToSay").GetBoolean() && seen.GetProperty("guardiansMustNotBeTold").GetBoolean());
        (await taker.Post($"{item}/take")).Is(200);
        (await taker.Post($"{item}/close", new { outcome = "referred", note = "she said" })).Is(409, "limits_not_said");
        (await taker.Post($"{path}/limits-said", new { wordingVersion = "" })).Is(400, "invalid_body");
        (await taker.Post($"{path}/limits-said", new { wordingVersion = "2026-11" })).Is(200);
        (await taker.Post($"{path}/guardians", new { mayBeTold = true })).Is(422, "reason_required");
        (await taker.Post($"{path}/guardians", new { mayBeTold = true, reason = "sheAsked" })).Is(200);
        seen = (await taker.Get(path)).Is(200).Json;
        Assert.False(seen.GetProperty("limitsToSay").GetBoolean() || seen.GetProperty("guardiansMustNotBeTold").GetBoolean());
        Assert.Equal("Taker", seen.GetProperty("limitsSaid").GetProperty("by").GetString());
        (await taker.Post($"{item}/close", new { outcome = "referred", note = "she said" })).Is(200);

        var adult = await host.Anybody().Raised(new { });
        (await taker.Post($"/api/v1/alerts/{adult.Id}/limits-said", new { wordingVersion = "1" })).Is(403, "not_allowed_here");
    }

    [Fact]
    public async Task A_note_of_the_line_stays_with_the_line_and_a_taken_item_can_be_handed_back()
    {
        var (taker, boss) = (await host.SignIn("taker"), await host.SignIn("boss"));
        var phone = await host.Anybody().Raised(new { });
        var (path, item) = ($"/api/v1/alerts/{phone.Id}", $"/api/v1/hotline/items/{phone.Id}:newAlert");
        (await taker.Post($"{path}/notes", new { text = " " })).Is(400, "invalid_body");
        for (var i = 0; i < 2; i++) (await taker.Post($"{path}/notes", new { text = "rang twice" })).Is(204);
        var seen = (await boss.Get(path)).Is(200);
        Assert.Equal("rang twice", seen.Text("note"));
        Assert.Contains(seen.Json.GetProperty("timeline").EnumerateArray(), e => e.GetProperty("kind").GetString() == "noteAdded" && e.GetProperty("who").GetString() == "Taker");

        (await taker.Post($"{item}/take")).Is(200);
        (await boss.Post($"{item}/hand-back")).Is(409, "not_yours");
        Assert.Equal("ringing", (await taker.Post($"{item}/hand-back")).Is(200).Text("state"));
        var again = await Eventually.Get(() => boss.Get(path), a => a.Is(200).Text("itemId") != $"{phone.Id}:newAlert");
        Assert.Equal("Boss", (await boss.Post($"/api/v1/hotline/items/{again.Text("itemId")}/take")).Is(200).Json.GetProperty("takenBy").GetProperty("displayName").GetString());
    }

    [Fact]
    public async Task Who_brought_it_is_told_to_the_line_alone_and_means_nothing_from_a_phone()
    {
        var taker = await host.SignIn("taker");
        var relay = new { name = "Tante Awa", organisation = "Benkadi" };
        var call = (await taker.Post("/api/v1/hotline/one/calls", new { relay }, ("Idempotency-Key", Guid.NewGuid().ToString("D")))).Is(201);
        var seen = (await taker.Get($"/api/v1/alerts/{call.Text("alertId")}")).Is(200);
        Assert.Equal(("Tante Awa", "relay"), (seen.Json.GetProperty("relay").GetProperty("name").GetString(), seen.Text("verification")));

        var phone = await host.Anybody().Raised(new { relay });
        seen = (await taker.Get($"/api/v1/alerts/{phone.Id}")).Is(200);
        Assert.False(seen.Json.TryGetProperty("relay", out _));
        Assert.Equal("none", seen.Text("verification"));
    }

    [Fact]
    public async Task A_call_taker_writes_nothing_of_a_child_at_the_call_before_the_limits_are_said()
    {
        var (taker, key) = (await host.SignIn("taker"), ("Idempotency-Key", Guid.NewGuid().ToString("D")));
        (await taker.Post("/api/v1/hotline/one/calls", new { ageBand = "12to14", note = "she said" }, key)).Is(409, "limits_not_said");
        (await taker.Post("/api/v1/hotline/one/calls", new { ageBand = "12to14", note = "she said", limitsWording = new string('x', 1000) }, key)).Is(400, "invalid_body");
        var call = (await taker.Post("/api/v1/hotline/one/calls", new { ageBand = "12to14", note = "she said", limitsWording = "2026-11" }, key)).Is(201);
        var seen = (await taker.Get($"/api/v1/alerts/{call.Text("alertId")}")).Is(200).Json;
        Assert.Equal(("Taker", "2026-11"), (seen.GetProperty("limitsSaid").GetProperty("by").GetString(), seen.GetProperty("limitsSaid").GetProperty("wordingVersion").GetString()));
        Assert.Equal("she said", seen.GetProperty("note").GetString());

        var phone = await host.Anybody().Raised(new { ageBand = "12to14", note = "I am hiding", limitsWording = "2026-11" });
        Assert.True((await taker.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json.GetProperty("limitsToSay").GetBoolean());
    }

    [Fact]
    public async Task Another_lines_staff_decide_nothing()
    {
        var phone = await host.Anybody().Raised(new { });
        (await (await host.SignIn("elsewhere")).Post($"/api/v1/alerts/{phone.Id}/phone-unsafe")).Is(404, "not_found");
        (await (await host.SignIn("nurse1")).Post($"/api/v1/alerts/{phone.Id}/phone-unsafe")).Is(403, "not_allowed");
        (await phone.Caller.Post($"/api/v1/alerts/{phone.Id}/phone-unsafe")).Is(401, "not_signed_in");
        Assert.Empty(await Acts(phone.Id));
    }

    private async Task<IEnumerable<string>> Acts(string alert)
    {
        var day = host.Clock.GetUtcNow().ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        var rows = await host.App.Services.GetRequiredService<IRows>().All<AuditRow>(Tables.Audit, $"TT/{day}");
        return rows.Where(r => r.Alert == alert && r.Action is not "alert.read").Select(r => r.Action);
    }
}
