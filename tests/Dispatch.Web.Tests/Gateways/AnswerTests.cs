using System.Text.Json;
using Dispatch.Web.Gateways;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways;

/// <summary>From a raised alert to a text, and from a text to an answer.</summary>
public sealed class AnswerTests(TextingHost host) : IClassFixture<TextingHost>
{
    private const string How = "Répondez OUI ou NON suivi du numéro du message. Pour le reste, ouvrez l'application.";

    [Fact]
    public async Task A_yes_by_text_fills_the_need_and_opens_nothing_before_it_is_confirmed()
    {
        var nurse = await Nurse.OnDuty(host, "nurse0", "+22370000000");
        var phone = await host.Raised(new { needs = new[] { "health" }, note = "wordNote", location = new { landmark = "wordPlace" } });
        var (offer, code) = await nurse.IsAsked(phone.Id);

        (await host.KannelBrings("22370000000", $"oui{code}")).Is(204);

        await nurse.Gets($"{code}: c'est noté, merci. Ouvrez l'application pour la suite.");
        Assert.Equal("accepted", (await phone.Look()).Is(200).Text("status"));
        var seen = (await nurse.Assignment(offer))!.Value;
        Assert.True(seen.GetProperty("provisional").GetBoolean());
        foreach (var hidden in new[] { "area", "place", "note", "contact", "party" }) Assert.False(seen.TryGetProperty(hidden, out var value) && value.ValueKind is not JsonValueKind.Null, hidden);
        Assert.True((await host.OnTheLine(offer)).GetProperty("provisional").GetBoolean());
        (await Progress("noConflict")).Is(409, "wrong_progress");

        var confirmed = (await Progress("confirmed")).Is(200).Json;
        Assert.Equal(("One", false), (confirmed.GetProperty("area").GetProperty("name").GetString(), confirmed.GetProperty("provisional").GetBoolean()));
        Assert.DoesNotContain("word", confirmed.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("wordNote", (await Progress("noConflict")).Is(200).Text("note"));
        Assert.Contains((await host.Audit()), row => (row.Action, row.Subject, row.Detail) == ("offer.accept", offer, "sms"));
        await nurse.OffDuty();

        Task<Answer> Progress(string state) => nurse.Caller.Post($"/api/v1/assignments/{offer}/progress", new { state });
    }

    [Fact]
    public async Task Of_a_yes_by_text_and_one_in_the_app_that_cross_one_wins_and_the_other_is_told()
    {
        var (slow, quick) = (await Nurse.OnDuty(host, "nurse1", "+22370000001"), await Nurse.OnDuty(host, "nurse2", "+22370000002"));
        var phone = await host.Raised(new { needs = new[] { "health" } });
        var (slowOffer, code) = await slow.IsAsked(phone.Id);
        var (quickOffer, _) = await quick.IsAsked(phone.Id);

        var answers = await Task.WhenAll(quick.Caller.Post($"/api/v1/offers/{quickOffer}/accept"), host.KannelBrings(slow.Number, $"OUI {code}"));

        answers[1].Is(204);
        var (app, text) = ((await quick.Assignment(quickOffer)) is not null, (await slow.Assignment(slowOffer)) is not null);
        Assert.True(app ^ text, $"app {app}, text {text}");
        if (text) answers[0].Is(409, "already_filled");
        else await slow.Gets($"{code}: merci, c'est déjà pris.");
        await Task.WhenAll(slow.OffDuty(), quick.OffDuty());
    }

    [Fact]
    public async Task Who_was_asked_by_text_and_is_no_longer_needed_is_told_by_text()
    {
        var (first, second) = (await Nurse.OnDuty(host, "nurse3", "+22370000003"), await Nurse.OnDuty(host, "nurse4", "+22370000004"));
        var phone = await host.Raised(new { needs = new[] { "health" } });
        var (offer, _) = await first.IsAsked(phone.Id);
        var (theirs, code) = await second.IsAsked(phone.Id);
        (await first.Caller.Post($"/api/v1/offers/{offer}/accept")).Is(200);
        await second.Gets($"{code}: merci, ce n'est plus nécessaire.");
        // The line reads what cannot be taken off her phone again, and by nobody else's offer.
        Assert.Equal(["sms"], await Stays(theirs));
        Assert.Empty(await Stays(offer));
        Assert.DoesNotContain(host.Texts(first.Number), t => t.Contains("nécessaire", StringComparison.Ordinal));
        (await host.KannelBrings(second.Number, $"OUI {code}")).Is(204);
        await second.Gets($"{code}: merci, c'est déjà pris.");
        await Task.WhenAll(first.OffDuty(), second.OffDuty());
    }

    [Fact]
    public async Task A_no_by_text_declines_and_takes_back_what_was_only_said_by_text()
    {
        var nurse = await Nurse.OnDuty(host, "nurse5", "+22370000005");
        var phone = await host.Raised(new { needs = new[] { "health" } });
        var (offer, code) = await nurse.IsAsked(phone.Id);
        (await host.KannelBrings(nurse.Number, $"{code} Non")).Is(204);
        Assert.Equal("declined", (await host.OnTheLine(offer)).GetProperty("state").GetString());
        await nurse.Gets($"{code}: c'est noté, merci.");
        (await host.KannelBrings(nurse.Number, $"YES {code}")).Is(204);
        Assert.Equal("accepted", (await host.OnTheLine(offer)).GetProperty("assignment").GetString());
        (await host.KannelBrings(nurse.Number, $"NON {code}")).Is(204);
        Assert.Equal("released", (await host.OnTheLine(offer)).GetProperty("assignment").GetString());
        await nurse.OffDuty();
    }

    /// <summary>A gateway repeats what it could not be sure of; a code goes on to another offer one day.</summary>
    [Fact]
    public async Task The_same_text_again_does_nothing()
    {
        var nurse = await Nurse.OnDuty(host, "nurse6", "+22370000006");
        var phone = await host.Raised(new { needs = new[] { "health" } });
        var (offer, code) = await nurse.IsAsked(phone.Id);
        var id = Guid.NewGuid().ToString();
        (await host.KannelBrings(nurse.Number, $"NON {code}", id)).Is(204);
        (await nurse.Caller.Post($"/api/v1/offers/{offer}/accept")).Is(200);
        (await nurse.Caller.Post($"/api/v1/assignments/{offer}/progress", new { state = "released" })).Is(200);
        for (var i = 0; i < 3; i++) (await host.KannelBrings(nurse.Number, $"NON {code}", id)).Is(204);
        Assert.Single(await host.Audit(), row => row.Action == "offer.decline" && row.Subject == offer);
        await OnlyOnce(nurse, $"{code}: c'est noté, merci.");
        await nurse.OffDuty();
    }

    [Fact]
    public async Task What_cannot_be_read_is_explained_once_and_nobody_else_is_answered()
    {
        var nurse = await Nurse.OnDuty(host, "nurse7", "+22370000007");
        foreach (var text in new[] { "STOP", "quoi?", "oui" }) (await host.KannelBrings(nurse.Number, text)).Is(204);
        await nurse.Gets(How);
        foreach (var stranger in new[] { "+22379999999", "+33612345678", "36400", "Orange" }) (await host.KannelBrings(stranger, "OUI 42")).Is(204);
        await OnlyOnce(nurse, How);
        Assert.Empty(host.Texts("+22379999999"));
        Assert.True((await nurse.Caller.Get("/api/v1/me")).Is(200).Json.GetProperty("duty").GetProperty("onDuty").GetBoolean());
        await nurse.OffDuty();
    }

    [Fact]
    public async Task A_flood_from_one_number_stops_at_its_limits_and_another_is_answered_meanwhile()
    {
        var (flooded, other) = (await Nurse.OnDuty(host, "nurse8", "+22370000008"), await Nurse.OnDuty(host, "nurse9", "+22370000009"));
        var phone = await host.Raised(new { needs = new[] { "health" } });
        var (_, code) = await flooded.IsAsked(phone.Id);
        var (offer, theirs) = await other.IsAsked(phone.Id);
        var wrong = Enumerable.Range(10, 90).Select(n => $"{n}").Where(c => c != code).ToArray();

        var flood = Task.WhenAll(Enumerable.Range(0, 200).Select(n => host.KannelBrings(flooded.Number, $"OUI {wrong[n % wrong.Length]}")));
        (await host.KannelBrings(other.Number, $"OUI {theirs}")).Is(204);
        Assert.Equal("accepted", (await host.OnTheLine(offer)).GetProperty("state").GetString());
        Assert.All(await flood, a => a.Is(204));

        // Whoever tried the codes out is not heard any more, with the right one either.
        (await host.KannelBrings(flooded.Number, $"NON {code}")).Is(204);
        Assert.Single(host.Texts(flooded.Number), How);
        Assert.DoesNotContain(await host.Audit(), row => row.Action == "offer.decline" && row.Alert == phone.Id);
        await Task.WhenAll(flooded.OffDuty(), other.OffDuty());
    }

    [Fact]
    public async Task Who_tries_codes_out_is_not_heard_for_a_while()
    {
        var nurse = await Nurse.OnDuty(host, "nurse14", "+22370000014");
        var phone = await host.Raised(new { needs = new[] { "health" } });
        var (offer, code) = await nurse.IsAsked(phone.Id);
        for (var n = 0; n < NumberLimits.MissesPerWindow; n++) (await host.KannelBrings(nurse.Number, $"OUI {10_000 + n}")).Is(204);
        (await host.KannelBrings(nurse.Number, $"OUI {code}")).Is(204);
        Assert.Null(await nurse.Assignment(offer));
        host.Clock.Advance(NumberLimits.RepliesWindow);
        (await host.KannelBrings(nurse.Number, $"OUI {code}")).Is(204);
        Assert.NotNull(await nurse.Assignment(offer));
        await nurse.OffDuty();
    }

    /// <summary>Two who share a phone, both asked under one code by chance, cannot be told apart; a code that only one has is hers.</summary>
    [Fact]
    public async Task A_shared_phone_answers_for_whom_the_code_belongs_to()
    {
        var (one, two) = (await Nurse.OnDuty(host, "nurse10", "+226 70 00 00 10"), await Nurse.OnDuty(host, "nurse11", "0022670000010"));
        var phone = await host.Raised(new { needs = new[] { "health" } });
        var (first, second) = (await (one with { Number = "+22670000010" }).IsAsked(phone.Id), await (two with { Number = "+22670000010" }).IsAsked(phone.Id));
        Assert.NotEqual(first.Code, second.Code);
        (await host.TwilioSays("/gateways/sms/twilio", [("MessageSid", "SMin1"), ("From", "+22670000010"), ("Body", $"oui {second.Code}")])).Is(204);
        Assert.NotNull(await two.Assignment(second.Offer));
        Assert.Null(await one.Assignment(first.Offer));
        await Task.WhenAll(one.OffDuty(), two.OffDuty());
    }

    [Fact]
    public async Task A_number_that_was_taken_off_answers_no_more()
    {
        var nurse = await Nurse.OnDuty(host, "nurse12", "+22370000012");
        var phone = await host.Raised(new { needs = new[] { "health" } });
        var (offer, code) = await nurse.IsAsked(phone.Id);
        (await nurse.Caller.Put("/api/v1/me/devices/sim", new { kind = "sms", number = "+22370000112" })).Is(200);
        (await host.KannelBrings(nurse.Number, $"OUI {code}")).Is(204);
        Assert.Null(await nurse.Assignment(offer));
        (await host.KannelBrings("+22370000112", $"OUI {code}")).Is(204);
        Assert.NotNull(await nurse.Assignment(offer));
        await nurse.OffDuty();
    }

    [Fact]
    public async Task A_phone_with_a_card_and_Africas_Talking_bring_answers_too()
    {
        var nurse = await Nurse.OnDuty(host, "nurse13", "+229 97 00 00 13");
        var phone = await host.Raised(new { needs = new[] { "health" } });
        var (offer, code) = await (nurse with { Number = "+2290197000013" }).IsAsked(phone.Id);
        (await host.PhoneSays("/gateways/sms/phone", new { @event = "sms:received", id = "e1", payload = new { sender = "+2290197000013", message = $"NON {code}" } })).Is(204);
        Assert.Equal("declined", (await host.OnTheLine(offer)).GetProperty("state").GetString());
        (await host.Anybody().Form($"/gateways/sms/africa/{TextingHost.Secret}", $"id=in1&from=%2B22997000013&to=100&text=OUI+{code}")).Is(204);
        Assert.Equal("accepted", (await host.OnTheLine(offer)).GetProperty("state").GetString());
        await nurse.OffDuty();
    }

    private async Task<IEnumerable<string?>> Stays(string offer) =>
        (await host.OnTheLine(offer)).GetProperty("channels").EnumerateArray().Where(c => c.GetProperty("stays").GetBoolean()).Select(c => c.GetProperty("channel").GetString());

    /// <summary>Once an answer to something later has left, one to something earlier would have, too.</summary>
    private async Task OnlyOnce(Nurse nurse, string text)
    {
        var other = await host.SignIn("nurse23");
        (await other.Put("/api/v1/me/devices/sim", new { kind = "sms", number = "+22370000023" })).Is(200);
        host.Clock.Advance(NumberLimits.RepliesWindow);
        (await host.KannelBrings("+22370000023", "?")).Is(204);
        await (nurse with { Number = "+22370000023" }).Gets(How);
        Assert.Single(host.Texts(nurse.Number), text);
    }
}
