using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>A way out that is in trouble is seen by those who can do something about it.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class WaysTests(SharedTown shared) : IClassFixture<SharedTown>
{
    // A demo has no gateway.
    private const string Trouble = """
        {"kinds":["live","sms","voice"],"gateways":[
          {"channel":"sms","name":"kannel","state":"full","since":"2026-03-01T20:14:00Z"},{"channel":"sms","name":"phone","state":"degraded","why":"serverError","since":"2026-03-01T20:10:00Z"},
          {"channel":"voice","name":"bridge","state":"down","why":"noConnection","since":"2026-03-01T20:15:00Z"}]}
        """;

    [Theory]
    [InlineData("fr", "Envoi par SMS (kannel) : file pleine depuis 20 h 14.", "en panne depuis 20 h 15")]
    [InlineData("en", "Sending by text (kannel): queue full since 8:14 pm.", "down since 8:15 pm")]
    public async Task A_full_queue_is_an_alarm_on_the_supervisors_console_and_goes_with_it(string lang, string full, string down)
    {
        var look = new Look(lang);
        var supervisor = await Staff.Opens(shared.Town, "/hotline", "supervisor1", Words.In(lang));
        var (page, ways, trouble) = (supervisor.Page, supervisor.Page.Locator("[data-ways] > li"), true);
        await page.RouteAsync("**/api/v1/channels", route => trouble ? route.FulfillAsync(new() { Status = 200, ContentType = "application/json", Body = Trouble }) : route.ContinueAsync());
        await page.ReloadAsync();
        await Expect(ways).ToHaveCountAsync(2);
        await Expect(ways.First).ToContainTextAsync(full);
        await Expect(ways.Last).ToContainTextAsync(down);
        await look.At(page, "hotline-ways", (320, 568), (768, 1024), (1440, 900));
        trouble = false;
        await page.ReloadAsync();
        await supervisor.IsLive();
        await Expect(ways).ToHaveCountAsync(0);
        look.FoundNothingWrong();
    }

    [Theory]
    [InlineData("fr", "file pleine (rien n'est perdu) depuis")]
    [InlineData("en", "queue full (nothing is lost) since")]
    public async Task The_coordination_reads_it_beside_the_ways(string lang, string full)
    {
        var look = new Look(lang);
        var page = (await Staff.Opens(shared.Town, "/coordinate", "coordinator1", Words.In(lang))).Page;
        await page.RouteAsync("**/api/v1/channels", route => route.FulfillAsync(new() { Status = 200, ContentType = "application/json", Body = Trouble }));
        await page.Locator("[data-to=reach]").ClickAsync();
        await Expect(page.Locator("[data-ways] > li[data-state=full]")).ToContainTextAsync(full);
        await look.At(page, "coordinate-ways-full", (320, 568), (1440, 900));
        look.FoundNothingWrong();
    }

    [Fact]
    public async Task A_call_taker_is_not_asked_to_look_after_gateways()
    {
        var taker = await Staff.OnTheLine(shared.Town, "hotline1", Words.English);
        Assert.Equal(0, await taker.Page.EvaluateAsync<int>("() => performance.getEntriesByType('resource').filter((each) => each.name.includes('/api/v1/channels')).length"));
        await Expect(taker.Page.Locator("[data-ways]")).ToBeHiddenAsync();
    }
}
