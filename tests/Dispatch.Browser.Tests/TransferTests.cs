using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>What is taken goes on to somebody else by keys, and a supervisor sees and does what only she may.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class TransferTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task It_rings_for_the_colleague_alone_and_is_hers_once_she_takes_it()
    {
        await using var town = await Town.Open(chromium);
        var (bintou, djeneba, nafi) = (await Staff.OnTheLine(town, "hotline1", Words.French), await Staff.OnTheLine(town, "supervisor1", Words.French), await Staff.OnTheLine(town, "admin1", Words.French));
        await bintou.Calls(new { needs = new[] { "health" } });
        await Expect(bintou.Items).ToHaveAttributeAsync("data-state", "taken");
        var keys = bintou.Page.Keyboard;
        await keys.PressAsync("j");
        await keys.PressAsync("x");
        await Expect(bintou.Page.Locator("[data-transfer-list] button")).ToHaveCountAsync(3);
        await Look.Picture(bintou.Page, "hotline-transfer-fr");
        await Expect(bintou.Page.Locator("[data-transfer-list] button").Nth(1)).ToContainTextAsync("Djeneba H.");
        await keys.PressAsync("2");
        await Expect(bintou.Page.Locator("[data-offered-state]")).ToHaveTextAsync("Proposée à Djeneba H., encore à vous.");

        await Expect(djeneba.Items).ToHaveAttributeAsync("data-state", "ringing");
        await Expect(djeneba.Items).ToContainTextAsync("proposée par Bintou F.");
        await Expect(nafi.Items).ToHaveAttributeAsync("data-state", "taken");
        await djeneba.Page.Keyboard.PressAsync("j");
        await djeneba.Page.Keyboard.PressAsync("t");
        await Expect(djeneba.Items).ToHaveAttributeAsync("data-state", "taken");
        await Expect(bintou.Items).ToContainTextAsync("Djeneba H.");
        await Expect(bintou.Page.Locator("[data-offered-state]")).ToBeHiddenAsync();
        await Expect(djeneba.Timeline("handedOn")).ToContainTextAsync("Passée à Djeneba H.");
    }

    [Fact]
    public async Task A_no_brings_it_back_and_it_rings_for_its_holder_until_she_keeps_it()
    {
        await using var town = await Town.Open(chromium);
        var (bintou, djeneba) = (await Staff.OnTheLine(town, "hotline1", Words.French), await Staff.OnTheLine(town, "supervisor1", Words.French));
        await bintou.Calls(new { needs = new[] { "health" } });
        await Expect(bintou.Items).ToHaveAttributeAsync("data-state", "taken");
        await bintou.Page.Keyboard.PressAsync("j");
        await bintou.Page.Keyboard.PressAsync("x");
        await Expect(bintou.Page.Locator("[data-transfer-list] button").First).ToContainTextAsync("Une superviseuse");
        await bintou.Page.Keyboard.PressAsync("1");
        await Expect(djeneba.Items).ToHaveAttributeAsync("data-state", "ringing");
        await djeneba.Page.Keyboard.PressAsync("j");
        await djeneba.Page.Keyboard.PressAsync("q");
        await Expect(djeneba.Page.Locator("[data-said]")).ToHaveTextAsync("Noté. Elle reste à qui la proposait.");
        // The other supervisor of the line still may.
        await Expect(bintou.Items).ToHaveAttributeAsync("data-state", "taken");
        var nafi = await Staff.OnTheLine(town, "admin1", Words.French);
        await nafi.Page.Keyboard.PressAsync("j");
        await nafi.Page.Keyboard.PressAsync("q");
        await Expect(bintou.Items).ToHaveAttributeAsync("data-state", "ringing");
        await Expect(bintou.Items).ToContainTextAsync("personne ne l'a prise");
        await Expect(bintou.Page.Locator("[data-offered-state]")).ToContainTextAsync("T pour la garder");
        await bintou.Page.Keyboard.PressAsync("t");
        await Expect(bintou.Items).ToHaveAttributeAsync("data-state", "taken");
        await Expect(bintou.Page.Locator("[data-offered-state]")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task At_the_end_of_the_shift_one_key_hands_everything_back()
    {
        await using var town = await Town.Open(chromium);
        var (bintou, djeneba) = (await Staff.OnTheLine(town, "hotline1", Words.French), await Staff.OnTheLine(town, "supervisor1", Words.French));
        for (var n = 0; n < 2; n++) await bintou.Calls(new { needs = new[] { "health" } });
        await Expect(bintou.Page.Locator("[data-items] > li[data-state=taken]")).ToHaveCountAsync(2);
        await bintou.Page.Keyboard.PressAsync("Shift+R");
        await Expect(bintou.Page.Locator("[data-notice-text]")).ToHaveTextAsync("2 demandes rendues à la file. Elles sonnent de nouveau.");
        await Expect(djeneba.Page.Locator("[data-items] > li[data-state=ringing]")).ToHaveCountAsync(2);
        await bintou.Page.Keyboard.PressAsync("Shift+R");
        await Expect(bintou.Page.Locator("[data-notice-text]")).ToHaveTextAsync("Vous n'aviez rien pris. Rien n'a changé.");
    }

    [Fact]
    public async Task A_supervisor_sees_every_open_request_takes_one_over_widens_it_and_calls_it_off()
    {
        await using var town = await Town.Open(chromium);
        foreach (var nurse in new[] { "health1", "health2", "health3" }) await Staff.OnDuty(town, nurse, Words.French);
        var (bintou, djeneba) = (await Staff.OnTheLine(town, "hotline1", Words.French), await Staff.OnTheLine(town, "supervisor1", Words.French));
        await bintou.Calls(new { needs = new[] { "health" } });
        await Expect(bintou.Page.Locator("[data-overview-open]")).ToBeHiddenAsync();
        var (page, keys) = (djeneba.Page, djeneba.Page.Keyboard);
        await keys.PressAsync("o");
        var row = page.Locator("[data-overview-rows] > li");
        await Expect(row).ToContainTextAsync("Demandées : 2");
        await Expect(row).ToContainTextAsync("Prise par Bintou F.");
        await Look.Picture(page, "hotline-overview-fr");
        await row.Locator("button").FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(page.Locator("[data-case-title]")).ToBeFocusedAsync();
        await Expect(page.Locator("[data-people] > tr")).ToHaveCountAsync(2);

        await keys.PressAsync("g");
        await Expect(page.Locator("[data-said]")).ToHaveTextAsync("Les suivantes sont demandées maintenant.");
        await Expect(page.Locator("[data-people] > tr")).ToHaveCountAsync(3);
        await Expect(djeneba.Timeline("widened")).ToContainTextAsync("Djeneba H.");
        await keys.PressAsync("y");
        await Expect(page.Locator("[data-said]")).ToHaveTextAsync("Elle est à vous.");
        await Expect(bintou.Items).ToContainTextAsync("Djeneba H.");
        await Expect(page.Locator("[data-take-over]")).ToBeHiddenAsync();

        await keys.PressAsync("f");
        await Expect(page.Locator("[name=offNeed]")).ToBeFocusedAsync();
        await page.Locator("[data-calling-off] button[type=submit]").FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(page.Locator("[data-said]")).ToHaveTextAsync("Choisissez une raison. Rien n'a encore changé.");
        await page.Locator("[name=offReason]").SelectOptionAsync("sheNoLongerWants");
        await page.Locator("[data-calling-off] button[type=submit]").FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(page.Locator("[data-said]")).ToHaveTextAsync("Arrêté. Chacun est prévenu.");
        await Expect(page.Locator("[data-needs] li")).ToHaveAttributeAsync("data-state", "closed");
        await Expect(djeneba.Timeline("calledOff")).ToContainTextAsync("Elle n'en veut plus");
        await Look.Picture(page, "hotline-called-off-fr");
        Assert.Empty(town.Unexpected);
    }
}
