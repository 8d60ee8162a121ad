using Orleans;
using Orleans.Runtime;

namespace Dispatch.LocalEngine.Tests;

public sealed class TimerTests
{
    [Fact]
    public void The_period_is_counted_from_the_end_of_the_tick()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<ITimerGrain>("a");
        world.Run(() => grain.Start(due: 10, period: 5, takes: 2));
        world.Advance(60);
        Assert.Equal(["tick 10", "tick 17", "tick 24", "tick 31", "tick 38", "tick 45", "tick 52", "tick 59"], world.Journal.Take());
    }

    [Fact]
    public void A_tick_waits_for_the_call_that_runs_unless_it_interleaves()
    {
        using var world = new World();
        var waits = world.Grains.GetGrain<ITimerGrain>("waits");
        var interleaves = world.Grains.GetGrain<ITimerGrain>("interleaves");
        world.Run(() => waits.Start(10, 1000, 0));
        world.Run(() => interleaves.Start(20, 1000, 0, interleave: true));
        world.Begin(() => waits.Hold("door"));
        world.Begin(() => interleaves.Hold("door"));
        world.Advance(25);
        Assert.Equal(["tick 20"], world.Journal.Take());
        world.Open("door");
        Assert.Equal(["tick 25"], world.Journal.Take());
    }

    [Fact]
    public void A_call_waits_for_a_tick_that_runs()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<ITimerGrain>("a");
        world.Run(() => grain.Start(1, 1000, takes: 5));
        world.Advance(1);
        var call = world.Begin(() => grain.Hold(null));
        world.Advance(4.9);
        Assert.False(call.IsCompleted);
        world.Advance(0.1);
        Assert.True(call.IsCompleted);
    }

    [Fact]
    public void A_tick_that_throws_is_logged_and_the_next_one_comes()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<ITimerGrain>("a");
        world.Run(() => grain.Start(1, 1, 0, fails: true));
        world.Advance(3);
        Assert.Equal(["tick 1", "tick 2", "tick 3"], world.Journal.Take());
        Assert.Equal(3, world.Journal.Logged.Count(line => line.Contains("tick of timer/a failed", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_timer_ends_with_its_activation()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<ITimerGrain>("a");
        world.Run(() => grain.Start(10, 10, 0));
        world.Run(grain.End);

        // All that the clock still waits for is the engine's own sweep.
        Assert.Equal(World.Start.AddSeconds(60), world.Clock.NextDue);
        world.Advance(100);
        Assert.Empty(world.Journal.Take());
    }

    [Fact]
    public void A_timer_can_be_changed_and_disposed_of()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<ITimerGrain>("a");
        world.Run(() => grain.Start(10, 10, 0));
        world.Run(() => grain.Change(3, 4));
        world.Advance(8);
        Assert.Equal(["tick 3", "tick 7"], world.Journal.Take());
        world.Run(grain.StopTimer);
        world.Advance(100);
        Assert.Empty(world.Journal.Take());
    }

    [Fact]
    public void A_change_made_while_the_tick_still_waits_counts_from_its_end()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<ITimerGrain>("a");
        world.Run(() => grain.Start(10, 1000, 0));
        world.Begin(() => grain.HoldThenChange("door", 3, 1000));
        world.Advance(12);
        world.Open("door");
        Assert.Equal(["tick 12"], world.Journal.Take());
        world.Advance(3);
        Assert.Equal(["tick 15"], world.Journal.Take());
    }

    [Fact]
    public void A_single_tick_needs_an_infinite_period()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<ITimerGrain>("a");
        world.Run(() => grain.Start(10, -0.001, 0));
        world.Advance(1000);
        Assert.Equal(["tick 10"], world.Journal.Take());
    }

    [Fact]
    public void Ticks_do_not_keep_an_activation_unless_they_say_so()
    {
        using var world = new World();
        world.Run(() => world.Grains.GetGrain<ITimerGrain>("idle").Start(60, 60, 0));
        world.Run(() => world.Grains.GetGrain<ITimerGrain>("kept").Start(60, 60, 0, keepAlive: true));
        world.Advance(20 * 60);
        Assert.Equal(1, world.Silo.Activations);
    }

    [Fact]
    public void A_newer_row_met_in_a_tick_deactivates_as_in_a_call()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<ITimerGrain>("a");
        world.Run(() => grain.Start(1, 1, 0, conflicts: true));
        world.Advance(10);
        Assert.Equal(["tick 1"], world.Journal.Take());
        Assert.Equal(0, world.Silo.Activations);
    }
}

public interface ITimerGrain : IGrainWithStringKey
{
    Task Start(double due, double period, double takes, bool interleave = false, bool fails = false, bool keepAlive = false, bool conflicts = false);

    Task Change(double due, double period);

    Task StopTimer();

    Task Hold(string? gate);

    Task HoldThenChange(string gate, double due, double period);

    Task End();
}

public sealed class TimerGrain(Journal journal, TimeProvider clock) : Grain, ITimerGrain
{
    private IGrainTimer? _timer;

    public Task Start(double due, double period, double takes, bool interleave, bool fails, bool keepAlive, bool conflicts)
    {
        _timer = this.RegisterGrainTimer(
            async (seconds, cancelled) =>
            {
                journal.Write($"tick {(clock.GetUtcNow() - World.Start).TotalSeconds}");
                await Task.Delay(TimeSpan.FromSeconds(seconds), clock, cancelled);
                if (conflicts)
                {
                    throw new Orleans.Storage.InconsistentStateException("somebody else wrote");
                }

                if (fails)
                {
                    throw new ProbeException("tick");
                }
            },
            takes,
            new() { DueTime = Seconds(due), Period = Seconds(period), Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task Change(double due, double period)
    {
        _timer!.Change(Seconds(due), Seconds(period));
        return Task.CompletedTask;
    }

    public Task StopTimer()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public Task Hold(string? gate) => gate is null ? Task.CompletedTask : journal.Gate(gate).Task;

    public async Task HoldThenChange(string gate, double due, double period)
    {
        await journal.Gate(gate).Task;
        await Change(due, period);
    }

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
