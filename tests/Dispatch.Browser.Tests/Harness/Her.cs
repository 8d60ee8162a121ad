using System.Globalization;

namespace Dispatch.Browser.Tests.Harness;

/// <summary>Her page, and what she does on it.</summary>
public sealed class Her(IPage page, Words words)
{
    public IPage Page => page;

    public ILocator Ask => page.GetByRole(AriaRole.Button, new() { Name = words.Ask, Exact = true });

    public ILocator Headline => page.Locator("[data-headline]");

    public static async Task<Her> Opens(Town town, Words words, int width = 360, int height = 740)
    {
        var context = await town.Phone(words, width, height);
        return await Opens(await context.NewPageAsync(), words);
    }

    public static async Task<Her> Opens(IPage page, Words words)
    {
        await page.GotoAsync($"/?lang={words.Lang}");
        var her = new Her(page, words);
        await Expect(her.Ask).ToBeVisibleAsync();
        return her;
    }

    public async Task Presses() => await Ask.ClickAsync();

    public async Task IsReceived() => await Expect(Page.Locator("[data-follow]")).ToContainTextAsync(words.Received);

    public Task Reads(string text) => Expect(Headline).ToHaveTextAsync(text);

    public Task ReadsThatANurseCalls(int minutes) => Reads(string.Format(CultureInfo.InvariantCulture, words.NurseCalls, minutes));

    /// <summary>Walks through the questions before pressing: needs, a landmark, a number and the two codes.</summary>
    public async Task Chooses(string[]? needs = null, string? landmark = null, string? number = null, string? pin = null, string? duressPin = null)
    {
        await page.Locator("[data-choose-open]").ClickAsync();
        foreach (var need in needs ?? []) await page.Locator($"label[for=need-{need}]").ClickAsync();
        await Next("needs");
        await Next("police");
        await Question("where").Locator("[name=note]").FillAsync(landmark ?? "");
        await Next("where");
        if (number is not null)
        {
            await page.Locator("label[for=channel-call]").ClickAsync();
            await Question("contact").Locator("[name=number]").FillAsync(number);
        }

        await Next("contact");
        await Question("code").Locator("[name=pin]").FillAsync(pin ?? "");
        await Question("code").Locator("[name=duressPin]").FillAsync(duressPin ?? "");
    }

    public async Task Cancels(string? pin = null)
    {
        await page.Locator("[data-cancel-open]").ClickAsync();
        await page.Locator("[name=cancelPin]").FillAsync(pin ?? "");
        await page.Locator("form[data-cancel]").GetByRole(AriaRole.Button, new() { Name = words.Cancel }).ClickAsync();
    }

    /// <summary>Everything this browser keeps for the site, as one text.</summary>
    public Task<string> Kept() => page.EvaluateAsync<string>(Script.Of("kept.js"));

    private ILocator Question(string name) => page.Locator($"[data-question={name}]");

    private async Task Next(string name)
    {
        await Expect(Question(name)).ToBeVisibleAsync();
        await page.Locator("[data-next]").ClickAsync();
        await Expect(Question(name)).ToBeHiddenAsync();
    }
}
