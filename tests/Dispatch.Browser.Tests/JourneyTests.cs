using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>The way there: the driver's taps, the place that she agreed to, and the address that one driver may look at.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class JourneyTests(ChromiumFixture chromium)
{
    private const string Mill = "Devant le vieux moulin de Kati, sous le grand manguier";
    private const string Address = "Portail bleu, derrière la pharmacie du marché";
    private static readonly (int, int)[] Phones = [(320, 568), (360, 800)];
    private static readonly (int, int)[] Ends = [(320, 568), (1440, 900)];

    [Theory]
    [InlineData("fr", "Un chauffeur vous prendra au lieu convenu, d'ici 15 minutes environ.", "On vous prend ici : ", "Vous êtes en route.", "Vous êtes arrivée.")]
    [InlineData("en", "A driver will pick you up at the agreed place, in about 15 minutes.", "You are picked up here: ", "You are on the way.", "You have arrived.")]
    public async Task She_reads_that_a_driver_comes_agrees_where_and_reads_where_she_is(string lang, string comes, string here, string aboard, string there)
    {
        var (words, look) = (Words.In(lang), new Look(lang));
        await using var town = await Town.Open(chromium);
        var issa = await Staff.OnDuty(town, "driver1", words);
        var supervisor = await Staff.OnTheLine(town, "supervisor1", words);
        var her = await Her.Opens(town, words);
        await her.Presses();
        await her.IsReceived();
        await Verifies(supervisor);

        await issa.Accepts("meetsAt", 15);
        await her.Reads(comes);
        await issa.Page.Locator("[data-progress=noConflict]").ClickAsync();
        await Expect(issa.Page.Locator("[data-minutes] button")).ToHaveCountAsync(7);
        await look.At(issa.Page, "respond-drive-ready", Phones);

        await supervisor.Items.First.ClickAsync();
        await Expect(supervisor.Page.Locator("[data-meet-open]")).ToBeVisibleAsync();
        await supervisor.Page.Keyboard.PressAsync("m");
        await look.At(supervisor.Page, "hotline-meeting-form", Ends);
        await supervisor.Page.Locator("input[name=meetPlace]").FillAsync(Mill);
        await supervisor.Page.Locator("form[data-meeting] button[type=submit]").ClickAsync();
        await Expect(supervisor.Page.Locator("[data-meetings] li")).ToContainTextAsync(Mill);
        await Expect(her.Page.Locator("[data-meet-place]")).ToHaveTextAsync(Mill);
        await Expect(issa.Page.Locator("[data-pick-up]")).ToBeHiddenAsync();
        await look.At(her.Page, "her-meet-question");
        await look.At(her.Page, "her-meet-question-zoomed", Look.Zoomed);

        await her.Page.Locator("[data-meet-answer=yes]").ClickAsync();
        await Expect(her.Page.Locator("[data-meet-agreed]")).ToHaveTextAsync(here + Mill);
        await Expect(her.Page.Locator("[data-meet]")).ToBeHiddenAsync();
        await Expect(issa.Page.Locator("[data-pick-up]")).ToHaveTextAsync(Mill);
        await look.At(her.Page, "her-meet-agreed", Phones);
        await look.At(supervisor.Page, "hotline-meeting", Ends);

        await issa.Page.Locator("[data-minutes] button[data-minutes='20']").ClickAsync();
        await Expect(issa.Assignments).ToHaveAttributeAsync("data-state", "enRoute");
        await her.Reads(comes.Replace("15", "20", StringComparison.Ordinal));
        await look.At(issa.Page, "respond-drive-on-the-way");
        await issa.Page.Locator("[data-actions] [data-progress=pickedUp]").ClickAsync();
        await her.Reads(aboard);
        await look.At(her.Page, "her-aboard", Phones);
        await look.At(issa.Page, "respond-drive-aboard", Phones);
        await issa.Page.Locator("[data-actions] [data-progress=arrived]").ClickAsync();
        await her.Reads(there);
        for (var leg = 0; leg < 4; leg++) await Expect(supervisor.Timeline("progress").Nth(leg)).ToContainTextAsync("Issa C.");

        Assert.DoesNotContain("Issa", await her.Page.ContentAsync(), StringComparison.Ordinal);
        await her.Page.ReloadAsync();
        await Expect(her.Ask).ToBeVisibleAsync();
        foreach (var secret in new[] { "moulin", "manguier" })
        {
            Assert.DoesNotContain(secret, await her.Page.ContentAsync(), StringComparison.Ordinal);
            Assert.DoesNotContain(secret, await her.Kept(), StringComparison.Ordinal);
        }

        look.FoundNothingWrong();
        Assert.Empty(town.Unexpected);
    }

    [Fact]
    public async Task From_her_no_on_the_line_is_called_for_another_place()
    {
        await using var town = await Town.Open(chromium);
        var supervisor = await Staff.OnTheLine(town, "supervisor1", Words.English);
        var her = await Her.Opens(town, Words.English);
        await her.Presses();
        await her.IsReceived();
        var alert = await Verifies(supervisor);
        await supervisor.Page.Says("POST", $"/api/v1/alerts/{alert}/meeting-points", new { need = "transport", place = new { landmark = Mill } });
        await her.Page.Locator("[data-meet-answer=no]").ClickAsync();
        await Expect(her.Page.Locator("[data-meet]")).ToBeHiddenAsync();
        await Expect(supervisor.Page.Locator("[data-items]")).ToContainTextAsync("Another meeting point to find");
        await Expect(her.Page.Locator("[data-meet-agreed]")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_network_that_drops_what_shows_the_place_brings_it_with_a_later_look()
    {
        await using var town = await Town.Open(chromium);
        var supervisor = await Staff.OnTheLine(town, "supervisor1", Words.English);
        var her = await Her.Opens(town, Words.English);
        await her.Page.RouteAsync("**/carnet/meet.js*", route => route.AbortAsync());
        var dropped = her.Page.WaitForRequestAsync("**/carnet/meet.js*");
        await her.Presses();
        await her.IsReceived();
        var alert = await Verifies(supervisor);
        await supervisor.Page.Says("POST", $"/api/v1/alerts/{alert}/meeting-points", new { need = "transport", place = new { landmark = Mill } });
        await dropped;
        await her.Page.UnrouteAllAsync();
        await Expect(her.Page.Locator("[data-meet-place]")).ToHaveTextAsync(Mill, new() { Timeout = 20_000 });
    }

    [Fact]
    public async Task A_house_that_does_not_answer_is_no_loss_of_the_line_to_a_driver()
    {
        await using var town = await Town.Open(chromium);
        var page = (await Staff.OnDuty(town, "driver1", Words.English)).Page;
        var asked = page.WaitForResponseAsync(answer => answer.Url.EndsWith("/me/address-releases", StringComparison.Ordinal) && answer.Status == 503);
        await page.RouteAsync("**/api/v1/me/address-releases", route => route.FulfillAsync(new() { Status = 503, ContentType = "application/problem+json", Body = """{"code":"unavailable"}""" }));
        await page.ReloadAsync();
        await asked;
        await Expect(page.Locator("[data-line-state]")).ToHaveAttributeAsync("data-state", "live", new() { Timeout = 20_000 });
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task The_driver_looks_at_the_address_by_a_tap_and_it_is_gone_again(string lang)
    {
        var (words, look) = (Words.In(lang), new Look(lang));
        await using var town = await Town.Open(chromium);
        var issa = await Staff.OnDuty(town, "driver1", words);
        var supervisor = await Staff.OnTheLine(town, "supervisor1", words);
        var kadi = (await Staff.Opens(town, "/respond", "shelter1", words)).Page;
        await (await Her.Opens(town, words)).Presses();
        await Expect(supervisor.Items).ToHaveCountAsync(1);
        var alert = await Verifies(supervisor);
        var hold = (await supervisor.Page.Says("POST", $"/api/v1/alerts/{alert}/holds", new { shelterId = "demo-shelter-1", party = new { adults = 1 } })).GetProperty("holdId").GetString();
        await kadi.Says("POST", $"/api/v1/holds/{hold}/confirm", new { yes = true });
        await kadi.Says("PUT", "/api/v1/shelters/demo-shelter-1/address", new { text = Address, latitude = 12.65, longitude = -8.01 });
        await Expect(issa.Page.Locator("[data-addresses-section]")).ToBeHiddenAsync();

        var given = await kadi.Says("POST", "/api/v1/shelters/demo-shelter-1/address-releases", new { holdId = hold, driver = "driver1", reason = "cannotWalk" });
        var show = issa.Page.Locator("[data-address-look]");
        await Expect(show).ToBeVisibleAsync(new() { Timeout = 3000 });
        await Nowhere(issa.Page);
        await look.At(issa.Page, "respond-address-closed", Phones);
        await Looks(issa.Page);
        await look.At(issa.Page, "respond-address");

        await issa.Page.Locator("[data-address-hide]").ClickAsync();
        await Nowhere(issa.Page);
        await Looks(issa.Page);
        await Hidden(issa.Page, true);
        await Nowhere(issa.Page);
        await Hidden(issa.Page, false);
        await Looks(issa.Page);
        await issa.Page.EvaluateAsync("() => dispatchEvent(new Event('pagehide'))");
        await Nowhere(issa.Page);
        await Looks(issa.Page);
        await issa.Page.EvaluateAsync("() => { const real = Date.now; Date.now = () => real() + 60_000; }");
        await Expect(show).ToBeVisibleAsync(new() { Timeout = 3000 });
        await Nowhere(issa.Page);

        await Looks(issa.Page);
        await kadi.Says("DELETE", $"/api/v1/shelters/demo-shelter-1/address-releases/{given.GetProperty("releaseId").GetString()}");
        await Expect(issa.Page.Locator("[data-addresses-section]")).ToBeHiddenAsync(new() { Timeout = 3000 });
        await Nowhere(issa.Page);
        Assert.Equal(5, (await kadi.Says("GET", "/api/v1/shelters/demo-shelter-1/address-releases")).GetProperty("releases")[0].GetProperty("looks").GetInt32());
        look.FoundNothingWrong();
        Assert.Empty(town.Unexpected);
    }

    /// <summary>Spoken with, and asked for a driver.</summary>
    private static async Task<string> Verifies(Staff supervisor)
    {
        await Expect(supervisor.Items).ToHaveCountAsync(1);
        var alert = await supervisor.Page.OnlyAlert();
        await supervisor.Page.Says("POST", $"/api/v1/alerts/{alert}/staff-additions", new { needs = new[] { "transport" }, verification = "voice" });
        return alert;
    }

    private static async Task Looks(IPage page)
    {
        await page.Locator("[data-address-look]").ClickAsync();
        await Expect(page.Locator("[data-address-text]")).ToHaveTextAsync(Address);
    }

    /// <summary>Neither in the page nor in anything that the browser keeps.</summary>
    private static async Task Nowhere(IPage page)
    {
        var kept = await page.ContentAsync() + await page.EvaluateAsync<string>(Script.Of("kept.js"));
        foreach (var secret in new[] { "Portail", "pharmacie", "12.65" }) Assert.DoesNotContain(secret, kept, StringComparison.Ordinal);
    }

    private static Task Hidden(IPage page, bool hidden) => page.EvaluateAsync("""
        (hidden) => {
          Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
          document.dispatchEvent(new Event("visibilitychange"));
        }
        """, hidden);
}
