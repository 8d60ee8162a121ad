using System.Text.Json;
using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>No network when she presses: kept, sealed, on the phone; sent once, when it comes back; and nothing on a reopened page gives her away.</summary>
[Collection(Browsers.Name)]
public sealed class OfflineTests(ChromiumFixture chromium)
{
    private const string Landmark = "marché de Dabanani";
    private const string Number = "76543210";
    private const string Pin = "802461";
    private const string DuressPin = "917355";

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task What_she_entered_offline_is_kept_sealed_and_sent_exactly_once(string lang)
    {
        var words = Words.In(lang);
        await using var town = await Town.Open(chromium);
        var supervisor = await Staff.OnTheLine(town, "supervisor1", words);
        var her = await Her.Opens(town, words);
        await her.Chooses(["shelter", "transport"], Landmark, Number, Pin, DuressPin);
        await her.Page.Context.SetOfflineAsync(true);
        await her.Ask.DblClickAsync();
        await her.Reads(words.Stored);
        await Expect(her.Page.Locator("[data-no-network]")).ToContainTextAsync(words.NoNetwork);

        var kept = await her.Kept();
        Assert.Single(Records(kept));
        Assert.DoesNotContain(new[] { Landmark, "Dabanani", Number, Pin, DuressPin, "shelter", "transport", "needs", "duress", "landmark" }, secret => kept.Contains(secret, StringComparison.OrdinalIgnoreCase));

        await her.Page.Context.SetOfflineAsync(false);
        await her.IsReceived();
        await Expect(supervisor.Items).ToHaveCountAsync(1);
        await supervisor.Items.ClickAsync();
        await Expect(supervisor.Page.Locator("[data-facts]")).ToContainTextAsync(Landmark);
        Assert.Empty(Records(await her.Kept()));
        await supervisor.Page.ReloadAsync();
        await Expect(supervisor.Items).ToHaveCountAsync(1);
    }

    /// <summary>A telephone's network reaches further than the Internet: the same request, ready as a text, with what tells the two are one.</summary>
    [Fact]
    public async Task Without_the_internet_the_same_request_is_ready_as_a_text()
    {
        await using var town = await Town.Open(chromium);
        var supervisor = await Staff.OnTheLine(town, "supervisor1", Words.French);
        var her = await Her.Opens(town, Words.French);
        await her.Chooses(["shelter", "transport"], Landmark, Number, Pin, DuressPin);
        await her.Page.Context.SetOfflineAsync(true);
        await her.Ask.ClickAsync();
        await Expect(her.Page.Locator("[data-by-text]")).ToContainTextAsync("un SMS prêt à envoyer");
        await Look.Picture(her.Page, "carnet-by-text-fr");
        var link = new Uri((await her.Page.Locator("[data-by-text] a").GetAttributeAsync("href"))!);
        Assert.Equal(("sms", "80000"), (link.Scheme, link.AbsolutePath));
        var body = Uri.UnescapeDataString(link.Query["?body=".Length..]);
        var code = body[^36..];
        Assert.Equal("Aide : Un endroit sûr, Un transport ", body[..^36]);
        Assert.DoesNotContain(Landmark, body, StringComparison.Ordinal);

        await her.Page.Context.SetOfflineAsync(false);
        await her.IsReceived();
        await Expect(her.Page.Locator("[data-by-text]")).ToBeHiddenAsync();
        await Expect(supervisor.Items).ToHaveCountAsync(1);
        Assert.Equal(code, await supervisor.FirstAlert());
    }

    [Fact]
    public async Task A_page_reopened_offline_is_neutral_and_sends_what_was_kept_in_the_background()
    {
        await using var town = await Town.Open(chromium);
        var supervisor = await Staff.OnTheLine(town, "supervisor1", Words.French);
        var context = await town.Phone(Words.French);
        var her = await Her.Opens(await context.NewPageAsync(), Words.French);
        // From the second opening on, the page is kept on the phone.
        await her.Page.EvaluateAsync("() => navigator.serviceWorker.ready.then(() => true)");
        await her.Page.ReloadAsync();
        await Expect(her.Ask).ToBeVisibleAsync();
        await context.SetOfflineAsync(true);
        await her.Presses();
        await her.Reads(Words.French.Stored);
        await her.Page.CloseAsync();

        var reopened = await Her.Opens(await context.NewPageAsync(), Words.French);
        await Expect(reopened.Page.Locator("[data-follow]")).ToBeHiddenAsync();
        await Expect(reopened.Page.Locator("[data-notice]")).ToBeEmptyAsync();
        Assert.Single(Records(await reopened.Kept()));

        await context.SetOfflineAsync(false);
        await Expect(supervisor.Items).ToHaveCountAsync(1);
        await Expect(reopened.Ask).ToBeVisibleAsync();
        await Expect(reopened.Page.Locator("[data-follow]")).ToBeHiddenAsync();
        await Expect(reopened.Page.Locator("[data-notice]")).ToBeEmptyAsync();
        await reopened.Page.WaitForFunctionAsync("async () => JSON.parse(await (" + Script.Of("kept.js").Trim() + ")()).databases.carnet.pages.length === 0");
        await supervisor.Page.ReloadAsync();
        await Expect(supervisor.Items).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Reopening_after_the_alert_was_received_shows_the_neutral_page()
    {
        await using var town = await Town.Open(chromium);
        var context = await town.Phone(Words.English);
        var her = await Her.Opens(await context.NewPageAsync(), Words.English);
        await her.Presses();
        await her.IsReceived();
        await her.Page.ReloadAsync();
        await Expect(her.Ask).ToBeVisibleAsync();
        await Expect(her.Page.Locator("[data-follow]")).ToBeHiddenAsync();
        var second = await Her.Opens(await context.NewPageAsync(), Words.English);
        await Expect(second.Page.Locator("[data-follow]")).ToBeHiddenAsync();
        Assert.Empty(Records(await second.Kept()));
    }

    private static JsonElement[] Records(string kept) =>
        [.. JsonDocument.Parse(kept).RootElement.GetProperty("databases").GetProperty("carnet").GetProperty("pages").EnumerateArray()];
}
