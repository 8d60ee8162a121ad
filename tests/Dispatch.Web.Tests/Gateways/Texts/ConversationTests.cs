using Dispatch.Domain.Alerts;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways.Texts;

/// <summary>A text of somebody who is not staff, through the real host.</summary>
public sealed class ConversationTests(TextingHost host) : IClassFixture<TextingHost>
{
    [Fact]
    public async Task A_text_for_help_is_the_alert_that_the_app_would_have_raised()
    {
        var line = await Line.Of(host);
        const string number = "+22376000001";
        (await host.KannelBrings(number, "je suis blessee, il faut une infirmiere et un lit cette nuit, pas de police")).Is(204);

        var alert = await line.AlertOf(number);
        Assert.Equal([Need.Health, Need.Shelter], alert.Wished.AsEnumerable());
        Assert.True(alert.Chose);
        Assert.Empty(alert.Consents);
        Assert.Equal((IntakeChannel.Text, Verification.None, Reach.Unknown, "fr"), (alert.Channel!.Value, alert.Verification, alert.Reach, alert.Language));
        Assert.Single(alert.Notes);
        Assert.Contains(await line.Items("newAlert"), i => i.GetProperty("alertId").GetString() == alert.Id);
        Assert.Empty(host.Texts(number));
    }

    [Fact]
    public async Task The_same_text_again_is_the_same_event_and_another_one_soon_after_is_the_same_alert()
    {
        var line = await Line.Of(host);
        const string number = "+22376000002";
        for (var i = 0; i < 3; i++) (await host.KannelBrings(number, "aide moi", "text-2")).Is(204);
        var alert = await line.AlertOf(number);
        (await host.KannelBrings(number, "docteur", "text-2b")).Is(204);
        // A gateway that could not be sure repeats it under its id.
        (await host.KannelBrings(number, "docteur", "text-2b")).Is(204);

        var contact = await line.Contact(number);
        Assert.Equal(alert.Id, contact.GetProperty("tie").GetProperty("alertId").GetString());
        Assert.Equal(1, contact.GetProperty("tie").GetProperty("merged").GetInt32());
        Assert.Equal(["aide moi", "docteur"], await line.Texts(number));
        var joined = await Eventually.Get(() => line.Alert(alert.Id), a => a.Notes.Length == 2);
        Assert.Contains(Need.Health, joined.Wished.Concat(joined.Needs.Select(n => n.Need)));
        Assert.Single(await Timeline(line, alert.Id), kind => kind == "joined");
    }

    [Fact]
    public async Task A_call_taker_parts_what_was_taken_for_one()
    {
        var line = await Line.Of(host);
        const string number = "+22376000003";
        (await host.KannelBrings(number, "aide moi")).Is(204);
        var first = await line.AlertOf(number);
        (await host.KannelBrings(number, "besoin d'un lit")).Is(204);
        (await line.Part(number, first.Id)).Is(200);

        var second = await Eventually.Get(() => line.AlertOf(number), a => a.Id != first.Id);
        Assert.NotEqual(first.Id, second.Id);
        Assert.Contains("parted", await Timeline(line, first.Id));
        // Whoever parts them twice raises nothing more.
        (await line.Part(number, first.Id)).Is(200);
        Assert.Equal(second.Id, (await line.AlertOf(number)).Id);
    }

    [Fact]
    public async Task What_came_by_the_app_with_that_number_stays_apart_until_a_human_says_that_it_is_the_same()
    {
        var line = await Line.Of(host);
        const string number = "+22376000004";
        var phone = await host.Raised(new { needs = new[] { "health" }, safeContact = new { channel = "call", number } });
        await line.IsNamed(number, phone.Id);

        (await host.KannelBrings(number, "c'est encore moi, aidez moi, un lit")).Is(204);
        Assert.NotEqual(phone.Id, (await line.AlertOf(number)).Id);
        Assert.Contains(await line.Items("textWaiting"), i => i.GetProperty("contactId").GetString() == line.IdOf(number));
        Assert.Equal(phone.Id, Assert.Single((await line.Contact(number)).GetProperty("hints").EnumerateArray()).GetProperty("alertId").GetString());
        await host.EverythingIsOver();
    }

    [Fact]
    public async Task A_text_with_the_code_of_the_apps_alert_is_part_of_it_and_the_next_one_without_it_is_not()
    {
        var line = await Line.Of(host);
        const string number = "+22376000016";
        var phone = await host.Raised(new { needs = new[] { "health" } });
        (await host.KannelBrings(number, $"aide, un lit {phone.Id}")).Is(204);
        var alert = await Eventually.Get(() => line.Alert(phone.Id), a => a.Notes.Length == 1);
        Assert.Contains(Need.Shelter, alert.Wished.Concat(alert.Needs.Select(n => n.Need)));
        Assert.Contains("joined", await Timeline(line, phone.Id));
        Assert.False((await line.Contact(number)).TryGetProperty("tie", out _));

        // Whoever held her phone for that one text learns nothing of what she asks for herself.
        (await host.KannelBrings(number, "un avocat svp")).Is(204);
        Assert.NotEqual(phone.Id, (await line.AlertOf(number)).Id);
        Assert.Single((await line.Alert(phone.Id)).Notes);
        await host.EverythingIsOver();
    }

    /// <summary>As from a phone without Internet: the text goes first, and the page brings its request once it can.</summary>
    [Fact]
    public async Task A_text_whose_alert_comes_after_it_is_shown_beside_it_for_a_human_to_say_that_they_are_one()
    {
        var line = await Line.Of(host);
        const string number = "+22376000021";
        var code = Guid.NewGuid().ToString("D");
        (await host.KannelBrings(number, $"Aide : Un endroit sûr {code}")).Is(204);
        var texted = await line.AlertOf(number);
        Assert.Equal([Need.Shelter], texted.Wished.AsEnumerable());
        Assert.DoesNotContain(await line.Items("textWaiting"), i => i.GetProperty("contactId").GetString() == line.IdOf(number));

        var phone = await host.Raised(new { id = code, needs = new[] { "shelter" } });
        Assert.Equal(code, phone.Id);
        await Eventually.Get(() => line.Items("textWaiting"), items => items.Any(i => i.GetProperty("contactId").GetString() == line.IdOf(number)));
        Assert.Equal(code, Assert.Single((await line.Contact(number)).GetProperty("hints").EnumerateArray()).GetProperty("alertId").GetString());
        Assert.Equal(texted.Id, (await line.AlertOf(number)).Id);
        await host.EverythingIsOver();
    }

    [Fact]
    public async Task Parted_what_she_asked_for_and_wrote_goes_with_it()
    {
        var line = await Line.Of(host);
        const string number = "+22376000013";
        (await host.KannelBrings(number, "docteur")).Is(204);
        var first = await line.AlertOf(number);
        (await host.KannelBrings(number, "aidez moi, un lit, j'ai 15 ans")).Is(204);
        await Eventually.Get(() => line.Alert(first.Id), a => a.Notes.Length == 2);
        (await line.Part(number, first.Id)).Is(200);

        var second = await Eventually.Get(() => line.AlertOf(number), a => a.Id != first.Id);
        Assert.Equal([Need.Shelter], second.Wished.AsEnumerable());
        Assert.Equal((AgeBand.From15To17, IntakeChannel.Text), (second.AgeBand!.Value, second.Channel!.Value));
        await Eventually.Get(() => line.Taker.Get($"/api/v1/alerts/{second.Id}"), a => a.Is(200).Body.Contains("un lit", StringComparison.Ordinal));

        // The same two once more: what is parted then is another alert again.
        (await line.Taker.Post($"/api/v1/hotline/contacts/{line.IdOf(number)}/tie", new { alertId = first.Id })).Is(200);
        (await line.Part(number, first.Id)).Is(200);
        await Eventually.Get(() => line.AlertOf(number), a => a.Id != first.Id && a.Id != second.Id);
    }

    [Fact]
    public async Task Twenty_texts_of_a_night_are_all_there_for_whoever_reads_them()
    {
        var line = await Line.Of(host);
        const string number = "+22376000014";
        foreach (var n in Enumerable.Range(1, 20)) (await host.KannelBrings(number, $"bla {n}")).Is(204);
        Assert.Equal(Enumerable.Range(1, 20).Select(n => $"bla {n}"), await line.Texts(number));
    }

    [Fact]
    public async Task What_a_network_kept_back_and_brings_all_at_once_is_all_heard()
    {
        var line = await Line.Of(host);
        const string number = "+22376000015";
        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(n => host.KannelBrings(number, $"bla {n}")));
        Assert.All(answers, a => a.Is(204));
        Assert.Equal(Enumerable.Range(1, 20).Select(n => $"bla {n}").Order(), (await line.Texts(number)).Order());
    }

    [Theory]
    [InlineData("+22376000005", "blabla blabla")]
    [InlineData("+22376000006", "OUI 42")]
    [InlineData("+22376000007", "annuler")]
    [InlineData("+33612345678", "bonjour")]
    public async Task What_nobody_understands_waits_for_a_human_and_is_not_answered(string number, string text)
    {
        var line = await Line.Of(host);
        (await host.KannelBrings(number, text)).Is(204);
        var contact = await line.Contact(number);
        var item = Assert.Single(contact.GetProperty("items").EnumerateArray());
        Assert.Equal("textWaiting", item.GetProperty("reason").GetString());
        Assert.Equal([text], await line.Texts(number));
        Assert.False(contact.TryGetProperty("tie", out _));
        Assert.Empty(host.Texts(number));
        (await line.Taker.Post($"/api/v1/hotline/items/{item.GetProperty("itemId").GetString()}/take")).Is(200);
    }

    [Fact]
    public async Task Only_a_number_that_a_human_marked_is_answered_and_in_words_that_say_nothing()
    {
        var line = await Line.Of(host);
        const string number = "+22376000008";
        (await host.KannelBrings(number, "bonjour")).Is(204);
        Assert.Empty(host.Texts(number));
        await line.MarkSafe(number);
        (await host.KannelBrings(number, "aidez moi svp")).Is(204);
        await Gets(number, "Bien pris, merci. On peut vous appeler ? Répondez OUI ou NON.");
        (await host.KannelBrings(number, "oui")).Is(204);
        await Gets(number, "C'est noté, merci.");
        Assert.Contains(await line.Items("callBackOwed"), i => i.GetProperty("contactId").GetString() == line.IdOf(number));

        (await host.KannelBrings(number, "stop")).Is(204);
        (await host.KannelBrings(number, "docteur")).Is(204);
        Assert.Equal(2, host.Texts(number).Count);
    }

    [Fact]
    public async Task A_child_is_asked_nothing_and_her_alert_goes_the_childs_way()
    {
        var line = await Line.Of(host);
        const string number = "+22376000009";
        (await host.KannelBrings(number, "bonjour")).Is(204);
        await line.MarkSafe(number);
        (await host.KannelBrings(number, "aide moi j'ai 15 ans")).Is(204);
        await Gets(number, "Bien pris, merci.");
        var alert = await line.AlertOf(number);
        Assert.Equal(AgeBand.From15To17, alert.AgeBand);
        Assert.True(alert is { Child: true, GuardiansMustNotBeTold: true, LimitsToSay: true });
    }

    [Fact]
    public async Task A_colleagues_answer_stays_an_answer_and_her_own_need_is_heard()
    {
        var line = await Line.Of(host);
        var nurse = await Nurse.OnDuty(host, "nurse8", "+22376000010");
        var phone = await host.Raised(new { needs = new[] { "health" } });
        var (offer, code) = await nurse.IsAsked(phone.Id);
        (await host.KannelBrings(nurse.Number, $"OUI {code}")).Is(204);
        Assert.NotNull(await nurse.Assignment(offer));
        Assert.False(await line.Knows(nurse.Number));

        (await host.KannelBrings(nurse.Number, "aidez moi il me frappe")).Is(204);
        Assert.Equal(IntakeChannel.Text, (await line.AlertOf(nurse.Number)).Channel);
        await nurse.OffDuty();
    }

    /// <summary>The phone of a colleague may lie where somebody else of her house needs it.</summary>
    [Fact]
    public async Task A_sentence_from_a_colleagues_number_is_a_humans_to_read_and_a_word_is_explained()
    {
        var line = await Line.Of(host);
        var nurse = await Nurse.OnDuty(host, "nurse7", "+22376000020");
        (await host.KannelBrings(nurse.Number, "ok merci")).Is(204);
        Assert.False(await line.Knows(nurse.Number));
        (await host.KannelBrings(nurse.Number, "il est encore là")).Is(204);
        Assert.True(await line.Knows(nurse.Number));
        await nurse.Gets("Répondez OUI ou NON suivi du numéro du message. Pour le reste, ouvrez l'application.");
        await nurse.OffDuty();
    }

    [Fact]
    public async Task A_name_or_a_short_code_is_no_telephone()
    {
        var line = await Line.Of(host);
        var before = (await line.Items("textWaiting")).Count;
        foreach (var sender in new[] { "Orange", "36400", "" }) (await host.KannelBrings(sender, "Votre solde est faible, aide au 100")).Is(204);
        Assert.Equal(before, (await line.Items("textWaiting")).Count);
    }

    /// <summary>Whoever accepted reads need and words, and not how it came: in a small place that would say who she is.</summary>
    [Fact]
    public async Task How_it_came_is_hidden_from_who_helps()
    {
        var line = await Line.Of(host);
        var nurse = await Nurse.OnDuty(host, "nurse9", "+22376000011");
        const string number = "+22376000012";
        (await host.KannelBrings(number, "docteur svp")).Is(204);
        var alert = await line.AlertOf(number);
        var (offer, _) = await nurse.IsAsked(alert.Id);
        (await nurse.Caller.Post($"/api/v1/offers/{offer}/accept")).Is(200);
        (await nurse.Caller.Post($"/api/v1/assignments/{offer}/progress", new { state = "noConflict" })).Is(200);
        var seen = (await nurse.Caller.Get("/api/v1/me/assignments")).Is(200).Body;
        Assert.Contains("docteur svp", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("76000012", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("\"channel\":\"text\"", seen, StringComparison.Ordinal);
        await nurse.OffDuty();
    }

    private Task Gets(string number, string text) => Eventually.Get(() => Task.FromResult(host.Texts(number)), texts => texts.Contains(text));

    private static async Task<IReadOnlyList<string>> Timeline(Line line, string alert) =>
        [.. (await line.Taker.Get($"/api/v1/alerts/{alert}")).Is(200).Json.GetProperty("timeline").EnumerateArray().Select(t => t.GetProperty("kind").GetString()!)];
}
