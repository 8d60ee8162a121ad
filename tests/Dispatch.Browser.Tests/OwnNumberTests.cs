using System.Text.Json.Nodes;
using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>A responder says herself at which number she is texted and called.</summary>
[Collection(Browsers.Name)]
public sealed class OwnNumberTests(SharedTown shared) : IClassFixture<SharedTown>
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
}
