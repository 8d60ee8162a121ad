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
    public async Task The_same_addition_after_a_lost_answer_is_answered_the_same_and_added_once()
    {
        var phone = await host.Anybody().Raised(new { pin = "1234", location = new { landmark = "the mill" } });
        var (place, contact) = (Guid.NewGuid(), Guid.NewGuid());
        var first = (await phone.Add(new { location = new { landmark = "the well" } }, place)).Is(200).Body;
        var called = (await phone.Add(new { safeContact = Contact, pin = "1234" }, contact)).Is(200).Body;
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(first, (await phone.Add(new { location = new { landmark = "the well" } }, place)).Is(200).Body);
            Assert.Equal(called, (await phone.Add(new { safeContact = Contact, pin = "1234" }, contact)).Is(200).Body);
        }

        (await phone.Add(new { location = new { landmark = "elsewhere" } }, place)).Is(422, "key_reused");
        (await phone.Caller.Post($"/api/v1/alerts/{phone.Id}/additions", new { note = "n" }, ("Idempotency-Key", "one"))).Is(400, "invalid_key");
        Assert.Single((await (await host.SignIn("boss")).Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json.GetProperty("laterPlaces").EnumerateArray());
    }

    [Fact]
    public async Task Agreeing_no_longer_agreeing_and_saying_nothing_are_three_bodies()
    {
        var (phone, key) = (await host.Anybody().Raised(new { needs = new[] { "police" } }), Guid.NewGuid());
        (await phone.Add("""{"note":"n"}""", key)).Is(200);
        (await phone.Add("""{"note":"n"}""", key)).Is(200);
        (await phone.Add("""{"note":"n","policeConsent":null}""", key)).Is(422, "key_reused");
        (await phone.Add("""{"note":"n","policeConsent":{}}""", key)).Is(422, "key_reused");
    }

    [Fact]
    public async Task The_same_wrong_pin_sent_again_is_one_try_and_another_pin_under_its_key_is_another()
    {
        var phone = await host.Anybody().Raised(new { pin = "1234" });
        var key = Guid.NewGuid();
        for (var i = 0; i < 8; i++) (await phone.Add(new { safeContact = Contact, pin = "0000" }, key)).Is(403, "pin_required");
        for (var i = 1; i < 4; i++) (await phone.Add(new { safeContact = Contact, pin = $"000{i}" }, key)).Is(403, "pin_required");
        (await phone.Add(new { note = "still hers", safeContact = Contact, pin = "1234" }, Guid.NewGuid())).Is(200);
        for (var i = 0; i < 5; i++) (await phone.Add(new { safeContact = Contact, pin = $"000{i}" }, Guid.NewGuid())).Is(403, "pin_required");
        (await phone.Add(new { safeContact = new { channel = "none" }, pin = "1234" }, Guid.NewGuid())).Is(403, "pin_required");
    }

    [Fact]
    public async Task What_protects_her_needs_her_pin()
    {
        var phone = await host.Anybody().Raised(new { pin = "1234", duressPin = "9999" });
        (await phone.Add(new { safeContact = Contact })).Is(403, "pin_required");
        (await phone.Add(new { safeContact = Contact, pin = "0000" })).Is(403, "pin_required");
        (await phone.Add(new { policeConsent = new { wordingVersion = "2026-11" }, needs = new[] { "police" } })).Is(403, "pin_required");
        (await phone.Add(new { exclusions = new { people = new[] { "Nurse 1" } } })).Is(403, "pin_required");
        (await phone.Add(new { safeContact = Contact, pin = "1234" })).Is(200);
        var seen = (await (await host.SignIn("boss")).Get($"/api/v1/alerts/{phone.Id}")).Is(200);
        Assert.Equal("70 00 00 00", seen.Json.GetProperty("safeContact").GetProperty("number").GetString());
    }

    [Fact]
    public async Task The_duress_pin_is_answered_like_the_right_one_keeps_nothing_and_calls_a_supervisor()
    {
        var (hers, his) = (await host.Anybody().Raised(new { pin = "1234", duressPin = "9999" }), await host.Anybody().Raised(new { pin = "1234", duressPin = "9999" }));
        var right = (await hers.Add(new { safeContact = Contact, note = "call me", pin = "1234" })).Is(200);
        var forced = (await his.Add(new { safeContact = Contact, note = "call him", pin = "9999" })).Is(200);
        Assert.Equal(right.Json.EnumerateObject().Select(m => m.Name), forced.Json.EnumerateObject().Select(m => m.Name));
        Assert.NotEqual("cancelled", (await his.Look()).Is(200).Text("status"));

        var boss = await host.SignIn("boss");
        var seen = (await boss.Get($"/api/v1/alerts/{his.Id}")).Is(200).Json;
        Assert.False(seen.TryGetProperty("safeContact", out _));
        Assert.False(seen.TryGetProperty("note", out _));
        var item = (await boss.Get("/api/v1/hotline/one/queue")).Is(200).Json.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("alertId").GetString() == his.Id);
        Assert.Equal("duress", item.GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("1234")]
    [InlineData("9999")]
    [InlineData("0000")]
    public async Task An_addition_with_a_pin_takes_as_long_as_a_cancel_whichever_it_is(string pin)
    {
        var phone = await host.Anybody().Raised(new { pin = "1234", duressPin = "9999" });
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await phone.Add(new { safeContact = Contact, pin });
        Assert.True(watch.ElapsedMilliseconds >= 290, $"{pin} took {watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task Without_a_pin_a_contact_may_be_given_and_repeated_but_not_replaced()
    {
        var phone = await host.Anybody().Raised(new { safeContact = Contact });
        (await phone.Add(new { safeContact = Contact })).Is(200);
        (await phone.Add(new { safeContact = new { channel = "call", number = "99 99 99 99" } })).Is(403, "pin_required");
        var seen = (await (await host.SignIn("boss")).Get($"/api/v1/alerts/{phone.Id}")).Is(200);
        Assert.Equal("70 00 00 00", seen.Json.GetProperty("safeContact").GetProperty("number").GetString());
    }

    [Fact]
    public async Task Only_women_may_be_asked_for_later_and_what_she_said_first_stays_beside_it()
    {
        var phone = await host.Anybody().Raised(new { exclusions = new { people = new[] { "my uncle" } } });
        (await phone.Add(new { exclusions = new { people = new[] { "his friend" }, womenOnly = true } })).Is(200);
        var seen = (await (await host.SignIn("boss")).Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json;
        Assert.True(seen.GetProperty("womenOnly").GetBoolean());
        Assert.Equal(["my uncle", "his friend"], seen.GetProperty("exclusions").EnumerateArray().Select(e => e.GetString()));
    }

    [Fact]
    public async Task She_reads_that_nobody_can_ring_her_until_she_says_how()
    {
        var nurse = await host.OnDuty("nurse15");
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
        (await nurse.Post($"/api/v1/offers/{await Eventually.Offer(nurse, phone.Id)}/accept", new { mode = "callsHer" })).Is(200);
        Assert.True((await phone.Look()).Is(200).Json.GetProperty("needsContact").GetBoolean());
        (await phone.Add(new { safeContact = Contact })).Is(200);
        Assert.False((await phone.Look()).Is(200).Json.GetProperty("needsContact").GetBoolean());
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
