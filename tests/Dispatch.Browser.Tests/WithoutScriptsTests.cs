using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>A browser that runs no scripts, as Opera Mini or a locked-down phone: the same button, the same truth, by plain pages.</summary>
[Collection(Browsers.Name)]
public sealed class WithoutScriptsTests(ChromiumFixture chromium)
{
    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task The_button_posts_the_note_page_follows_and_cancel_says_cancelled(string lang)
    {
        var words = Words.In(lang);
        await using var town = await Town.Open(chromium);
        var awa = await Staff.OnDuty(town, "health1", words);
        var page = await (await town.Phone(words, scripts: false)).NewPageAsync();
        var her = await Her.Opens(page, words);
        await her.Presses();
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/note");
        await Expect(page).ToHaveTitleAsync("Carnet");
        await Expect(page.Locator(".lines")).ToContainTextAsync(words.Received);

        await Expect(awa.Offers).ToHaveCountAsync(1);
        await awa.Accepts("callsHer", 15);
        await page.ReloadAsync();
        await Expect(page.Locator(".lines p").First).ToHaveTextAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, words.NurseCalls, 15));

        await page.Locator("[data-cancel] > summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = words.Cancel }).ClickAsync();
        await Expect(page.Locator(".lines")).ToHaveTextAsync(words.Cancelled);
        // Nothing on this browser remembers it: looking again shows the neutral page.
        await page.GotoAsync($"/note?lang={lang}");
        await Expect(page.Locator("[data-ask]")).ToBeVisibleAsync();
        await Expect(page.Locator(".lines")).ToHaveCountAsync(0);
        Assert.Empty(await page.Context.CookiesAsync());
    }

    [Fact]
    public async Task Leaving_the_note_page_forgets_it_on_this_browser()
    {
        await using var town = await Town.Open(chromium);
        var context = await town.Phone(Words.French, scripts: false);
        await context.RouteAsync(url => !url.StartsWith(town.Host.Address.ToString(), StringComparison.Ordinal), route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<title>elsewhere</title>" }));
        var page = await context.NewPageAsync();
        await (await Her.Opens(page, Words.French)).Presses();
        await Expect(page.Locator(".lines")).ToContainTextAsync(Words.French.Received);
        await page.GetByRole(AriaRole.Link, new() { Name = Words.French.Quit }).ClickAsync();
        await Expect(page).ToHaveTitleAsync("elsewhere");
        Assert.Empty(await context.CookiesAsync());
        await page.GotoAsync("/note");
        await Expect(page.Locator("[data-ask]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_she_chose_without_scripts_reaches_the_line()
    {
        await using var town = await Town.Open(chromium);
        var supervisor = await Staff.OnTheLine(town, "supervisor1", Words.English);
        var page = await (await town.Phone(Words.French, scripts: false)).NewPageAsync();
        await Her.Opens(page, Words.French);
        await page.Locator("[data-choose-open]").ClickAsync();
        await page.Locator("label[for=need-legal]").ClickAsync();
        await page.Locator("[name=note]").FillAsync("près du puits de Kati");
        await page.GetByRole(AriaRole.Button, new() { Name = "Envoyer la demande" }).ClickAsync();
        await Expect(page.Locator(".lines")).ToContainTextAsync(Words.French.Received);
        await supervisor.Items.ClickAsync();
        await Expect(supervisor.Page.Locator("[data-case] [data-needs] li[data-key=legal]")).ToBeVisibleAsync();
        await Expect(supervisor.Page.Locator("[data-case] [data-needs] li")).ToHaveCountAsync(1);
        await Expect(supervisor.Page.Locator("[data-facts]")).ToContainTextAsync("près du puits de Kati");
    }

    [Fact]
    public async Task A_double_press_of_the_form_makes_one_alert()
    {
        await using var town = await Town.Open(chromium);
        var supervisor = await Staff.OnTheLine(town, "supervisor1", Words.French);
        var page = await (await town.Phone(Words.French, scripts: false)).NewPageAsync();
        var her = await Her.Opens(page, Words.French);
        await her.Ask.DblClickAsync();
        await Expect(page.Locator(".lines")).ToContainTextAsync(Words.French.Received);
        await Expect(supervisor.Items).ToHaveCountAsync(1);
        await supervisor.Page.ReloadAsync();
        await Expect(supervisor.Items).ToHaveCountAsync(1);
    }
}
