using Dispatch.Browser.Tests.Harness;
using HostProcess = Dispatch.TestHosts.HostProcess;

namespace Dispatch.Browser.Tests;

/// <summary>The house's shared tablet: whoever passes by sees numbers; whoever knows her own code sees the house, until a minute after her last touch.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class TabletTests(ChromiumFixture chromium)
{
    internal const string Pin = "4071";

    [Fact]
    public async Task Locked_it_shows_numbers_and_that_a_request_waits_and_a_code_opens_it_for_a_minute()
    {
        await using var town = await Town.Open(chromium);
        var tablet = await Tablet(town, Words.English);
        var page = tablet.Page;
        await Expect(tablet.Free).ToHaveTextAsync("6");
        await House.AskedByTheLine(town);
        await Expect(page.Locator("[data-alarm]")).ToHaveTextAsync("A request is waiting.");
        await Expect(tablet.Free).ToHaveTextAsync("3");
        await ShowsNobody(tablet);
        Assert.Equal(401, await Board(page));

        await page.Locator("[name=unlockName]").FillAsync("shelter1");
        await page.Locator("[name=unlockPin]").FillAsync("4072");
        await page.Locator("[data-unlock] button").ClickAsync();
        await Expect(page.Locator("[data-unlock-problem]")).ToHaveTextAsync("This name and this code do not go together.");
        await Unlock(page);
        await Expect(tablet.Asked).ToContainTextAsync("boy, 4 years");
        await Expect(page.Locator("[data-address]")).ToBeHiddenAsync();
        Assert.Equal(200, await Board(page));
        await House.Says(tablet.Asked, "yes");
        await Expect(tablet.Expected).ToHaveCountAsync(1);
        await page.Locator("[data-still-right]").ClickAsync();
        await Expect(page.Locator("[data-confirmed-by]")).ToHaveTextAsync("by Kadi M.");

        // Half a minute, a touch, and a little less than a minute: it stays open. A minute: it does not.
        await page.Clock.FastForwardAsync(30_000);
        await page.Locator("[data-title]").ClickAsync();
        await page.Clock.FastForwardAsync(50_000);
        await Expect(tablet.Expected).ToHaveCountAsync(1);
        await page.Locator("[data-title]").ClickAsync();
        await page.Clock.FastForwardAsync(61_000);
        await Expect(page.Locator("[data-lock-part]")).ToBeVisibleAsync();
        await ShowsNobody(tablet);
        await Expect(page.Locator("[data-kinds]")).ToContainTextAsync("Expected");
        await page.WaitForFunctionAsync("async () => (await fetch('/api/v1/shelters/demo-shelter-1/beds')).status === 401");
    }

    [Fact]
    public async Task What_she_could_not_send_waits_through_the_lock_and_goes_when_she_is_back()
    {
        await using var town = await Town.Open(chromium);
        var tablet = await Tablet(town, Words.English);
        var other = await House.Opens(town, Words.English);
        await House.AskedByTheLine(town);
        await Unlock(tablet.Page);
        await Expect(tablet.Asked).ToHaveCountAsync(1);
        await tablet.Page.Context.SetOfflineAsync(true);
        await House.Says(tablet.Asked, "yes");
        await Expect(tablet.Unsent).ToHaveCountAsync(1);
        await tablet.Page.Locator("[data-lock]").ClickAsync();
        await Expect(tablet.Page.Locator("[data-lock-unsent]")).ToHaveTextAsync("1 thing is not sent yet. Unlock to send it.");
        await ShowsNobody(tablet);
        await tablet.Page.Context.SetOfflineAsync(false);
        await Expect(other.Asked).ToHaveCountAsync(1);
        await Unlock(tablet.Page);
        await Expect(other.Expected).ToHaveCountAsync(1, new() { Timeout = 20_000 });
        await Expect(tablet.Unsent).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task It_is_no_tablet_any_more_when_somebody_of_the_house_says_so()
    {
        await using var town = await Town.Open(chromium);
        var page = (await Tablet(town, Words.English)).Page;
        await Unlock(page);
        await page.Locator("[data-end-tablet-section] summary").ClickAsync();
        await page.Locator("[data-end-tablet]").ClickAsync();
        await Expect(page.Locator("[data-sign-in]")).ToBeVisibleAsync();
        Assert.Equal(401, await page.EvaluateAsync<int>("async () => (await fetch('/api/v1/tablet')).status"));
    }

    [Fact]
    public async Task Whoever_signs_in_herself_on_it_leaves_it_a_tablet()
    {
        await using var town = await Town.Open(chromium);
        var page = (await Tablet(town, Words.English)).Page;
        await page.EvaluateAsync(
            "async ([userName, password]) => { await fetch('/api/v1/sign-in', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Dispatch': '1' }, body: JSON.stringify({ userName, password }) }); }",
            new[] { "shelter1", HostProcess.Password });
        await page.ReloadAsync();
        await Expect(page.Locator("[data-address]")).ToBeVisibleAsync();
        await page.Locator("[data-sign-out]").ClickAsync();
        await Expect(page.Locator("[data-lock-part]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_was_not_sent_before_it_became_a_tablet_goes_when_she_unlocks_it()
    {
        await using var town = await Town.Open(chromium);
        var context = await town.Phone(Words.English, 768, 1024);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/shelter?lang=en");
        await page.Locator("input[name=userName]").FillAsync("shelter1");
        await page.Locator("input[name=password]").FillAsync(HostProcess.Password);
        await page.Locator("[data-sign-in-form] button[type=submit]").ClickAsync();
        await page.Locator("[data-tablet-section] summary").ClickAsync();
        await page.Locator("[name=newPin]").FillAsync(Pin);
        await page.Locator("[name=pinPassword]").FillAsync(HostProcess.Password);
        await page.Locator("[data-pin-form] button").ClickAsync();
        await Expect(page.Locator("[data-pin-said]")).ToHaveAttributeAsync("data-kind", "good");
        await page.RouteAsync("**/api/v1/shelters/*/beds", route => route.Request.Method == "PUT" ? route.AbortAsync() : route.ContinueAsync());
        await page.Locator("[data-still-right]").ClickAsync();
        await Expect(page.Locator("[data-unsent] > li")).ToHaveCountAsync(1);
        // Signing out would lose it, and says so first.
        await page.Locator("[data-sign-out]").ClickAsync();
        await Expect(page.Locator("[data-notice-text]")).ToContainTextAsync("1 thing is not sent yet and would be lost.");
        await page.Locator("[data-make-tablet]").ClickAsync();
        await Expect(page.Locator("[data-lock-unsent]")).ToHaveTextAsync("1 thing is not sent yet. Unlock to send it.");
        await page.UnrouteAllAsync();
        await Unlock(page);
        await Expect(page.Locator("[data-confirmed-by]")).ToHaveTextAsync("by Kadi M.");
        await Expect(page.Locator("[data-unsent] > li")).ToHaveCountAsync(0);
    }

    /// <summary>Her code is set and the browser made the house's tablet, by what she touches; the page's clock is the test's.</summary>
    internal static async Task<House> Tablet(Town town, Words words)
    {
        var context = await town.Phone(words, 768, 1024);
        var page = await context.NewPageAsync();
        await page.Clock.InstallAsync();
        await page.GotoAsync($"/shelter?lang={words.Lang}");
        await page.Locator("input[name=userName]").FillAsync("shelter1");
        await page.Locator("input[name=password]").FillAsync(HostProcess.Password);
        await page.Locator("[data-sign-in-form] button[type=submit]").ClickAsync();
        await page.Locator("[data-tablet-section] summary").ClickAsync();
        await page.Locator("[name=newPin]").FillAsync(Pin);
        await page.Locator("[name=pinPassword]").FillAsync(HostProcess.Password);
        await page.Locator("[data-pin-form] button").ClickAsync();
        await Expect(page.Locator("[data-pin-said]")).ToHaveAttributeAsync("data-kind", "good");
        await page.Locator("[data-make-tablet]").ClickAsync();
        await Expect(page.Locator("[data-lock-part]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-line-state]")).ToHaveAttributeAsync("data-state", "live", new() { Timeout = 20_000 });
        return new House(page);
    }

    internal static async Task Unlock(IPage page)
    {
        await page.Locator("[name=unlockName]").FillAsync("shelter1");
        await page.Locator("[name=unlockPin]").FillAsync(Pin);
        await page.Locator("[data-unlock] button").ClickAsync();
        await Expect(page.Locator("[data-lock-part]")).ToBeHiddenAsync();
    }

    /// <summary>Not only out of sight: nothing of a party, a hold or a person is in the page.</summary>
    private static async Task ShowsNobody(House tablet)
    {
        foreach (var list in new[] { tablet.Asked, tablet.Expected, tablet.Here, tablet.Unsent }) await Expect(list).ToHaveCountAsync(0);
        var page = await tablet.Page.EvaluateAsync<string>("() => document.body.innerHTML.replaceAll(/<template.*?<\\/template>/gs, '')");
        foreach (var word in new[] { "boy", "pregnant", "3 people", "1 adult", "Kadi", ".demo-shelter-1" }) Assert.DoesNotContain(word, page, StringComparison.Ordinal);
    }

    private static Task<int> Board(IPage page) => page.EvaluateAsync<int>("async () => (await fetch('/api/v1/shelters/demo-shelter-1/beds')).status");
}
