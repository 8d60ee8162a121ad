using System.Text.RegularExpressions;
using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>Leaving at once, and nothing on the phone that says what this was.</summary>
[Collection(Browsers.Name)]
public sealed class QuitTests(SharedTown shared) : IClassFixture<SharedTown>
{
    private static readonly Regex Forbidden = new("viol|abus|police|polici|victim|assault|agress|danger|secour|urgen|gbv|vbg|rape|dispatch|surviv", RegexOptions.IgnoreCase);

    [Theory]
    [InlineData("fr", "tap")]
    [InlineData("en", "tap")]
    [InlineData("fr", "shift")]
    [InlineData("fr", "tap before scripts")]
    [InlineData("fr", "tap without scripts")]
    public async Task Leaving_works(string lang, string how)
    {
        var words = Words.In(lang);
        var town = shared.Town;
        var context = await town.Phone(words, scripts: how != "tap without scripts");
        await context.RouteAsync(url => !url.StartsWith(town.Host.Address.ToString(), StringComparison.Ordinal), route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<title>elsewhere</title>" }));
        if (how == "tap before scripts") await context.RouteAsync("**/*.js*", _ => { });
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/?lang={lang}", new() { WaitUntil = WaitUntilState.Commit });
        var quit = page.GetByRole(AriaRole.Link, new() { Name = words.Quit });
        await Expect(quit).ToBeInViewportAsync();
        if (how == "shift") for (var n = 0; n < 3; n++) await page.Keyboard.PressAsync("Shift");
        else await quit.ClickAsync();
        await Expect(page).ToHaveTitleAsync("elsewhere");
        Assert.NotEqual(town.Host.Address.Authority, new Uri(page.Url).Authority);
    }

    [Fact]
    public async Task After_leaving_a_followed_alert_the_back_key_does_not_show_it()
    {
        var town = shared.Town;
        var context = await town.Phone(Words.French);
        await context.RouteAsync(url => !url.StartsWith(town.Host.Address.ToString(), StringComparison.Ordinal), route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<title>elsewhere</title>" }));
        var page = await context.NewPageAsync();
        await page.GotoAsync("https://example.org/before");
        var her = await Her.Opens(page, Words.French);
        await her.Presses();
        await her.IsReceived();
        await page.Locator("[data-quit]").ClickAsync();
        await Expect(page).ToHaveTitleAsync("elsewhere");
        await page.GoBackAsync();
        await Expect(page).ToHaveURLAsync("https://example.org/before");
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task Title_icon_manifest_worker_and_stores_are_those_of_a_notebook(string lang)
    {
        var town = shared.Town;
        var her = await Her.Opens(town, Words.In(lang));
        await her.Page.EvaluateAsync("() => navigator.serviceWorker.ready.then(() => true)");
        await Expect(her.Page).ToHaveTitleAsync("Carnet");
        await her.Presses();
        await her.IsReceived();
        await Expect(her.Page).ToHaveTitleAsync("Carnet");
        var outside = await her.Page.EvaluateAsync<string[]>("""
            async () => {
              const head = [document.title, location.href, ...Array.from(document.head.querySelectorAll("meta, link, script"), (each) => each.outerHTML)];
              const linked = Array.from(document.head.querySelectorAll("link[rel=manifest], link[rel=icon]"), (link) => link.href);
              const bodies = await Promise.all(linked.map(async (url) => (await fetch(url)).text()));
              const workers = (await navigator.serviceWorker.getRegistrations()).flatMap((one) => [one.scope, one.active?.scriptURL ?? ""]);
              const stores = [...await caches.keys(), ...(await indexedDB.databases()).map((one) => one.name), ...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie];
              return [...head, ...bodies, ...workers, ...stores];
            }
            """);
        Assert.Contains(outside, text => text.Contains("\"name\":\"Carnet\"", StringComparison.Ordinal));
        Assert.All(outside, text => Assert.DoesNotMatch(Forbidden, text));
        Assert.All((await her.Page.Context.CookiesAsync()).Select(cookie => cookie.Name), name => Assert.DoesNotMatch(Forbidden, name));
    }
}
