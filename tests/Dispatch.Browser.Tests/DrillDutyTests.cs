using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>A responder says herself whether she takes part in exercises, and never mistakes one state for the other.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class DrillDutyTests(SharedTown shared) : IClassFixture<SharedTown>
{
    [Theory]
    [InlineData("fr", "health1", "Exercice : vous recevez aussi des exercices. Chacun est marqué.")]
    [InlineData("en", "health2", "Exercise: you get exercises as well. Each one is marked.")]
    public async Task Exercise_duty_is_chosen_shown_kept_and_left(string lang, string user, string said)
    {
        var look = new Look(lang);
        var page = (await Staff.SignedIn(shared.Town, "/respond", user, Words.In(lang), 360, 740)).Page;
        var (section, badge, box) = (page.Locator("[data-duty-section]"), page.Locator("[data-duty-drill]"), page.Locator("input[name=drill]"));
        await Expect(box).Not.ToBeCheckedAsync();
        await box.CheckAsync();
        await Expect(badge).ToBeHiddenAsync();
        await page.Locator("[data-duty-switch]").ClickAsync();
        await Expect(badge).ToHaveTextAsync(said);
        await Expect(section).ToHaveAttributeAsync("data-drill", "true");
        await look.At(page, "respond-duty-drill", (320, 568), (360, 800), (1440, 900));

        await page.ReloadAsync();
        await Expect(badge).ToHaveTextAsync(said);
        await Expect(box).ToBeCheckedAsync();

        // Out of the exercises, and still on duty.
        await box.UncheckAsync();
        await Expect(badge).ToBeHiddenAsync();
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-duty", "on");
        Assert.Equal("true false", await Duty(page));
        await box.CheckAsync();
        await Expect(badge).ToBeVisibleAsync();
        Assert.Equal("true true", await Duty(page));

        await page.Locator("[data-duty-switch]").ClickAsync();
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-duty", "off");
        await Expect(box).Not.ToBeCheckedAsync();
        await Expect(section).ToHaveAttributeAsync("data-drill", "false");
        look.FoundNothingWrong();
    }

    [Fact]
    public async Task An_end_that_she_chose_stays_when_exercises_are_added()
    {
        var page = (await Staff.SignedIn(shared.Town, "/respond", "health3", Words.English, 360, 740)).Page;
        await page.Locator("input[name=until]").FillAsync("23:59");
        await page.Locator("[data-duty-switch]").ClickAsync();
        await Expect(page.Locator("[data-duty-text]")).ToContainTextAsync("11:59");
        await page.Locator("input[name=drill]").CheckAsync();
        await Expect(page.Locator("[data-duty-drill]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-duty-text]")).ToContainTextAsync("11:59");
    }

    /// <summary>As the service has it.</summary>
    private static Task<string> Duty(IPage page) => page.EvaluateAsync<string>("async () => { const { duty } = await (await fetch('/api/v1/me')).json(); return `${duty.onDuty} ${duty.drill}`; }");
}
