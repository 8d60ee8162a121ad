using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dispatch.TestHosts;

namespace Dispatch.Browser.Tests.Harness;

/// <summary>A house's page, and what is done on it.</summary>
public sealed class House(IPage page)
{
    public const string First = "demo-shelter-1";

    public IPage Page => page;

    /// <summary>Who waits for an answer, who is expected, who is here.</summary>
    public ILocator Asked => page.Locator("[data-asked] > article");

    public ILocator Expected => page.Locator("[data-expected] > article");

    public ILocator Here => page.Locator("[data-here] > article");

    public ILocator Unsent => page.Locator("[data-unsent] > li");

    public ILocator Free => page.Locator("[data-kinds] > article [data-free]");

    public static async Task<House> Opens(Town town, Words words, string user = "shelter1", int width = 768, int height = 1024) =>
        new((await Staff.SignedIn(town, "/shelter", user, words, width, height)).Page);

    /// <summary>What is said on the first card of a list, by the act's name; sure about it where the page asks.</summary>
    public static async Task Says(ILocator cards, string act)
    {
        await cards.First.Locator($"[data-act={act}]").ClickAsync();
        var why = cards.First.Locator("[data-why] select");
        if (await why.IsVisibleAsync()) await why.SelectOptionAsync("notNow");
        var sure = cards.First.Locator("[data-sure-yes]");
        if (await sure.IsVisibleAsync()) await sure.ClickAsync();
    }

    public ILocator Part(string kind, string part) => page.Locator($"[data-kinds] > article[data-key={kind}] [data-{part}]");

    public ILocator Step(string row, string way) => page.Locator($"[data-counts] [data-row={row}] [data-{way}]").First;

    /// <summary>The line asks for beds, for somebody who called it, or for this alert; gives the hold's id.</summary>
    public static async Task<string> AskedByTheLine(Town town, string shelter = First, object? party = null, string? alert = null)
    {
        using var http = new HttpClient { BaseAddress = town.Host.Address };
        alert ??= (await Post(http, "/api/v1/alerts", new { needs = new[] { "health" } })).GetProperty("id").GetString();
        var token = (await Post(http, "/api/v1/sign-in", new { userName = "hotline1", password = HostProcess.Password })).GetProperty("accessToken").GetString();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var hold = await Post(http, $"/api/v1/alerts/{alert}/holds", new { shelterId = shelter, party = party ?? Family });
        return hold.GetProperty("holdId").GetString()!;
    }

    /// <summary>Everything that a house may have to be told of a party.</summary>
    public static object Family { get; } = new { adults = 1, children = new[] { new { age = 4, boy = true }, new { age = 9, boy = false } }, pregnant = true, nights = 3 };

    private static async Task<JsonElement> Post(HttpClient http, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("D"));
        using var answer = await http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{path} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
