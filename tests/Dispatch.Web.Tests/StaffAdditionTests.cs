using Dispatch.Grains.Rows;
using Dispatch.Web.Audit;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests;

/// <summary>She rings from another phone and has no PIN: what protects her is changed by the call-taker.</summary>
public sealed class StaffAdditionTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task She_takes_her_consent_back_by_phone_and_the_officer_loses_it_in_the_same_decision()
    {
        var (taker, officer) = (await host.SignIn("taker"), await host.OnDuty("officer"));
        var phone = await host.Anybody().Raised(new { needs = new[] { "police" }, policeConsent = new { wordingVersion = "2026-11", language = "fr" }, note = "by the well" });
        var offer = await Eventually.Offer(officer, phone.Id);
        (await officer.Post($"/api/v1/offers/{offer}/accept", new { etaMinutes = 10, mode = "callsHer" })).Is(200);
        Assert.Contains("by the well", (await officer.Post($"/api/v1/assignments/{offer}/progress", new { state = "noConflict" })).Is(200).Body, StringComparison.Ordinal);

        (await taker.Delete($"/api/v1/alerts/{phone.Id}/disclosures/1")).Is(404, "not_found");
        for (var i = 0; i < 2; i++) (await taker.Delete($"/api/v1/alerts/{phone.Id}/disclosures/0")).Is(200);

        (await officer.Post($"/api/v1/assignments/{offer}/progress", new { state = "enRoute" })).Is(409, "offer_closed");
        Assert.DoesNotContain("by the well", (await officer.Get("/api/v1/me/assignments")).Is(200).Body, StringComparison.Ordinal);
        var seen = (await taker.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json;
        Assert.True(seen.GetProperty("disclosures")[0].TryGetProperty("withdrawnAt", out _));
        Assert.Equal("closed", seen.GetProperty("needs")[0].GetProperty("state").GetString());
        Assert.Contains(seen.GetProperty("timeline").EnumerateArray(), e => e.GetProperty("kind").GetString() == "consentWithdrawn" && e.GetProperty("who").GetString() == "Taker");
        Assert.Equal([("disclosure.takeBack", "1", null), ("disclosure.takeBack", "0", null), ("disclosure.takeBack", "0", null)], await Acts(phone.Id));
    }

    [Fact]
    public async Task Whom_the_call_taker_excludes_loses_the_offer_and_a_name_that_nobody_has_is_said_to_be_unknown()
    {
        var (taker, nurse) = (await host.SignIn("taker"), await host.OnDuty("nurse5"));
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
        var offer = await Eventually.Offer(nurse, phone.Id);
        var path = $"/api/v1/alerts/{phone.Id}/staff-additions";
        var answer = (await taker.Post(path, new { exclusions = new { people = new[] { "nurse 5", "Kader" }, organisations = new[] { "Post" }, womenOnly = true } })).Is(200);
        Assert.Equal(["Kader"], answer.Json.GetProperty("unknownNames").EnumerateArray().Select(n => n.GetString()));
        (await nurse.Post($"/api/v1/offers/{offer}/accept", new { etaMinutes = 10, mode = "callsHer" })).Is(409, "offer_closed");

        var seen = (await taker.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json;
        Assert.True(seen.GetProperty("womenOnly").GetBoolean());
        Assert.Equal(["nurse 5", "Kader", "Post"], seen.GetProperty("exclusions").EnumerateArray().Select(n => n.GetString()));
        Assert.Equal([("alert.add", null, "exclusions,womenOnly")], await Acts(phone.Id));
        (await nurse.Put("/api/v1/me/duty", new { onDuty = false })).Is(200);
    }

    [Fact]
    public async Task Not_the_one_who_said_yes_needs_no_name()
    {
        var (taker, nurse) = (await host.SignIn("taker"), await host.OnDuty("nurse6"));
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
        var offer = await Eventually.Offer(nurse, phone.Id);
        (await nurse.Post($"/api/v1/offers/{offer}/accept", new { etaMinutes = 10, mode = "callsHer" })).Is(200);
        (await taker.Post($"/api/v1/alerts/{phone.Id}/staff-additions", new { notWhoAccepted = "health" })).Is(200);
        (await nurse.Post($"/api/v1/assignments/{offer}/progress", new { state = "noConflict" })).Is(409, "offer_closed");
        (await nurse.Put("/api/v1/me/duty", new { onDuty = false })).Is(200);
    }

    [Fact]
    public async Task A_contact_given_by_phone_takes_the_place_of_the_first_and_outlives_a_phone_in_other_hands()
    {
        var (taker, nurse) = (await host.SignIn("taker"), await host.OnDuty("nurse7"));
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" }, pin = "1234", safeContact = new { channel = "call", number = "70000000" } });
        var offer = await Eventually.Offer(nurse, phone.Id);
        (await nurse.Post($"/api/v1/offers/{offer}/accept", new { etaMinutes = 10, mode = "receivesHer" })).Is(200);
        (await nurse.Post($"/api/v1/assignments/{offer}/progress", new { state = "noConflict" })).Is(200);
        Assert.Equal("70000000", await Number(nurse));
        (await taker.Post($"/api/v1/alerts/{phone.Id}/phone-unsafe")).Is(200);
        Assert.Null(await Number(nurse));

        var path = $"/api/v1/alerts/{phone.Id}/staff-additions";
        (await taker.Post(path, new { safeContact = new { channel = "call" } })).Is(400, "invalid_body");
        (await taker.Post(path, new { safeContact = new { channel = "call", number = "76111111", hoursFrom = "08:00", hoursTo = "18:00", codeWord = "mango" } })).Is(200);
        Assert.Equal("76111111", await Number(nurse));
        Assert.Equal("76111111", (await taker.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json.GetProperty("safeContact").GetProperty("number").GetString());
        Assert.Equal("cancelled", (await phone.Look()).Is(200).Text("status"));
        Assert.Equal([("phone.unsafe", null, null), ("alert.add", null, "safeContact")], await Acts(phone.Id));
        (await nurse.Put("/api/v1/me/duty", new { onDuty = false })).Is(200);
    }

    [Fact]
    public async Task What_she_asks_for_by_phone_is_added_once_and_verification_is_never_lowered()
    {
        var taker = await host.SignIn("taker");
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" }, location = new { landmark = "the mill" } });
        var path = $"/api/v1/alerts/{phone.Id}/staff-additions";
        var (key, body) = (("Idempotency-Key", Guid.NewGuid().ToString("D")), new { needs = new[] { "psychosocial" }, location = new { landmark = "the school" }, party = new { adults = 2 }, verification = "inPerson" });
        for (var i = 0; i < 2; i++) (await taker.Post(path, body, key)).Is(200);
        (await taker.Post(path, new { party = new { adults = 3 } }, key)).Is(422, "key_reused");
        (await taker.Post(path, body, ("Idempotency-Key", "one"))).Is(400, "invalid_key");
        (await taker.Post(path, new { verification = "voice" })).Is(200);
        (await taker.Post(path, new { verification = "none" })).Is(400, "invalid_body");
        (await taker.Post(path)).Is(400, "invalid_body");

        var seen = (await taker.Get($"/api/v1/alerts/{phone.Id}")).Is(200);
        Assert.Equal("inPerson", seen.Text("verification"));
        Assert.Equal("the mill", seen.Json.GetProperty("location").GetProperty("landmark").GetString());
        Assert.Equal("the school", Assert.Single(seen.Json.GetProperty("laterPlaces").EnumerateArray()).GetProperty("place").GetProperty("landmark").GetString());
        Assert.Equal(2, seen.Json.GetProperty("party").GetProperty("adults").GetInt32());
        await Eventually.Get(async () => (await taker.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Body, b => b.Contains("psychosocial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_else_does_any_of_it_and_nothing_is_added_to_what_has_ended()
    {
        var taker = await host.SignIn("taker");
        var phone = await host.Anybody().Raised(new { policeConsent = new { wordingVersion = "2026-11", language = "fr" } });
        var (path, body) = ($"/api/v1/alerts/{phone.Id}", new { verification = "voice" });
        foreach (var (who, status, code) in new[] { (await host.SignIn("elsewhere"), 404, "not_found"), (await host.SignIn("nurse1"), 403, "not_allowed"), (phone.Caller, 401, "not_signed_in"), (host.Anybody(), 401, "not_signed_in") })
        {
            (await who.Post($"{path}/staff-additions", body)).Is(status, code);
            (await who.Delete($"{path}/disclosures/0")).Is(status, code);
        }

        Assert.Empty(await Acts(phone.Id));
        (await phone.Cancel(new { })).Is(200);
        (await taker.Post($"{path}/staff-additions", new { safeContact = new { channel = "call", number = "76" } })).Is(409, "ended");
        (await taker.Delete($"{path}/disclosures/0")).Is(409, "ended");
        Assert.False((await taker.Get(path)).Is(200).Json.TryGetProperty("safeContact", out _));
    }

    [Fact]
    public async Task A_consent_is_recorded_with_the_words_and_the_language_in_which_it_was_asked_for()
    {
        var taker = await host.SignIn("taker");
        var phone = await host.Anybody().Raised(new { });
        var path = $"/api/v1/alerts/{phone.Id}/disclosures";
        Assert.Contains("wordingVersion", (await taker.Post(path, new { basis = "consent", language = "fr" })).Is(400, "invalid_body").Body, StringComparison.Ordinal);
        Assert.Contains("wordingVersion", (await taker.Post(path, new { basis = "consent", wordingVersion = " ", language = "fr" })).Is(400, "invalid_body").Body, StringComparison.Ordinal);
        Assert.Contains("language", (await taker.Post(path, new { basis = "consent", wordingVersion = "2026-11" })).Is(400, "invalid_body").Body, StringComparison.Ordinal);
        (await taker.Post(path, new { basis = "consent", wordingVersion = "2026-11", language = "bm", channel = "relay" })).Is(400, "invalid_body");
        (await taker.Post(path, new { basis = "consent", wordingVersion = "2026-11", language = "bm", channel = "inPerson" })).Is(200);
        (await taker.Delete($"{path}/0")).Is(200);
        (await taker.Post(path, new { basis = "consent", wordingVersion = "2026-11", language = "bm" })).Is(200);
        var given = (await taker.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json.GetProperty("disclosures").EnumerateArray().Select(d => d.GetProperty("channel").GetString());
        Assert.Equal(["inPerson", "voice"], given);
    }

    private static async Task<string?> Number(Caller nurse)
    {
        var one = (await nurse.Get("/api/v1/me/assignments")).Is(200).Json.GetProperty("assignments")[0];
        return one.TryGetProperty("contact", out var contact) ? contact.GetProperty("number").GetString() : null;
    }

    private async Task<(string Action, string? Subject, string? Detail)[]> Acts(string alert)
    {
        var day = host.Clock.GetUtcNow().ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        var rows = await host.App.Services.GetRequiredService<IRows>().All<AuditRow>(Tables.Audit, $"TT/{day}");
        return [.. rows.Where(r => r.Alert == alert && r.Action is ("alert.add" or "disclosure.takeBack" or "phone.unsafe")).Select(r => (r.Action, r.Subject, r.Detail))];
    }
}
