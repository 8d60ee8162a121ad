using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>Nothing on any page is nameless, and each page says which language it speaks.</summary>
[Collection(Browsers.Name)]
public sealed class NamesTests(SharedTown shared) : IClassFixture<SharedTown>
{
    [Theory]
    [InlineData("/", "fr")]
    [InlineData("/", "en")]
    [InlineData("/respond", "fr")]
    [InlineData("/hotline", "en")]
    [InlineData("/coordinate", "fr")]
    [InlineData("/shelter", "fr")]
    [InlineData("/shelter", "en")]
    public async Task Every_control_has_a_name_and_the_page_says_its_language(string path, string lang)
    {
        var page = await (await shared.Town.Phone(Words.In(lang))).NewPageAsync();
        await page.GotoAsync($"{path}?lang={lang}");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", lang);
        if (path != "/") await Expect(page.Locator("[data-sign-in]")).ToBeVisibleAsync();
        var tree = await page.Locator("body").AriaSnapshotAsync();
        Assert.DoesNotMatch(@"(?m)- (button|link|checkbox|radio|textbox)( \[|:|$)", tree);
        Assert.DoesNotContain(await page.EvaluateAsync<string[]>("() => Array.from(document.querySelectorAll('[tabindex]'), (el) => el.getAttribute('tabindex'))"), index => index is not ("-1" or "0"));
    }
}
