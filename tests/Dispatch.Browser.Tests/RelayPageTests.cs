using System.Text.RegularExpressions;
using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>The relay's page: a few pictures, one press, the line rings; and nothing of it is left behind.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class RelayPageTests(ChromiumFixture chromium)
{
    private static readonly (int, int)[] Ends = [(320, 568), (1440, 900)];

    [Fact]
    public async Task From_the_charter_to_the_call_of_the_line()
    {
        await using var town = await Town.Open(chromium);
        var line = await Staff.OnTheLine(town, "hotline1", Words.French);
        var page = await Opens(town, Words.French);
        await Accepts(page);
        var started = DateTimeOffset.UtcNow;
        await Chooses(page, "need-health", "need-shelter", "age-18plus", "agreed-yes");
        await page.Locator("[data-raise] summary").ClickAsync();
        await page.Locator("[name=landmark]").FillAsync("le puits");
        await page.Locator("[name=excluded]").FillAsync("Moussa Zqwyndra");
        await page.Locator(".send").ClickAsync();
        await Expect(page.Locator("[data-sent-title]")).ToHaveTextAsync(new Regex(@"^Reçu à \d{1,2}\sh\s\d{2}\.$"));
        Assert.InRange(DateTimeOffset.UtcNow - started, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        await Expect(page.Locator("[data-sent-detail]")).ToContainTextAsync("La ligne vous appelle maintenant au •• •• 34 56");

        var call = line.Items.Filter(new() { HasText = "Un relais attend un appel" });
        await Expect(call).ToHaveAttributeAsync("data-state", "ringing");
        await call.ClickAsync();
        await Expect(line.Page.Locator("[data-facts]")).ToContainTextAsync("Oumou S.");
        await Expect(line.Page.Locator("[data-facts]")).Not.ToContainTextAsync("+22370123456");
        await line.Page.Keyboard.PressAsync("t");
        await Expect(line.Page.Locator("[data-facts]")).ToContainTextAsync("+22370123456");
        await Expect(page.Locator("[data-sent-title]")).ToHaveTextAsync("Une personne l'a pris.");

        await NothingIsLeft(page);
        await page.Locator("[data-again]").ClickAsync();
        await NothingIsLeft(page);
        await page.GotoAsync("/?lang=fr");
        await page.GoBackAsync();
        await Expect(page.Locator("[data-raise]")).ToBeVisibleAsync();
        await NothingIsLeft(page);
    }

    [Fact]
    public async Task What_was_typed_and_not_sent_is_gone_when_the_page_is_left()
    {
        await using var town = await Town.Open(chromium);
        var page = await Opens(town, Words.French);
        await Accepts(page);
        await Chooses(page, "need-legal", "agreed-yes");
        await page.Locator("[data-raise] summary").ClickAsync();
        await page.Locator("[name=excluded]").FillAsync("Moussa Zqwyndra");
        await page.GotoAsync("/?lang=fr");
        await page.GoBackAsync();
        await Expect(page.Locator("[data-raise]")).ToBeVisibleAsync();
        await NothingIsLeft(page);
    }

    [Fact]
    public async Task Without_network_it_is_kept_sealed_and_goes_by_itself()
    {
        await using var town = await Town.Open(chromium);
        var page = await Opens(town, Words.English);
        await Accepts(page);
        await page.Context.SetOfflineAsync(true);
        await Chooses(page, "need-health", "agreed-yes");
        await page.Locator("[data-raise] summary").ClickAsync();
        await page.Locator("[name=excluded]").FillAsync("Moussa Zqwyndra");
        await page.Locator(".send").ClickAsync();
        await Expect(page.Locator("[data-sent-title]")).ToHaveTextAsync("Kept on this device. Not sent yet.");
        await Expect(page.Locator("[data-sign-out]")).ToBeDisabledAsync();
        await NothingIsLeft(page);
        var kept = await page.EvaluateAsync<string>("() => JSON.stringify(localStorage) + JSON.stringify(sessionStorage)");
        Assert.Contains("envelope", kept, StringComparison.Ordinal);
        foreach (var word in new[] { "Moussa", "health", "herWord" }) Assert.DoesNotContain(word, kept, StringComparison.OrdinalIgnoreCase);
        await page.Context.SetOfflineAsync(false);
        await Expect(page.Locator("[data-sent-title]")).ToHaveTextAsync(new Regex(@"^Received at \d{1,2}:\d{2}\s[ap]m\.$"), new() { Timeout = 20_000 });
        Assert.Equal("{}", await page.EvaluateAsync<string>("() => JSON.stringify(localStorage)"));
        var line = await Staff.OnTheLine(town, "hotline1", Words.English);
        await Expect(line.Items.Filter(new() { HasText = "A relay waits for a call" })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Nothing_goes_without_her_agreement_and_police_only_where_she_spoke()
    {
        await using var town = await Town.Open(chromium);
        var page = await Opens(town, Words.French);
        await Accepts(page);
        var asked = 0;
        page.Request += (_, request) => asked += request.Method is "POST" ? 1 : 0;
        await Chooses(page, "need-health");
        await page.Locator(".send").ClickAsync();
        await Expect(page.Locator("[data-raise-problem]")).ToContainTextAsync("Demandez-lui d'abord");
        await Expect(page.Locator("[data-police]")).ToBeHiddenAsync();
        await Chooses(page, "agreed-yes");
        await Expect(page.Locator("[data-police]")).ToBeVisibleAsync();
        await Chooses(page, "police-yes", "agreed-cannot");
        await Expect(page.Locator("[data-police]")).ToBeHiddenAsync();
        Assert.False(await page.Locator("[name=police]").IsCheckedAsync());
        await Chooses(page, "agreed-yes", "age-12to14");
        await page.Locator(".send").ClickAsync();
        await Expect(page.Locator("[data-raise-problem]")).ToContainTextAsync("limites de la confidentialité");
        Assert.Equal(0, asked);
        await Chooses(page, "limits-said");
        await page.Locator(".send").ClickAsync();
        await Expect(page.Locator("[data-sent]")).ToHaveAttributeAsync("data-state", "received");
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task Every_state_of_the_page_fits(string lang)
    {
        var words = Words.In(lang);
        var look = new Look(lang);
        await using var town = await Town.Open(chromium);
        var stranger = await (await town.Phone(words)).NewPageAsync();
        await stranger.GotoAsync($"/relay?lang={lang}");
        await Expect(stranger.Locator("[data-sign-in]")).ToBeVisibleAsync();
        await look.At(stranger, "relay-sign-in", Ends);
        var page = await Opens(town, words);
        await look.At(page, "relay-charter");
        await Accepts(page);
        await look.At(page, "relay-form");
        await look.At(page, "relay-form-zoomed", Look.Zoomed[1..]);
        await Chooses(page, "need-health", "age-15to17", "agreed-yes");
        await page.Locator("[data-raise] summary").ClickAsync();
        await Chooses(page, "channel-call");
        await page.Locator(".send").ClickAsync();
        await Expect(page.Locator("[data-raise-problem]")).ToBeVisibleAsync();
        await look.At(page, "relay-whole");
        await look.At(page, "relay-whole-zoomed", Look.Zoomed[1..]);
        await Chooses(page, "limits-said", "channel-none");
        await page.Context.SetOfflineAsync(true);
        await page.Locator(".send").ClickAsync();
        await Expect(page.Locator("[data-sent]")).ToHaveAttributeAsync("data-state", "kept");
        await look.At(page, "relay-kept", Ends);
        await page.Context.SetOfflineAsync(false);
        await Expect(page.Locator("[data-sent]")).ToHaveAttributeAsync("data-state", "received", new() { Timeout = 20_000 });
        await look.At(page, "relay-received");
        var nurse = await Staff.Opens(town, "/relay", "health1", words, 360, 740);
        await Expect(nurse.Page.Locator("[data-not-here]")).ToBeVisibleAsync();
        await look.At(nurse.Page, "relay-not-here", Ends);
        look.FoundNothingWrong();
    }

    private static async Task<IPage> Opens(Town town, Words words) => (await Staff.Opens(town, "/relay", "relay1", words, 360, 740)).Page;

    private static async Task Accepts(IPage page)
    {
        await Expect(page.Locator("[data-charter]")).ToBeVisibleAsync();
        await page.Locator("[name=deskNumber]").FillAsync("+223 70 12 34 56");
        await page.Locator("[data-charter-form] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-raise]")).ToBeVisibleAsync();
    }

    private static async Task Chooses(IPage page, params string[] ids)
    {
        foreach (var id in ids) await page.Locator($"label[for='{id}']").ClickAsync();
    }

    /// <summary>Neither in a field, nor in the page's text.</summary>
    private static async Task NothingIsLeft(IPage page)
    {
        var typed = await page.EvaluateAsync<string[]>("""
            () => Array.from(document.querySelectorAll("input, textarea"), (box) => ["checkbox", "radio"].includes(box.type) ? (box.checked !== box.defaultChecked ? box.name : "") : box.type === "hidden" ? "" : box.value).filter(Boolean)
            """);
        Assert.Empty(typed);
        Assert.DoesNotContain("Zqwyndra", await page.ContentAsync(), StringComparison.Ordinal);
    }
}
