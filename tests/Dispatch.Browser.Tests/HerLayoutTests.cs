using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>Her page on a cracked phone, a tablet and a desk, by day and by night.</summary>
[Collection(Browsers.Name)]
public sealed class HerLayoutTests(ChromiumFixture chromium)
{
    private static readonly (int, int)[] Phones = [(320, 568), (360, 800)];

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task Every_state_of_her_page_fits_every_screen(string lang)
    {
        var words = Words.In(lang);
        var look = new Look(lang);
        await using var town = await Town.Open(chromium);
        var her = await Her.Opens(town, words);
        var page = her.Page;
        await look.At(page, "her-start");
        await page.Locator("main > details.know > summary").ClickAsync();
        await look.At(page, "her-know", Phones);
        await page.Locator("main > details.know > summary").ClickAsync();
        await page.Locator("[data-choose-open]").ClickAsync();
        foreach (var question in new[] { "needs", "police", "where", "contact", "code" })
        {
            await Expect(page.Locator($"[data-question={question}]")).ToBeVisibleAsync();
            if (question == "contact") await page.Locator("label[for=channel-call]").ClickAsync();
            await look.At(page, $"her-choose-{question}", Phones);
            if (question != "code") await page.Locator("[data-next]").ClickAsync();
        }

        await page.Context.SetOfflineAsync(true);
        await page.Locator("[data-ask]").ClickAsync();
        await her.Reads(words.Stored);
        await Expect(page.Locator("[data-no-network]")).ToBeVisibleAsync();
        await look.At(page, "her-kept", Phones);
        await page.Context.SetOfflineAsync(false);
        await her.IsReceived();
        await look.At(page, "her-received");
        await page.Locator("[data-cancel-open]").ClickAsync();
        await look.At(page, "her-cancel", Phones);
        await page.Locator("form[data-cancel] button.stop").ClickAsync();
        await her.Reads(words.Cancelled);
        await look.At(page, "her-cancelled", Phones);
        look.FoundNothingWrong();
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task The_page_without_scripts_and_the_accepted_news_fit_every_screen(string lang)
    {
        var words = Words.In(lang);
        var look = new Look(lang);
        await using var town = await Town.Open(chromium);
        var awa = await Staff.OnDuty(town, "health1", words);
        var her = await Her.Opens(town, words);
        await her.Presses();
        await awa.Accepts("callsHer", 15);
        await her.ReadsThatANurseCalls(15);
        await look.At(her.Page, "her-accepted");
        var page = await (await town.Phone(words, scripts: false)).NewPageAsync();
        await (await Her.Opens(page, words)).Ask.ClickAsync();
        await Expect(page.Locator(".lines")).ToContainTextAsync(words.Received);
        // A page without scripts cannot be measured by one: the same bytes, opened where scripts run, can.
        var shown = await (await town.Phone(words)).NewPageAsync();
        await shown.Context.AddCookiesAsync((await page.Context.CookiesAsync()).Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = town.Host.Address.ToString() }));
        await shown.GotoAsync($"/note?lang={lang}");
        await Expect(shown.Locator(".lines")).ToContainTextAsync(words.Received);
        await look.At(shown, "note-received", Phones);
        look.FoundNothingWrong();
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task The_button_fills_two_fifths_of_the_smallest_screen_and_leave_stays_in_reach(string lang)
    {
        var words = Words.In(lang);
        await using var town = await Town.Open(chromium);
        var her = await Her.Opens(town, words, 320, 568);
        var box = (await her.Ask.BoundingBoxAsync())!;
        var visible = Math.Min(box.Y + box.Height, 568) - Math.Max(box.Y, 0);
        Assert.True(box.Width * visible >= 0.4 * 320 * 568, $"the button covers {box.Width * visible / (320 * 568):P0} of the screen");

        await her.Page.Locator("main > details.know > summary").ClickAsync();
        await her.Page.EvaluateAsync("() => scrollTo(0, document.documentElement.scrollHeight)");
        var quit = (await her.Page.Locator("[data-quit]").BoundingBoxAsync())!;
        Assert.InRange(quit.Y, 0, 40);
        Assert.InRange(quit.X + quit.Width, 320 - 40, 320);
        await her.Page.Locator("[data-quit]").ClickAsync(new() { Trial = true });
    }

    [Fact]
    public async Task With_forced_colours_every_choice_and_button_keeps_an_edge()
    {
        await using var town = await Town.Open(chromium);
        var her = await Her.Opens(town, Words.French, 320, 568);
        await her.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await her.Page.Locator("[data-choose-open]").ClickAsync();
        var bare = await her.Page.EvaluateAsync<string[]>("""
            () => Array.from(document.querySelectorAll(".ask, .button:not(.plain), .choice label"))
              .filter((el) => el.checkVisibility() && parseFloat(getComputedStyle(el).borderTopWidth) < 1).map((el) => el.textContent)
            """);
        Assert.Empty(bare);
        await Look.Picture(her.Page, "her-choose-needs-fr-320x568-forced");
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task At_twice_the_size_her_page_is_usable(string lang)
    {
        var words = Words.In(lang);
        var look = new Look(lang);
        await using var town = await Town.Open(chromium);
        var her = await Her.Opens(town, words);
        await look.At(her.Page, "her-start-zoomed", Look.Zoomed);
        await her.Page.SetViewportSizeAsync(160, 284);
        await Expect(her.Page.Locator("[data-quit]")).ToBeInViewportAsync();
        await her.Presses();
        await her.IsReceived();
        await look.At(her.Page, "her-received-zoomed", Look.Zoomed);
        await her.Cancels();
        await her.Reads(words.Cancelled);
        look.FoundNothingWrong();
    }
}
