using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>The responder's page and the line's console on every screen, by day and by night.</summary>
[Collection(Browsers.Name)]
public sealed class StaffLayoutTests(ChromiumFixture chromium)
{
    private static readonly (int, int)[] Phones = [(320, 568), (360, 800)];
    private static readonly (int, int)[] Ends = [(320, 568), (1440, 900)];

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task Every_state_of_the_responders_page_fits(string lang)
    {
        var words = Words.In(lang);
        var look = new Look(lang);
        await using var town = await Town.Open(chromium);
        var stranger = await (await town.Phone(words)).NewPageAsync();
        await stranger.GotoAsync($"/respond?lang={lang}");
        await Expect(stranger.Locator("[data-sign-in]")).ToBeVisibleAsync();
        await look.At(stranger, "respond-sign-in", Ends);
        var awa = await Staff.SignedIn(town, "/respond", "health1", words, 360, 740);
        var page = awa.Page;
        await look.At(page, "respond-off-duty", Phones);
        await page.Locator("[data-duty-switch]").ClickAsync();
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-duty", "on");
        var her = await Her.Opens(town, words);
        await her.Chooses(landmark: "à côté de l'école de Kati", number: "76 54 32 10", pin: "2468", duressPin: "1357");
        await her.Presses();
        await Expect(awa.Offers).ToHaveCountAsync(1);
        await look.At(page, "respond-offer");
        await awa.Offers.Locator("[data-decline]").ClickAsync();
        await look.At(page, "respond-decline", Phones);
        await awa.Offers.Locator("[data-no] [data-back]").ClickAsync();
        await awa.Offers.Locator("[data-accept]").ClickAsync();
        await look.At(page, "respond-accept", Phones);
        await awa.Offers.Locator("[data-yes] [data-back]").ClickAsync();
        await awa.Accepts("callsHer", 15);
        await look.At(page, "respond-know", Phones);
        await page.Locator("[data-progress=noConflict]").ClickAsync();
        await Expect(page.Locator("[data-number]")).ToBeVisibleAsync();
        await look.At(page, "respond-assignment");
        await look.At(page, "respond-assignment-zoomed", Look.Zoomed[1..]);
        await her.Cancels("1357");
        await Expect(awa.Assignments).ToHaveAttributeAsync("data-state", "standOff");
        await look.At(page, "respond-stand-off", Phones);
        look.FoundNothingWrong();
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task A_responder_on_the_way_finds_that_she_is_well_and_the_call_for_help(string lang)
    {
        var words = Words.In(lang);
        var look = new Look(lang);
        await using var town = await Town.Open(chromium);
        var rokia = await Staff.OnDuty(town, "psycho1", words);
        var bintou = await Staff.OnTheLine(town, "hotline1", words);
        await bintou.Calls(new { needs = new[] { "advocate" }, location = new { landmark = "à côté de l'école de Kati" } });
        await rokia.Accepts("escorts", 15);
        await rokia.SetsOut();
        await look.At(rokia.Page, "respond-on-the-way");
        await rokia.Assignments.Locator("[data-panic]").ClickAsync();
        await Expect(rokia.Assignments.Locator("[data-panic-said]")).ToBeVisibleAsync();
        await look.At(rokia.Page, "respond-panic", Phones);
        look.FoundNothingWrong();
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task Every_decision_of_the_line_fits(string lang)
    {
        var words = Words.In(lang);
        var look = new Look(lang);
        await using var town = await Town.Open(chromium);
        var supervisor = await Staff.OnTheLine(town, "supervisor1", words);
        var page = supervisor.Page;
        var her = await Her.Opens(town, words);
        await her.Chooses(number: "76 54 32 10", pin: "2468", duressPin: "1357");
        await her.Presses();
        await her.IsReceived();
        await Expect(supervisor.Items).ToHaveCountAsync(1);
        await supervisor.Discloses();
        await her.Cancels("1357");
        await supervisor.Items.First.ClickAsync();
        await Expect(page.Locator("[data-duress]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-review]")).ToBeVisibleAsync();
        await look.At(page, "hotline-duress");
        await page.Locator("[data-duress-choice=goOn]").ClickAsync();
        await look.At(page, "hotline-reason", Ends);
        await page.Locator("[data-phone-open]").ClickAsync();
        await look.At(page, "hotline-phone", Ends);
        await page.Locator("[data-note-open]").ClickAsync();
        await look.At(page, "hotline-note", Ends);
        await page.Locator("[data-exclude-open]").ClickAsync();
        await look.At(page, "hotline-exclude", Ends);
        await page.Locator("[data-reach-open]").ClickAsync();
        await look.At(page, "hotline-reach", Ends);
        await supervisor.Calls(new { ageBand = "12to14" });
        await Expect(supervisor.Items).ToHaveCountAsync(2);
        await page.Locator("[data-items] > li[data-state=taken] button").ClickAsync();
        await Expect(page.Locator("[data-limits]")).ToBeVisibleAsync();
        await look.At(page, "hotline-child");
        await look.At(page, "hotline-child-zoomed", Look.Zoomed[1..]);
        look.FoundNothingWrong();
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task Every_state_of_the_lines_console_fits(string lang)
    {
        var words = Words.In(lang);
        var look = new Look(lang);
        await using var town = await Town.Open(chromium);
        await Staff.OnDuty(town, "health1", words);
        var supervisor = await Staff.OnTheLine(town, "supervisor1", words);
        var page = supervisor.Page;
        await look.At(page, "hotline-empty", Ends);
        for (var n = 1; n <= 3; n++)
        {
            var her = await Her.Opens(town, words);
            await her.Chooses(["health", "legal"], landmark: "à côté de l'école de Kati", number: "76 54 32 10");
            await her.Presses();
            await her.IsReceived();
            await Expect(supervisor.Items).ToHaveCountAsync(n);
        }

        await look.At(page, "hotline-queue", Ends);
        await supervisor.Items.First.ClickAsync();
        await Expect(supervisor.Timeline("seen").First).ToBeVisibleAsync();
        await look.At(page, "hotline-case");
        await look.At(page, "hotline-case-zoomed", Look.Zoomed[1..]);
        await page.Locator("[data-take]").ClickAsync();
        await Expect(page.Locator("[data-close]")).ToBeVisibleAsync();
        await page.Locator("[data-close]").ClickAsync();
        await look.At(page, "hotline-closing");
        look.FoundNothingWrong();
    }
}
