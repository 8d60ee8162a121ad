using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests;

/// <summary>Houses to which nobody may be on the way but in the last minute of the day.</summary>
public sealed class CurfewHost() : RunningHost(Programme.Settings(closed: [new { From = "00:00", Until = "23:59", Why = "Curfew" }]));

/// <summary>The line reads why nobody drives her yet.</summary>
public sealed class CurfewTests(CurfewHost host) : IClassFixture<CurfewHost>
{
    [Fact]
    public async Task What_the_way_to_her_house_waits_for_stands_beside_the_need_for_a_driver()
    {
        var now = host.Clock.GetUtcNow();
        host.Clock.Advance(now.Date.AddDays(1).AddHours(12) - now.UtcDateTime);
        var (taker, warden) = (await host.SignIn("taker"), await host.SignIn("warden"));
        (await warden.Put("/api/v1/shelters/home-2/beds", new { version = 0, beds = new[] { new { kind = "bed", capacity = 3, occupied = 0, outOfService = 0 } } })).Is(200);
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
        (await taker.Post($"/api/v1/alerts/{phone.Id}/staff-additions", new { needs = new[] { "transport" }, verification = "voice" })).Is(200);
        var hold = (await taker.Post($"/api/v1/alerts/{phone.Id}/holds", new { shelterId = "home-2", party = new { adults = 1 } }, ("Idempotency-Key", Guid.NewGuid().ToString("D")))).Is(201);
        (await warden.Post($"/api/v1/holds/{hold.Text("holdId")}/confirm", new { yes = true })).Is(200);

        var read = await Eventually.Get(() => taker.Get($"/api/v1/alerts/{phone.Id}"), a => a.Is(200).Body.Contains("\"departs\":", StringComparison.Ordinal));
        var waiting = Assert.Single(read.Json.GetProperty("needs").EnumerateArray(), n => n.TryGetProperty("departs", out _));
        Assert.Equal(("transport", "curfew"), (waiting.GetProperty("need").GetString(), waiting.GetProperty("departs").GetProperty("waits").GetString()));
        Assert.Equal(new TimeSpan(23, 59, 0), waiting.GetProperty("departs").GetProperty("at").GetDateTimeOffset().TimeOfDay);
    }
}
