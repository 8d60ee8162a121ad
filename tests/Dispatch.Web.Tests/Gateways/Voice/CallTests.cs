using System.Text.Json;
using Dispatch.Channels.Voice;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways.Voice;

/// <summary>From a raised alert to a phone that rings, and from a key to an answer.</summary>
public sealed class CallTests(CallingHost host) : IClassFixture<CallingHost>
{
    private const string Asks = """{"words":"voice.offer","text":"Bonjour. Vous avez un nouveau message de votre service. Tapez un si vous pouvez y répondre maintenant, deux si vous ne pouvez pas.","language":"fr","keySeconds":8}""";
    private const string Accepted = """{"words":"voice.accepted","text":"C'est noté, merci. Ouvrez l'application pour la suite.","language":"fr","keySeconds":0}""";
    private const string Declined = """{"words":"voice.declined","text":"C'est noté, merci.","language":"fr","keySeconds":0}""";
    private const string Taken = """{"words":"voice.taken","text":"Quelqu'un a déjà répondu, merci.","language":"fr","keySeconds":0}""";
    private const string HangsUp = """{"keySeconds":0}""";

    [Fact]
    public async Task One_fills_the_need_and_opens_nothing_before_it_is_confirmed()
    {
        var nurse = await CalledNurse.OnDuty(host, "nurse0", "+22370500000");
        var phone = await host.Raised(new { needs = new[] { "health" }, note = "wordNote", location = new { landmark = "wordPlace" } });
        var offer = await nurse.IsRung(phone.Id);
        (await host.BridgeSays(nurse.Number, "ringing")).Is(204);
        Assert.False(await nurse.Was(offer, "deliveredAt"));

        Says(Asks, await host.BridgeSays(nurse.Number, "answered"));
        Assert.Equal((true, false), (await nurse.Was(offer, "deliveredAt"), await nurse.Was(offer, "seenAt")));
        Assert.Null(await nurse.Assignment(offer));

        Says(Accepted, await host.BridgeSays(nurse.Number, "key&digits=1"));
        Assert.True(await nurse.Was(offer, "seenAt"));
        Assert.Equal("accepted", (await phone.Look()).Is(200).Text("status"));
        var seen = (await nurse.Assignment(offer))!.Value;
        Assert.True(seen.GetProperty("provisional").GetBoolean());
        foreach (var hidden in new[] { "area", "place", "note", "contact", "party" }) Assert.False(seen.TryGetProperty(hidden, out var value) && value.ValueKind is not JsonValueKind.Null, hidden);
        Assert.True((await host.OnTheLine(offer)).GetProperty("provisional").GetBoolean());
        Assert.Contains(await host.Audit(), row => (row.Action, row.Subject, row.Detail) == ("offer.accept", offer, "voice"));

        (await host.BridgeSays(nurse.Number, "ended")).Is(204);
        Assert.Equal("One", (await nurse.Caller.Post($"/api/v1/assignments/{offer}/progress", new { state = "confirmed" })).Is(200).Json.GetProperty("area").GetProperty("name").GetString());
        Assert.DoesNotContain(host.Far.All, a => a.Path == $"/bridge/{host.Reference(nurse.Number)}");
        await nurse.OffDuty();
    }

    [Fact]
    public async Task Two_declines()
    {
        var (nurse, offer, _) = await Asked("nurse1", "+22370500001");
        Says(Declined, await host.BridgeSays(nurse.Number, "key&digits=2"));
        Assert.Equal("declined", (await host.OnTheLine(offer)).GetProperty("state").GetString());
        await nurse.OffDuty();
    }

    [Theory]
    [InlineData("nurse2", "+22370500002", "9")]
    [InlineData("nurse3", "+22370500003", "")]
    [InlineData("nurse4", "+22370500004", "11")]
    public async Task Anything_else_is_asked_once_more_and_then_nothing_is_said(string user, string number, string digits)
    {
        var (nurse, offer, _) = await Asked(user, number);
        Says(Asks, await host.BridgeSays(number, $"key&digits={digits}"));
        Says(HangsUp, await host.BridgeSays(number, $"key&digits={digits}"));
        Assert.Null(await nurse.Assignment(offer));
        Assert.False(await nurse.Was(offer, "seenAt"));
        await nurse.OffDuty();
    }

    /// <summary>The gateway repeats what it could not be sure of, and somebody may have written along.</summary>
    [Fact]
    public async Task The_first_key_counts_and_a_repeat_does_nothing_once_she_gave_it_back()
    {
        var (nurse, offer, _) = await Asked("nurse5", "+22370500005");
        var reference = host.Reference(nurse.Number);
        Says(Accepted, await host.BridgeSays(nurse.Number, "key&digits=1"));
        Says(Accepted, await host.BridgeSays(nurse.Number, "key&digits=2"));
        (await nurse.Caller.Post($"/api/v1/assignments/{offer}/progress", new { state = "confirmed" })).Is(200);
        (await nurse.Caller.Post($"/api/v1/assignments/{offer}/progress", new { state = "released" })).Is(200);
        for (var i = 0; i < 3; i++) Says(Accepted, await host.BridgeSays(nurse.Number, "key&digits=1", reference));
        Assert.Equal("released", (await host.OnTheLine(offer)).GetProperty("assignment").GetString());
        Assert.Single(await host.Audit(), row => row.Action == "offer.accept" && row.Subject == offer);
        await nurse.OffDuty();
    }

    [Fact]
    public async Task Only_the_number_that_was_called_answers()
    {
        var (nurse, offer, _) = await Asked("nurse6", "+22370500006");
        foreach (var other in (string[])["+22370500007", "", "nonsense"]) Says(HangsUp, await host.BridgeSays(nurse.Number, "key&digits=1", to: other));
        Assert.Null(await nurse.Assignment(offer));
        await nurse.OffDuty();
    }

    [Fact]
    public async Task What_is_pressed_long_after_the_call_means_nothing()
    {
        var (nurse, offer, _) = await Asked("nurse8", "+22370500008");
        host.Clock.Advance(CallTimes.OverAfter + TimeSpan.FromSeconds(1));
        Says(HangsUp, await host.BridgeSays(nurse.Number, "key&digits=1"));
        Assert.Null(await nurse.Assignment(offer));
        await nurse.OffDuty();
    }

    [Fact]
    public async Task When_the_need_is_filled_the_phone_stops_ringing_and_whoever_picks_up_all_the_same_is_thanked()
    {
        var (first, second) = (await CalledNurse.OnDuty(host, "nurse9", "+22370500009"), await CalledNurse.OnDuty(host, "nurse10", "+22370500010"));
        var phone = await host.Raised();
        var offer = await first.IsRung(phone.Id);
        var theirs = await second.IsRung(phone.Id);
        (await first.Caller.Post($"/api/v1/offers/{offer}/accept")).Is(200);
        // Her own phone, too: she has answered elsewhere.
        foreach (var nurse in (CalledNurse[])[first, second]) await Eventually.Get(() => Task.FromResult(host.Far.All.Any(a => (a.Method, a.Path) == ("DELETE", $"/bridge/{host.Reference(nurse.Number)}"))), ended => ended);
        Says(Taken, await host.BridgeSays(second.Number, "answered"));
        Says(Taken, await host.BridgeSays(second.Number, "key&digits=1"));
        Assert.Null(await second.Assignment(theirs));
        await Task.WhenAll(first.OffDuty(), second.OffDuty());
    }

    [Fact]
    public async Task When_the_need_is_filled_while_she_listens_she_is_not_cut_off_and_her_yes_is_thanked_for()
    {
        var (first, second) = (await CalledNurse.OnDuty(host, "nurse11", "+22370500011"), await CalledNurse.OnDuty(host, "nurse12", "+22370500012"));
        var phone = await host.Raised();
        var offer = await first.IsRung(phone.Id);
        await second.IsRung(phone.Id);
        Says(Asks, await host.BridgeSays(second.Number, "answered"));
        (await first.Caller.Post($"/api/v1/offers/{offer}/accept")).Is(200);
        await Eventually.Get(() => second.Caller.Get("/api/v1/me/offers"), a => a.Is(200).Body == """{"offers":[]}""");
        Says(Taken, await host.BridgeSays(second.Number, "key&digits=1"));
        Assert.DoesNotContain(host.Far.All, a => a.Path == $"/bridge/{host.Reference(second.Number)}");
        await Task.WhenAll(first.OffDuty(), second.OffDuty());
    }

    /// <summary>The offer was withdrawn and opened anew meanwhile, and of the new call nothing is known.</summary>
    [Fact]
    public async Task Who_picks_up_an_earlier_rounds_call_has_not_heard_of_this_one()
    {
        var (nurse, other) = (await CalledNurse.OnDuty(host, "nurse13", "+22370500013"), await CalledNurse.OnDuty(host, "nurse14", "+22370500014"));
        var phone = await host.Raised();
        var (offer, theirs) = (await nurse.IsRung(phone.Id), await other.IsRung(phone.Id));
        var first = host.Reference(nurse.Number);
        (await other.Caller.Post($"/api/v1/offers/{theirs}/accept")).Is(200);
        await Eventually.Get(() => Task.FromResult(host.Far.All.Any(a => a.Path == $"/bridge/{first}")), ended => ended);
        (await other.Caller.Post($"/api/v1/assignments/{theirs}/progress", new { state = "released" })).Is(200);
        await nurse.Rings(2);
        Says(Asks, await host.BridgeSays(nurse.Number, "answered", first));
        Assert.False(await nurse.Was(offer, "deliveredAt"));
        Says(Asks, await host.BridgeSays(nurse.Number, "answered"));
        Assert.True(await nurse.Was(offer, "deliveredAt"));
        await Task.WhenAll(nurse.OffDuty(), other.OffDuty());
    }

    private async Task<(CalledNurse Nurse, string Offer, Phone Phone)> Asked(string user, string number)
    {
        var nurse = await CalledNurse.OnDuty(host, user, number);
        var phone = await host.Raised();
        var offer = await nurse.IsRung(phone.Id);
        Says(Asks, await host.BridgeSays(number, "answered"));
        return (nurse, offer, phone);
    }

    private static void Says(string step, Answer answer) => Assert.Equal(step, JsonSerializer.Serialize(answer.Is(200).Json, Plain));

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
