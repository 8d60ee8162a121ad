using System.Globalization;
using System.Text.Json;
using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>What she reads is what is true, to the minute, whatever her phone's clock says.</summary>
[Collection(Browsers.Name)]
public sealed class HonestNewsTests(SharedTown shared) : IClassFixture<SharedTown>
{
    [Theory]
    [InlineData(0)]
    [InlineData(-3 * 3600)]
    [InlineData(26 * 3600)]
    public async Task Fifteen_minutes_promised_are_fifteen_minutes_read(int phoneAheadSeconds)
    {
        var her = await Her.Opens(shared.Town, Words.French);
        // The Date header knows whole seconds; the acceptance came later within that second.
        await her.Page.RouteAsync("**/api/v1/alerts/*", async route =>
        {
            var served = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - phoneAheadSeconds);
            var accepted = served.AddMilliseconds(900);
            var need = new { need = "health", state = "accepted", mode = "callsHer", etaMinutes = 15, etaAt = accepted.AddMinutes(15), acceptedAt = accepted };
            var view = new { id = "x", version = 4, status = "accepted", receivedAt = accepted.AddMinutes(-1), toldCount = 1, needs = new[] { need }, humanAnswered = false };
            await route.FulfillAsync(new()
            {
                ContentType = "application/json",
                Headers = new Dictionary<string, string> { ["Date"] = served.ToString("R", CultureInfo.InvariantCulture), ["ETag"] = "\"4\"" },
                Body = JsonSerializer.Serialize(view),
            });
        });
        await her.Presses();
        await Expect(her.Headline).ToContainTextAsync("Une infirmière");
        Assert.Equal("Une infirmière va vous appeler, d'ici 15 minutes environ.", await her.Headline.InnerTextAsync());
    }
}
