using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>The house's page on every screen, by day and by night, and at 200 % zoom.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class ShelterLayoutTests(ChromiumFixture chromium)
{
    private static readonly (int, int)[] Ends = [(320, 568), (1440, 900)];

    /// <summary>At three metres a digit of 4 cm is read at a glance; a tablet's 768 points are about 16 cm.</summary>
    private const double LargestDigit = 150;

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task Every_state_of_a_houses_page_fits(string lang)
    {
        var words = Words.In(lang);
        var look = new Look(lang);
        await using var town = await Town.Open(chromium);
        var stranger = await (await town.Phone(words)).NewPageAsync();
        await stranger.GotoAsync($"/shelter?lang={lang}");
        await Expect(stranger.Locator("[data-sign-in]")).ToBeVisibleAsync();
        await look.At(stranger, "shelter-sign-in", Ends);

        var house = await House.Opens(town, words);
        var page = house.Page;
        await page.Locator("[data-count-open]").ClickAsync();
        await page.Locator("[data-add-kinds] button").First.ClickAsync();
        await look.At(page, "shelter-counting");
        await look.At(page, "shelter-counting-zoomed", Look.Zoomed[1..]);
        for (var n = 0; n < 2; n++) await page.Locator("[data-counts] [data-row=capacity]").Nth(1).Locator("[data-more]").ClickAsync();
        await page.Locator("[data-counting] button[type=submit]").ClickAsync();
        await Expect(house.Free).ToHaveCountAsync(2);
        await page.SetViewportSizeAsync(768, 1024);
        var digit = await house.Free.First.BoundingBoxAsync();
        Assert.True(digit!.Height >= LargestDigit, $"what is free is {digit.Height} points tall");

        await House.AskedByTheLine(town);
        await House.Says(house.Asked, "yes");
        await House.Says(house.Expected, "arrive");
        await House.AskedByTheLine(town, party: new { adults = 1 });
        await House.Says(house.Asked, "yes");
        await Expect(house.Expected).ToHaveCountAsync(1);
        await House.AskedByTheLine(town);
        await Expect(house.Asked).ToHaveCountAsync(1);
        await look.At(page, "shelter-asked");
        await look.At(page, "shelter-asked-zoomed", Look.Zoomed[1..]);
        await house.Asked.Locator("[data-act=no]").ClickAsync();
        await look.At(page, "shelter-sure", Ends);
        await house.Asked.Locator("[data-sure-no]").ClickAsync();
        await page.Context.SetOfflineAsync(true);
        await House.Says(house.Asked, "yes");
        await Expect(house.Unsent).ToHaveCountAsync(1);
        await look.At(page, "shelter-not-sent", Ends);
        await page.Context.SetOfflineAsync(false);
        await Expect(house.Unsent).ToHaveCountAsync(0, new() { Timeout = 20_000 });
        foreach (var part in new[] { "address", "tablet-section" }) await page.Locator($"[data-{part}] summary").ClickAsync();
        await house.Expected.First.Locator("[data-give]").ClickAsync();
        await house.Expected.First.Locator("[data-meeting] summary").ClickAsync();
        await look.At(page, "shelter-parts");
        look.FoundNothingWrong();
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task A_conflict_two_houses_and_the_locked_tablet_fit(string lang)
    {
        var words = Words.In(lang);
        var look = new Look(lang);
        await using var town = await Town.Open(chromium);
        var (kadi, other) = (await House.Opens(town, words), await House.Opens(town, words));
        foreach (var house in new[] { kadi, other })
        {
            await house.Page.Locator("[data-count-open]").ClickAsync();
            await house.Step("capacity", house == kadi ? "more" : "less").ClickAsync();
        }

        await kadi.Page.Locator("[data-counting] button[type=submit]").ClickAsync();
        await Expect(other.Page.Locator("[data-row=capacity] [data-now]")).ToContainTextAsync("7");
        await look.At(other.Page, "shelter-counted-by-another", Ends);
        await other.Page.Locator("[data-counting] button[type=submit]").ClickAsync();

        await Expect(other.Unsent.Locator("[data-again]")).ToBeVisibleAsync();
        await look.At(other.Page, "shelter-conflict");
        var aicha = await House.Opens(town, words, "shelter2");
        await House.AskedByTheLine(town, "demo-shelter-3", new { adults = 1 });
        await Expect(aicha.Page.Locator("[data-house-waiting]:visible")).ToHaveCountAsync(1);
        await look.At(aicha.Page, "shelter-two-houses", Ends);
        var tablet = await TabletTests.Tablet(town, words);
        await look.At(tablet.Page, "shelter-locked");
        await look.At(tablet.Page, "shelter-locked-zoomed", Look.Zoomed[1..]);
        await House.AskedByTheLine(town);
        await Expect(tablet.Page.Locator("[data-alarm]")).Not.ToBeEmptyAsync();
        await look.At(tablet.Page, "shelter-locked-waiting", Ends);
        look.FoundNothingWrong();
    }
}
