using System.Text.Json.Nodes;
using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>A responder says herself at which number she is texted and called.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class OwnNumberTests(SharedTown shared, ChromiumFixture chromium) : IClassFixture<SharedTown>
{
    [Fact]
    public async Task Where_nothing_is_set_up_it_says_so()
    {
        var page = (await Staff.SignedIn(shared.Town, "/respond", "health2", Words.English, 360, 740)).Page;
        await page.Locator("[data-number-section] summary").ClickAsync();
        await Expect(page.Locator("[data-number-hint]")).ToContainTextAsync("Neither texts nor calls");
        await Expect(page.Locator("[data-number-form]")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task She_gives_her_number_allows_calls_and_takes_it_back()
    {
        var page = (await Staff.SignedIn(shared.Town, "/respond", "health3", Words.English, 360, 740)).Page;
        // A demo has no gateway; everything else here is the service's own answer.
        await page.RouteAsync("**/api/v1/me/devices", async route =>
        {
            var answer = await route.FetchAsync();
            var body = JsonNode.Parse(await answer.TextAsync())!;
            body["kinds"] = new JsonArray("sms", "voice");
            await route.FulfillAsync(new() { Response = answer, Body = body.ToJsonString() });
        });
        var look = new Look("en");
        await page.Locator("[data-number-section] summary").ClickAsync();
        await page.Locator("input[name=ownNumber]").FillAsync("12");
        await page.Locator("[data-number-form] button").ClickAsync();
        await Expect(page.Locator("[data-number-problem]")).ToContainTextAsync("Nothing was kept");
        await page.Locator("input[name=ownNumber]").FillAsync("+223 70 12 34 56");
        await page.Locator("input[name=ownNumberCalls]").CheckAsync();
        await page.Locator("[data-number-form] button").ClickAsync();
        await Expect(page.Locator("[data-numbers] li")).ToHaveCountAsync(2);
        await Expect(page.Locator("[data-numbers]")).ToContainTextAsync("56");
        await Expect(page.Locator("[data-numbers]")).Not.ToContainTextAsync("70 12");
        await Expect(page.Locator("[data-number-problem]")).ToContainTextAsync("nothing is set up for this country");
        await look.At(page, "respond-number");

        // Given again without calls, she is called no more.
        await page.Locator("input[name=ownNumber]").FillAsync("+22370123456");
        await page.Locator("[data-number-form] button").ClickAsync();
        await Expect(page.Locator("[data-numbers] li")).ToHaveCountAsync(1);
        await page.Locator("[data-number-remove]").ClickAsync();
        await Expect(page.Locator("[data-numbers] li")).ToHaveCountAsync(0);
        look.FoundNothingWrong();
    }

    [Theory]
    [InlineData("fr", "Parti. Regardez votre téléphone.", "Arrivé après 1,4 s. Les SMS vous atteignent.", "Personne n'a décroché.", "Cinq tests par jour, et ils sont faits.")]
    [InlineData("en", "Sent. Look at your phone.", "Arrived after 1.4 s. Texts reach you.", "Nobody picked up.", "Five tests a day, and they are used up.")]
    public async Task She_tests_her_number_and_reads_what_became_of_it(string lang, string sent, string received, string noAnswer, string enough)
    {
        var look = new Look(lang);
        await using var town = await Town.Open(chromium);
        var page = (await Staff.SignedIn(town, "/respond", "health1", Words.In(lang), 360, 740)).Page;
        var said = """{"testId":"t","state":"sent","sentAt":"2026-03-01T20:00:00Z"}""";
        int? refused = null;
        // A demo has no gateway: what one says of a test is said here.
        await page.RouteAsync("**/api/v1/me/devices", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = """{"kinds":["sms","voice"],"items":[{"deviceId":"number","kind":"sms","number":"•• •• 34 56"},{"deviceId":"number-call","kind":"voice","number":"•• •• 34 56"}]}""",
        }));
        await page.RouteAsync("**/api/v1/me/devices/*/test", route => route.FulfillAsync(refused is { } wait
            ? new() { Status = 429, ContentType = "application/problem+json", Headers = new Dictionary<string, string> { ["Retry-After"] = $"{wait}" }, Body = """{"status":429,"code":"too_many_requests"}""" }
            : new() { Status = 202, ContentType = "application/json", Body = """{"testId":"t"}""" }));
        await page.RouteAsync("**/api/v1/me/device-tests/t", route => route.FulfillAsync(new() { ContentType = "application/json", Body = said }));
        await page.Locator("[data-number-section] summary").ClickAsync();
        var (text, call) = (page.Locator("[data-numbers] > li").First, page.Locator("[data-numbers] > li").Last);

        await text.Locator("[data-number-test]").ClickAsync();
        await Expect(text.Locator("[data-number-result]")).ToHaveTextAsync(sent);
        said = """{"testId":"t","state":"received","sentAt":"2026-03-01T20:00:00Z","receivedAt":"2026-03-01T20:00:01Z","milliseconds":1400}""";
        await Expect(text.Locator("[data-number-result]")).ToHaveTextAsync(received);

        said = """{"testId":"t","state":"failed","sentAt":"2026-03-01T20:00:00Z","why":"noAnswer"}""";
        await call.Locator("[data-number-test]").ClickAsync();
        await Expect(call.Locator("[data-number-result]")).ToContainTextAsync(noAnswer);
        await look.At(page, "respond-number-test", (320, 568), (360, 800), (1440, 900));

        refused = 7_200;
        await text.Locator("[data-number-test]").ClickAsync();
        await Expect(text.Locator("[data-number-result]")).ToContainTextAsync(enough);
        refused = 30;
        await text.Locator("[data-number-test]").ClickAsync();
        await Expect(text.Locator("[data-number-result]")).ToContainTextAsync("30 s");
        look.FoundNothingWrong();
    }
}
