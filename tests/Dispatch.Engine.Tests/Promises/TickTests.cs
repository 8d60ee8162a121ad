namespace Dispatch.Engine.Tests;

[Collection(EngineSuite.Name)]
public sealed class TickTests(World world)
{
    [Fact]
    public async Task A_timer_ticks_again_and_again_also_after_a_tick_that_failed_and_ends_when_it_is_disposed()
    {
        var grain = world.Grains.GetGrain<ITickingGrain>("timer");
        await World.Do(() => grain.StartTimer(0.2, 0.2, fails: "tick"));
        await World.Until(() => world.Journal.Of("timer").Length >= 3);
        await World.Do(grain.StopTimer);
        var ticks = world.Journal.Of("timer").Length;
        await World.Pass(1);
        Assert.Equal(ticks, world.Journal.Of("timer").Count(line => line == "tick"));
    }

    [Fact]
    public async Task A_tick_waits_for_the_call_that_runs()
    {
        var grain = world.Grains.GetGrain<ITickingGrain>("waits");
        await World.Do(() => grain.StartTimer(0.5, -1));
        var held = grain.Hold("waits door");
        await World.Pass(1);
        world.Open("waits door");
        await held;
        await World.Until(() => world.Journal.Of("waits").Length >= 3);
        Assert.Equal(["hold begins", "hold ends", "tick"], world.Journal.Of("waits"));
    }

    [Fact]
    public async Task A_single_tick_comes_once_and_can_be_armed_again()
    {
        var grain = world.Grains.GetGrain<ITickingGrain>("single");
        await World.Do(() => grain.StartTimer(0.2, -1));
        await World.Pass(1);
        Assert.Equal(["tick"], world.Journal.Of("single"));
        await World.Do(() => grain.ChangeTimer(0.2));
        await World.Pass(1);
        Assert.Equal(["tick", "tick"], world.Journal.Of("single"));
    }

    [Fact]
    public async Task Ticks_do_not_keep_an_activation_and_end_with_it()
    {
        await World.Do(() => world.Grains.GetGrain<ITickingGrain>("unkept").StartTimer(0.5, 0.5));
        await World.Until(() => world.Journal.Of("unkept").Contains("deactivated ActivationIdle"));
        var ticks = world.Journal.Of("unkept").Length;
        await World.Pass(1.5);
        Assert.Equal(ticks, world.Journal.Of("unkept").Length);
    }

    [Fact]
    public async Task A_reminder_activates_its_grain_again_and_again_until_it_is_taken_away()
    {
        var grain = world.Grains.GetGrain<ITickingGrain>("reminded");
        await World.Do(() => grain.Remind(1, 1));
        await World.Do(grain.End);
        await World.Until(() => world.Journal.Of("reminded").Count(line => line == "watch") >= 2);
        Assert.Equal("deactivated ApplicationRequested", world.Journal.Of("reminded")[0]);
        Assert.True(await World.Do(grain.Forget));
        Assert.False(await World.Do(grain.Forget));
        var ticks = world.Journal.Of("reminded").Count(line => line == "watch");
        await World.Pass(2.5);
        Assert.Equal(ticks, world.Journal.Of("reminded").Count(line => line == "watch"));
    }

    [Fact]
    public async Task Registering_a_reminder_again_replaces_it()
    {
        var grain = world.Grains.GetGrain<ITickingGrain>("replaced");
        await World.Do(() => grain.Remind(1, 3600));
        await World.Do(() => grain.Remind(3, 3600));
        await World.Pass(2);
        Assert.Empty(world.Journal.Of("replaced"));
        await World.Until(() => world.Journal.Of("replaced").Contains("watch"));
        Assert.Single(world.Journal.Of("replaced"), "watch");
    }

    [Fact]
    public async Task A_period_below_the_shortest_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => World.Do(() => world.Grains.GetGrain<ITickingGrain>("hasty").Remind(1, 0.5)));
}
