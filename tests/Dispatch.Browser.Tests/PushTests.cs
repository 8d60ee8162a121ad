using System.Text.Json;
using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>Messages to a phone whose page is closed: from the host's own push, through Chromium's service worker, back to the line.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class PushTests(ChromiumFixture chromium)
{
    private const string On = "on";

    [Fact]
    public async Task A_push_shows_two_neutral_words_and_its_receipt_reaches_the_line()
    {
        await using var town = await PushTown.Open(chromium);
        var supervisor = await Staff.OnTheLine(town.Town, "supervisor1", Words.French);
        var page = await town.Phone(Words.French);
        await PushTown.SignIn(page, "health1");
        await Expect(page.Locator("[data-push-section]")).ToHaveAttributeAsync("data-state", On);
        await page.Locator("[data-duty-switch]").ClickAsync();
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-duty", "on");
        var pushes = await PushTown.Listen(page);
        // The page is closed: what is left of it is the service worker.
        await page.GotoAsync("/messages.svg");

        await (await Her.Opens(town.Town, Words.French)).Presses();
        var push = await town.Taken(1);
        await supervisor.Items.ClickAsync();
        await Expect(supervisor.Timeline("sent").First).ToBeVisibleAsync();
        await Expect(supervisor.Timeline("delivered")).ToHaveCountAsync(0);
        await pushes.Deliver(push);

        await Expect(supervisor.Timeline("delivered")).ToHaveCountAsync(1);
        var shown = Assert.Single(await pushes.Shown(all => all.Count == 1));
        Assert.Contains(shown.Title, (string[])["Nouveau message", "New message"]);
        Assert.Equal(("", "/messages.svg", false), (shown.Body, shown.Icon, shown.Silent));
        Assert.Null(shown.Data);

        // A repeat rings no second time, what takes the offer back lies down over it, and so does the offer itself when it was on its way for too long.
        var about = JsonSerializer.Deserialize<JsonElement>(push).GetProperty("ref").GetString();
        string[] quiet = [push, JsonSerializer.Serialize(new { kind = "gone", id = "later", version = "9999", @ref = about }), JsonSerializer.Serialize(new { kind = "new", id = "late", version = "1", @ref = about })];
        foreach (var each in quiet)
        {
            Assert.Equal(shown.Title, Assert.Single(await pushes.Shown(all => all is [{ Silent: true }], again: each)).Title);
        }

        // What cannot be read is a message all the same.
        var both = await pushes.Shown(all => all.Count == 2, again: "<html>");
        Assert.All(both, each => Assert.Equal((shown.Title, ""), (each.Title, each.Body)));
        Assert.Equal((true, false), (both.Single(each => each.Tag == shown.Tag).Silent, both.Single(each => each.Tag != shown.Tag).Silent));

        // A question to the staff of a house: a touch on it opens the house's page.
        var asked = await pushes.Shown(all => all.Any(each => each.Data?.ToString() is "/shelter"), again: """{"kind":"asked"}""");
        Assert.All(asked, each => Assert.Equal((shown.Title, ""), (each.Title, each.Body)));
    }

    [Fact]
    public async Task Testing_a_phone_says_how_long_it_took()
    {
        await using var town = await PushTown.Open(chromium);
        var page = await town.Phone(Words.English);
        await PushTown.SignIn(page, "health1");
        await Expect(page.Locator("[data-push-section]")).ToHaveAttributeAsync("data-state", On);
        var pushes = await PushTown.Listen(page);
        await page.Locator("[data-push-test]").ClickAsync();
        await pushes.Deliver(await town.Taken(1));
        await Expect(page.Locator("[data-push-result]")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^Sent, received after \d+\.\d\ss\.$"));
    }

    [Fact]
    public async Task A_phone_is_asked_for_registered_once_and_forgotten_at_the_sign_out()
    {
        await using var town = await PushTown.Open(chromium);
        var page = await town.Phone(Words.English, "default");
        await PushTown.SignIn(page, "health1");
        var section = page.Locator("[data-push-section]");
        await Expect(section).ToHaveAttributeAsync("data-state", "ask");
        Assert.Equal("", await Did(page));
        await page.Locator("[data-push-allow]").ClickAsync();
        await Expect(section).ToHaveAttributeAsync("data-state", On);
        Assert.Equal("subscribe ", await Did(page));

        await page.ReloadAsync();
        await Expect(section).ToHaveAttributeAsync("data-state", On);
        Assert.Equal("subscribe ", await Did(page));

        // Subscribed with a key that is not the service's any more.
        await page.EvaluateAsync("() => localStorage.setItem('push.key', 'AAAA')");
        await page.ReloadAsync();
        await Expect(section).ToHaveAttributeAsync("data-state", On);
        Assert.Equal("subscribe unsubscribe subscribe ", await Did(page));

        // The browser gave it up by itself: what the service worker does then, with the page closed.
        await page.EvaluateAsync("() => localStorage.removeItem('push.key')");
        await page.EvaluateAsync("async () => (await import('/respond/arrive.js')).renew(await navigator.serviceWorker.ready)");
        Assert.Equal("subscribe unsubscribe subscribe subscribe ", await Did(page));

        await page.Locator("[data-sign-out]").ClickAsync();
        await Expect(page.Locator("[data-sign-in]")).ToBeVisibleAsync();
        Assert.Equal("subscribe unsubscribe subscribe subscribe unsubscribe ", await Did(page));

        // Nobody is signed in: a push that was on its way shows its words and asks nothing of the service.
        var pushes = await PushTown.Listen(page);
        await pushes.Shown(all => all.Count == 1, again: """{"kind":"test","id":"x"}""");
        Assert.Equal("", await page.EvaluateAsync<string>(Kept));

        // Somebody else on the same phone: what was hers is not taken over.
        await PushTown.SignIn(page, "health2");
        await Expect(section).ToHaveAttributeAsync("data-state", On);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task Every_state_of_the_card_fits_and_says_what_to_do(string lang)
    {
        var (words, look) = (Words.In(lang), new Look(lang));
        await using var town = await PushTown.Open(chromium);
        foreach (var permission in new[] { "default", "denied", "granted" })
        {
            var page = await town.Phone(words, permission);
            await PushTown.SignIn(page, "health1");
            var state = permission switch { "default" => "ask", "denied" => "blocked", _ => On };
            await Expect(page.Locator("[data-push-section]")).ToHaveAttributeAsync("data-state", state);
            await look.At(page, $"respond-push-{state}", (320, 568), (360, 800), (1440, 900));
        }

        var apple = await town.Phone(words, userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1");
        await apple.Context.AddInitScriptAsync("delete globalThis.PushManager;");
        await apple.ReloadAsync();
        await PushTown.SignIn(apple, "health1");
        await Expect(apple.Locator("[data-push-section]")).ToHaveAttributeAsync("data-state", "install");
        await look.At(apple, "respond-push-install", (320, 568), (360, 800));
        look.FoundNothingWrong();
    }

    [Fact]
    public async Task A_demo_says_that_it_pushes_nothing()
    {
        await using var town = await Town.Open(chromium);
        var awa = await Staff.SignedIn(town, "/respond", "health1", Words.English, 360, 740);
        await Expect(awa.Page.Locator("[data-push-section]")).ToHaveAttributeAsync("data-state", "demo");
        await Expect(awa.Page.Locator("[data-push-text]")).ToHaveTextAsync("In this demonstration no notification is sent. Keep this page open.");
        await Expect(awa.Page.Locator("[data-push-section] button:visible")).ToHaveCountAsync(0);
    }

    private const string Kept = """
        () => new Promise((done) => {
          const open = indexedDB.open("messages", 1);
          open.onsuccess = () => { const all = open.result.transaction("kept").objectStore("kept").get("owner"); all.onsuccess = () => done(JSON.stringify(all.result ?? "").replaceAll('"', "")); };
          open.onerror = () => done("");
        })
        """;

    private static Task<string> Did(IPage page) => page.EvaluateAsync<string>("() => localStorage.getItem('push.did') ?? ''");
}
