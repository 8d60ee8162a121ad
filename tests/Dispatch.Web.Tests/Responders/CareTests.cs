using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Responders;

/// <summary>Care for those who help, on the wire.</summary>
public sealed class CareTests(CareTests.Resting host) : IClassFixture<CareTests.Resting>
{
    public sealed class Resting() : RunningHost(Programme.Settings(restHours: 10));

    [Fact]
    public async Task What_was_severe_gives_a_rest_and_a_talk_that_is_cleared_when_it_took_place()
    {
        var nurse = await host.OnDuty("nurse0");
        await host.Anybody().Raised(new { needs = new[] { "health" } });
        var offer = await Eventually.Offer(nurse);
        (await nurse.Post($"/api/v1/assignments/{offer}/severe")).Is(404, "not_found");
        (await nurse.Post($"/api/v1/offers/{offer}/accept")).Is(200);
        // The acceptance reaches her own actor a moment after the answer.
        await Eventually.Get(() => nurse.Post($"/api/v1/assignments/{offer}/severe"), a => a.Status == 204);

        var me = (await nurse.Get("/api/v1/me")).Is(200).Json;
        Assert.Equal(1, me.GetProperty("openDebriefs").GetInt32());
        Assert.InRange(me.GetProperty("restUntil").GetDateTimeOffset(), host.Clock.GetUtcNow().AddHours(9.9), host.Clock.GetUtcNow().AddHours(10));
        var debrief = Assert.Single((await nurse.Get("/api/v1/me/debriefs")).Is(200).Json.GetProperty("debriefs").EnumerateArray().ToArray());
        Assert.Equal((offer, "severe"), (debrief.GetProperty("id").GetString(), debrief.GetProperty("reason").GetString()));
        Assert.Equal(0, (await (await host.SignIn("nurse1")).Get("/api/v1/me")).Json.GetProperty("openDebriefs").GetInt32());

        for (var i = 0; i < 2; i++) (await nurse.Post($"/api/v1/me/debriefs/{offer}/done")).Is(204);
        me = (await nurse.Get("/api/v1/me")).Is(200).Json;
        Assert.Equal(0, me.GetProperty("openDebriefs").GetInt32());
        Assert.True(me.TryGetProperty("restUntil", out _));
        host.Clock.Advance(TimeSpan.FromHours(10));
        Assert.False((await nurse.Get("/api/v1/me")).Is(200).Json.TryGetProperty("restUntil", out _));
    }

    [Fact]
    public async Task Nobody_says_it_for_somebody_else()
    {
        (await (await host.SignIn("nurse2")).Post("/api/v1/assignments/0191e7a2-7b1c-7000-8000-000000000000.0/severe")).Is(404, "not_found");
        (await (await host.SignIn("taker")).Get("/api/v1/me/debriefs")).Is(403, "not_allowed");
    }
}
