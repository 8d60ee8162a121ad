using System.Text.RegularExpressions;
using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>What people decide on their own pages, and what the others see of it.</summary>
[Collection(Browsers.Name)]
public sealed class DecisionTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task A_call_for_help_on_the_way_rings_on_the_line()
    {
        await using var town = await Town.Open(chromium);
        var rokia = await Staff.OnDuty(town, "psycho1", Words.French);
        var bintou = await Staff.OnTheLine(town, "hotline1", Words.French);
        await bintou.Calls(new { needs = new[] { "advocate" } });
        await rokia.Accepts("escorts", 15);
        await rokia.SetsOut();
        await Expect(bintou.Page.Locator("[data-items] > li[data-state=ringing]")).ToHaveCountAsync(0);
        await rokia.Assignments.Locator("[data-panic]").ClickAsync();

        await Expect(rokia.Assignments.Locator("[data-panic-said]")).ToContainTextAsync("La ligne est prévenue");
        var ringing = bintou.Page.Locator("[data-items] > li[data-state=ringing]");
        await Expect(ringing).ToHaveCountAsync(1);
        await Expect(ringing).ToContainTextAsync("Intervenante en danger");
        await ringing.ClickAsync();
        await Expect(bintou.Timeline("panic")).ToContainTextAsync("Rokia B.");
    }

    [Theory]
    [InlineData("goOn", "l'aide continue")]
    [InlineData("standDown", "tout s'arrête")]
    public async Task Under_duress_only_a_supervisor_decides_and_never_without_a_reason(string decision, string said)
    {
        await using var town = await Town.Open(chromium);
        var bintou = await Staff.OnTheLine(town, "hotline1", Words.French);
        var supervisor = await Staff.OnTheLine(town, "supervisor1", Words.French);
        var page = supervisor.Page;
        var her = await Her.Opens(town, Words.French);
        await her.Chooses(number: "76 54 32 10", pin: "2468", duressPin: "1357");
        await her.Presses();
        await her.IsReceived();
        await Expect(supervisor.Items).ToHaveCountAsync(1);
        await supervisor.Items.ClickAsync();
        await Expect(page.Locator("[data-facts] > div")).Not.ToHaveCountAsync(0);
        await Expect(page.Locator("[data-duress]")).ToBeHiddenAsync();
        await her.Cancels("1357");
        await her.Reads(Words.French.Cancelled);

        await bintou.Items.ClickAsync();
        await Expect(bintou.Page.Locator("[data-duress-state]")).ToHaveTextAsync("Une superviseuse décide si l'aide continue.");
        await Expect(bintou.Page.Locator("[data-duress]")).ToBeHiddenAsync();
        // What came from that phone is never recorded anew by the way.
        await Expect(bintou.Page.Locator("[data-facts]")).ToContainTextAsync("76 54 32 10");
        await bintou.Page.Keyboard.PressAsync("p");
        await Expect(bintou.Page.Locator("[name=reachNumber]")).ToHaveValueAsync("");
        await page.Locator($"[data-duress-choice={decision}]").ClickAsync();
        await Expect(page.Locator("[data-said]")).ToHaveTextAsync("Choisissez une raison. Rien n'a encore changé.");
        await Expect(page.Locator("[name=duressReason]")).ToBeFocusedAsync();
        await page.Locator("[name=duressReason]").SelectOptionAsync("danger");
        await page.Locator($"[data-duress-choice={decision}]").ClickAsync();

        if (decision == "goOn") await Expect(page.Locator("[data-duress-state]")).ToHaveTextAsync(new Regex($"^Djeneba H\\. a décidé à .+ : {said} \\(Signes de danger\\)$"));
        else await Expect(page.Locator("[data-notice-text]")).ToHaveTextAsync($"Décidé : {said}.");
        await Expect(page.Locator("[data-duress]")).ToBeHiddenAsync();
        await Expect(supervisor.Items).ToHaveCountAsync(decision == "goOn" ? 1 : 0);
        await her.Reads(Words.French.Cancelled);
    }

    [Fact]
    public async Task What_a_call_taker_hands_back_rings_again_for_the_next_one()
    {
        await using var town = await Town.Open(chromium);
        var bintou = await Staff.OnTheLine(town, "hotline1", Words.French);
        var supervisor = await Staff.OnTheLine(town, "supervisor1", Words.French);
        await (await Her.Opens(town, Words.French)).Presses();
        await Expect(bintou.Items).ToHaveCountAsync(1);
        var keys = bintou.Page.Keyboard;
        await keys.PressAsync("j");
        await Expect(bintou.Page.Locator("[data-hand-back]")).ToBeHiddenAsync();
        await keys.PressAsync("t");
        await Expect(bintou.Page.Locator("[data-hand-back]")).ToBeVisibleAsync();
        await Expect(supervisor.Items).ToHaveAttributeAsync("data-state", "taken");
        await keys.PressAsync("r");

        await Expect(bintou.Page.Locator("[data-said]")).ToHaveTextAsync("Rendue à la file. Elle sonne de nouveau.");
        await Expect(bintou.Page.Locator("[data-hand-back]")).ToBeHiddenAsync();
        await Expect(supervisor.Items).ToHaveAttributeAsync("data-state", "ringing");
        await supervisor.Items.ClickAsync();
        await supervisor.Page.Locator("[data-take]").ClickAsync();
        await Expect(bintou.Items).ToContainTextAsync("Djeneba H.");
    }

    [Fact]
    public async Task A_child_hears_where_confidence_ends_before_anything_is_noted_and_the_nurse_reads_who_must_not_be_told()
    {
        await using var town = await Town.Open(chromium);
        var awa = await Staff.OnDuty(town, "health1", Words.French);
        var bintou = await Staff.OnTheLine(town, "hotline1", Words.French);
        var page = bintou.Page;
        await bintou.Calls(new { ageBand = "12to14" });
        await awa.Accepts("callsHer", 15);
        await Expect(awa.Assignments.Locator("[data-guardians]")).ToBeHiddenAsync();
        await awa.Page.Locator("[data-progress=noConflict]").ClickAsync();
        await Expect(awa.Assignments.Locator("[data-guardians]")).ToHaveTextAsync("C'est une enfant. Ne dites rien à ses tuteurs.");
        await bintou.Items.ClickAsync();
        await Expect(page.Locator("[data-limits]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-note-open]")).ToBeHiddenAsync();
        await Expect(page.Locator("[data-guardians-state]")).ToHaveTextAsync("Ses tuteurs ne doivent pas savoir.");
        await page.Locator("[data-limits-said]").ClickAsync();
        await Expect(page.Locator("[data-limits-state]")).ToContainTextAsync("Bintou F.");
        await page.Locator("[name=guardiansReason]").SelectOptionAsync("sheAsked");
        await page.Locator("[data-guardians-decide]").ClickAsync();
        await Expect(page.Locator("[data-guardians-state]")).ToHaveTextAsync("Ses tuteurs peuvent savoir.");
        await Expect(awa.Assignments.Locator("[data-guardians]")).ToBeHiddenAsync();

        await page.Locator("[data-note-open]").ClickAsync();
        await page.Locator("[name=staffNote]").FillAsync("elle rappelle demain");
        await page.Locator("[data-noting] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-facts]")).ToContainTextAsync("elle rappelle demain");
        await page.Keyboard.PressAsync("u");
        await page.Locator("[data-phone] button[type=submit]").ClickAsync();
        await Expect(awa.Assignments.Locator("[data-phone-unsafe]")).ToHaveTextAsync("Quelqu'un d'autre a son téléphone. N'appelez pas, n'écrivez pas.");
    }

    [Fact]
    public async Task A_disclosure_decided_by_one_person_is_reviewed_by_another_and_a_lost_phone_is_never_called()
    {
        await using var town = await Town.Open(chromium);
        var supervisor = await Staff.OnTheLine(town, "supervisor1", Words.French);
        var second = await Staff.OnTheLine(town, "admin1", Words.French);
        await (await Her.Opens(town, Words.French)).Presses();
        await Expect(supervisor.Items).ToHaveCountAsync(1);
        await supervisor.Discloses();
        foreach (var staff in new[] { supervisor, second })
        {
            await staff.Items.ClickAsync();
            await staff.Page.Locator("[data-review-outcome=overturned]").ClickAsync();
            if (staff == supervisor) await Expect(staff.Page.Locator("[data-said]")).ToContainTextAsync("une autre superviseuse doit la relire");
        }

        await Expect(supervisor.Page.Locator("[data-review-state]")).ToHaveTextAsync(new Regex("^Relue par Nafi Z\\. à .+ : annulée$"));
        await Expect(supervisor.Page.Locator("[data-review]")).ToBeHiddenAsync();
        await Expect(supervisor.Timeline("consent")).ToContainTextAsync("Police : décidé par Djeneba H. à sa place (Vie en danger)");
        await Expect(supervisor.Timeline("consentWithdrawn")).ToContainTextAsync("Police : retiré par Nafi Z.");

        await second.Page.Keyboard.PressAsync("u");
        await Expect(second.Page.Locator("[data-case-phone]")).ToBeHiddenAsync();
        await second.Page.Locator("[data-phone] button[type=submit]").ClickAsync();
        await Expect(second.Page.Locator("[data-case-phone]")).ToBeVisibleAsync();
        await Expect(second.Page.Locator("[data-phone-open]")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task She_rings_from_another_phone_and_the_call_taker_changes_what_protects_her()
    {
        await using var town = await Town.Open(chromium);
        var (awa, mariam) = (await Staff.OnDuty(town, "health1", Words.French), await Staff.OnDuty(town, "police1", Words.French));
        var bintou = await Staff.OnTheLine(town, "hotline1", Words.French);
        var (page, keys) = (bintou.Page, bintou.Page.Keyboard);
        await bintou.Calls(new { needs = new[] { "health", "police" }, policeConsent = new { wordingVersion = "2026-11", language = "fr" }, safeContact = new { channel = "call", number = "76543210", codeWord = "mangue" } });
        await mariam.Accepts("callsHer", 15);
        await mariam.Page.Locator("[data-progress=noConflict]").ClickAsync();
        await awa.Accepts("receivesHer", 15);
        await awa.Page.Locator("[data-progress=noConflict]").ClickAsync();
        await Expect(awa.Assignments.Locator("[data-number]")).ToHaveTextAsync("76543210");
        await bintou.Items.ClickAsync();
        await Expect(page.Locator("[data-facts] > div")).Not.ToHaveCountAsync(0);

        await keys.PressAsync("w");
        await Expect(page.Locator("[data-withdraw-title]")).ToBeFocusedAsync();
        await Look.Picture(page, "hotline-withdraw-fr");
        await page.Locator("[data-withdrawing] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-said]")).ToHaveTextAsync("Retiré. Sans accord ni autre base, la police n'a plus accès.");
        await Expect(page.Locator("[data-withdraw-open]")).ToBeHiddenAsync();
        await Expect(mariam.Assignments).ToContainTextAsync("Ne vous déplacez plus");
        await Expect(mariam.Assignments.Locator("[data-number]")).ToBeHiddenAsync();
        await Expect(bintou.Timeline("consentWithdrawn")).ToContainTextAsync("Police : retiré par Bintou F.");
        await Expect(page.Locator("[data-people]")).ToContainTextAsync("retiré (accord retiré)");

        await keys.PressAsync("u");
        await page.Locator("[data-phone] button[type=submit]").ClickAsync();
        await Expect(awa.Assignments.Locator("[data-number]")).ToBeHiddenAsync();
        await keys.PressAsync("p");
        await Expect(page.Locator("[name=reachChannel]")).ToBeFocusedAsync();
        await page.Locator("[name=reachNumber]").FillAsync("70112233");
        await page.Locator("[name=reachFrom]").FillAsync("08:00");
        await page.Locator("[name=reachTo]").FillAsync("18:30");
        await page.Locator("[name=reachWord]").FillAsync("tamarin");
        await Look.Picture(page, "hotline-reach-fr");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("[data-said]")).ToHaveTextAsync("Contact noté. Il remplace le précédent.");
        await Expect(page.Locator("[data-facts]")).ToContainTextAsync("Appel · 70112233 · 08:00–18:30");
        await Expect(page.Locator("[data-case-phone]")).ToHaveTextAsync("Téléphone en d'autres mains : seulement par le contact noté depuis.");
        await Expect(awa.Assignments.Locator("[data-number]")).ToHaveTextAsync("70112233");
        await Expect(awa.Assignments.Locator("[data-phone-unsafe]")).ToHaveTextAsync("Quelqu'un d'autre a son téléphone. Joignez-la seulement par le contact ci-dessous.");

        await keys.PressAsync("e");
        await page.Locator("[name=excludedPerson]").FillAsync("Kader");
        await page.Locator("[data-women-only]").ClickAsync();
        await Look.Picture(page, "hotline-exclude-fr");
        await page.Locator("[data-excluding] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-said]")).ToContainTextAsync("Personne du programme ne porte ce nom : Kader.");
        await Expect(page.Locator("[data-facts]")).ToContainTextAsync("Seulement des femmes");
        await Expect(page.Locator("[data-women-only]")).ToBeHiddenAsync();
        await keys.PressAsync("e");
        await page.Locator("[name=excludedPerson]").FillAsync("awa k.");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("[data-said]")).ToHaveTextAsync("Noté : cela ne doit pas se savoir là.");
        await Expect(awa.Assignments.Locator("[data-number]")).ToBeHiddenAsync();

        await keys.PressAsync("v");
        await page.Locator("[data-verified=inPerson]").ClickAsync();
        await Expect(page.Locator("[data-verify-open]")).ToBeHiddenAsync();
        await Expect(page.Locator("[data-facts]")).ToContainTextAsync("en personne");
        await Expect(bintou.Timeline("addition").Last).ToContainTextAsync("Bintou F. a noté ce qu'elle a dit (vérification en personne)");
        await Look.Picture(page, "hotline-added-fr");
    }
}
