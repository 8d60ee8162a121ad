using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests;

public sealed class AdditionTests(RunningHost host) : IClassFixture<RunningHost>
{
    private static readonly object Contact = new { channel = "call", number = "70 00 00 00" };

    [Fact]
    public async Task Place_and_note_need_no_pin()
    {
        var phone = await host.Anybody().Raised(new { pin = "1234" });
        (await phone.Add(new { location = new { landmark = "the mill" }, note = "two children" })).Is(200);
        var seen = (await (await host.SignIn("boss")).Get($"/api/v1/alerts/{phone.Id}")).Is(200);
        Assert.Equal("the mill", seen.Json.GetProperty("location").GetProperty("landmark").GetString());
        Assert.Equal("two children", seen.Text("note"));
    }

    [Fact]
    public async Task Whoever_holds_the_phone_cannot_move_her_a_later_place_stands_beside_the_first()
    {
        var phone = await host.Anybody().Raised(new { location = new { landmark = "the mill" }, party = new { adults = 1 } });
        (await phone.Add(new { location = new { landmark = "a trap" }, party = new { adults = 9 } })).Is(200);
        var seen = (await (await host.SignIn("boss")).Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json;
        Assert.Equal("the mill", seen.GetProperty("location").GetProperty("landmark").GetString());
        Assert.Equal("a trap", seen.GetProperty("laterPlaces")[0].GetProperty("place").GetProperty("landmark").GetString());
        Assert.Equal(9, seen.GetProperty("laterParties")[0].GetProperty("party").GetProperty("adults").GetInt32());
    }

    [Fact]
    public async Task What_protects_her_needs_her_pin()
    {
        var phone = await host.Anybody().Raised(new { pin = "1234", duressPin = "9999" });
        (await phone.Add(new { safeContact = Contact })).Is(403, "pin_required");
        (await phone.Add(new { safeContact = Contact, pin = "0000" })).Is(403, "pin_required");
        (await phone.Add(new { safeContact = Contact, pin = "9999" })).Is(403, "pin_required");
        (await phone.Add(new { policeConsent = new { wordingVersion = "2026-11" }, needs = new[] { "police" } })).Is(403, "pin_required");
        (await phone.Add(new { exclusions = new { people = new[] { "Nurse 1" } } })).Is(403, "pin_required");
        (await phone.Add(new { safeContact = Contact, pin = "1234" })).Is(200);
        var seen = (await (await host.SignIn("boss")).Get($"/api/v1/alerts/{phone.Id}")).Is(200);
        Assert.Equal("70 00 00 00", seen.Json.GetProperty("safeContact").GetProperty("number").GetString());
    }

    [Fact]
    public async Task Asking_without_a_pin_does_not_use_up_her_tries()
    {
        var phone = await host.Anybody().Raised(new { pin = "1234" });
        for (var i = 0; i < 8; i++) (await phone.Add(new { safeContact = Contact })).Is(403, "pin_required");
        (await phone.Add(new { safeContact = Contact, pin = "1234" })).Is(200);
    }

    [Fact]
    public async Task Without_a_pin_the_first_minutes_are_hers_and_later_a_call_taker_decides()
    {
        var phone = await host.Anybody().Raised(new { });
        (await phone.Add(new { safeContact = Contact })).Is(200);
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        (await phone.Add(new { safeContact = Contact })).Is(403, "pin_required");
    }

    [Fact]
    public async Task She_may_take_her_consent_back()
    {
        var phone = await host.Anybody().Raised(new { needs = new[] { "health", "police" }, policeConsent = new { wordingVersion = "2026-11", language = "fr" } });
        (await phone.Add("""{"policeConsent":null}""")).Is(200);
        var timeline = (await (await host.SignIn("boss")).Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json.GetProperty("timeline").EnumerateArray();
        Assert.Contains(timeline, line => line.GetProperty("kind").GetString() == "consentWithdrawn");
    }

    [Fact]
    public async Task An_addition_that_cannot_be_read_is_refused()
    {
        var phone = await host.Anybody().Raised(new { });
        (await phone.Add("""{"policeConsent":"yes"}""")).Is(400, "invalid_body");
        (await phone.Add("""{"needs":["money"]}""")).Is(400, "invalid_body");
    }
}
