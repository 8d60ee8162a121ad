using Dispatch.Browser.Tests.Harness;
using Xunit.Abstractions;

namespace Dispatch.Browser.Tests;

/// <summary>What her page costs on a prepaid line.</summary>
[Collection(Browsers.Name)]
public sealed class WeightTests(SharedTown shared, ITestOutputHelper output) : IClassFixture<SharedTown>
{
    private const int Limit = 30_000;

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task The_first_view_of_her_page_stays_under_thirty_kilobytes(string lang)
    {
        var context = await shared.Town.Phone(Words.In(lang));
        var page = await context.NewPageAsync();
        var network = await context.NewCDPSessionAsync(page);
        var (urls, heads, bodies) = (new Dictionary<string, string>(), new Dictionary<string, double>(), new Dictionary<string, double>());
        network.Event("Network.responseReceived").OnEvent += (_, said) =>
        {
            var (id, response) = (said!.Value.GetProperty("requestId").GetString()!, said.Value.GetProperty("response"));
            (urls[id], heads[id]) = (response.GetProperty("url").GetString()!, response.GetProperty("encodedDataLength").GetDouble());
        };
        network.Event("Network.loadingFinished").OnEvent += (_, said) =>
        {
            var id = said!.Value.GetProperty("requestId").GetString()!;
            bodies[id] = said.Value.GetProperty("encodedDataLength").GetDouble() - heads.GetValueOrDefault(id);
        };
        await network.SendAsync("Network.enable");
        await page.GotoAsync($"/?lang={lang}", new() { WaitUntil = WaitUntilState.NetworkIdle });

        foreach (var (id, size) in bodies.OrderByDescending(each => each.Value)) output.WriteLine($"{size,8:F0} {urls[id]}");
        var total = bodies.Values.Sum() + heads.Values.Sum();
        output.WriteLine($"{bodies.Values.Sum(),8:F0} bodies in {bodies.Count} answers; with their headers {total:F0}");
        Assert.Contains(urls.Values, url => url.EndsWith("/carnet/main.js", StringComparison.Ordinal));
        Assert.InRange(total, 1000, Limit);
        Assert.DoesNotContain(urls.Values, url => url.Contains("signalr", StringComparison.OrdinalIgnoreCase) || url.Contains("/live", StringComparison.Ordinal));
    }
}
