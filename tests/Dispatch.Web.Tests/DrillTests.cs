using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests;

/// <summary>A drill on the wire: the window, the exercise, the record, and with it the switch.</summary>
public sealed class DrillTests(DrillTests.NewProgramme host) : IClassFixture<DrillTests.NewProgramme>
{
    private const string Area = "/api/v1/areas/TT%2Fone";

    /// <summary>Everything is prepared but the drill.</summary>
    public sealed class NewProgramme() : RunningHost(Programme.Settings(drillPassedAt: null));

    [Fact]
    public async Task From_the_first_drill_to_an_area_that_is_switched_on()
    {
        var (planner, boss) = (await host.SignIn("planner"), await host.SignIn("boss"));
        (await planner.Put($"{Area}/on", new { })).Is(409, "area_not_ready");
        (await host.Anybody().Raise(new { exercise = true })).Is(422, "exercise_outside_window");

        var until = host.Clock.GetUtcNow().AddHours(1);
        var opened = (await boss.Put($"{Area}/drill", new { until })).Is(200).Json.GetProperty("drillUntil").GetDateTimeOffset();
        Assert.Equal(until, opened, TimeSpan.FromMilliseconds(1));
        var nurse = await host.SignIn("nurse0");
        (await nurse.Put("/api/v1/me/duty", new { onDuty = true, drill = true })).Is(200);
        var drill = await host.Anybody().Raised(new { exercise = true, needs = new[] { "health" } });
        var offer = await Eventually.Offer(nurse);
        (await Record(planner, drill.Id)).Is(409, "drill_not_passed");
        (await nurse.Post($"/api/v1/offers/{offer}/accept")).Is(200);
        (await Record(planner, drill.Id)).Is(409, "drill_not_passed");
        foreach (var state in new[] { "noConflict", "done" }) (await nurse.Post($"/api/v1/assignments/{offer}/progress", new { state })).Is(200);

        (await Record(boss, drill.Id)).Is(403, "not_allowed");
        Assert.Equal("[]", (await Record(planner, drill.Id)).Is(200).Json.GetProperty("missing").GetRawText());
        Assert.True((await planner.Put($"{Area}/on", new { })).Is(200).Json.GetProperty("on").GetBoolean());

        Assert.False((await boss.Send(HttpMethod.Delete, $"{Area}/drill", null)).Is(200).Json.TryGetProperty("drillUntil", out _));
        (await host.Anybody().Raise(new { exercise = true })).Is(422, "exercise_outside_window");
        await ARealAlertIsNoDrill(planner);
    }

    [Fact]
    public async Task A_window_lasts_four_hours_at_the_most_and_lies_ahead()
    {
        var boss = await host.SignIn("boss");
        var now = host.Clock.GetUtcNow();
        (await boss.Put($"{Area}/drill", new { until = now.AddHours(4).AddMinutes(1) })).Is(400, "invalid_body");
        (await boss.Put($"{Area}/drill", new { until = now.AddSeconds(-1) })).Is(400, "invalid_body");
        (await boss.Put($"{Area}/drill", new { })).Is(400, "invalid_body");
        (await (await host.SignIn("taker")).Put($"{Area}/drill", new { until = now.AddHours(1) })).Is(403, "not_allowed");
        (await (await host.SignIn("nurse1")).Send(HttpMethod.Delete, $"{Area}/drill", null)).Is(403, "not_allowed");
    }

    private async Task ARealAlertIsNoDrill(Caller planner)
    {
        var real = await host.Anybody().Raised(new { needs = new[] { "health" } });
        (await Record(planner, real.Id)).Is(409, "drill_not_passed");
        (await Record(planner, Guid.NewGuid().ToString("D"))).Is(409, "drill_not_passed");
    }

    private static Task<Answer> Record(Caller who, string alertId) => who.Post($"{Area}/drill/passed", new { alertId });
}
