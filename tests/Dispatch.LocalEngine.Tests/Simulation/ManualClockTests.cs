namespace Dispatch.LocalEngine.Tests;

public sealed class ManualClockTests
{
    private static readonly DateTimeOffset Start = World.Start;

    [Fact]
    public void Timers_fire_in_due_order_at_the_time_they_are_due_also_within_one_advance()
    {
        var clock = new ManualClock(Start);
        List<string> fired = [];
        using var slow = clock.CreateTimer(_ => fired.Add($"slow {Seconds(clock)}"), null, S(3), S(3));
        using var fast = clock.CreateTimer(_ => fired.Add($"fast {Seconds(clock)}"), null, S(2), S(2));
        using var once = clock.CreateTimer(_ => fired.Add($"once {Seconds(clock)}"), null, S(6), Timeout.InfiniteTimeSpan);
        using var never = clock.CreateTimer(_ => fired.Add("never"), null, Timeout.InfiniteTimeSpan, S(1));
        clock.Advance(S(7));
        Assert.Equal(["fast 2", "slow 3", "fast 4", "once 6", "slow 6", "fast 6"], fired);
        Assert.Equal(Start + S(7), clock.GetUtcNow());
        Assert.Equal(S(7), clock.GetElapsedTime(Start.UtcTicks));
    }

    [Fact]
    public void A_timer_made_or_changed_in_a_callback_takes_its_place_in_the_order()
    {
        var clock = new ManualClock(Start);
        List<string> fired = [];
        ITimer? later = null;
        using var first = clock.CreateTimer(
            _ =>
            {
                fired.Add($"first {Seconds(clock)}");
                later = clock.CreateTimer(_ => fired.Add($"made {Seconds(clock)}"), null, S(1), Timeout.InfiniteTimeSpan);
            },
            null,
            S(1),
            Timeout.InfiniteTimeSpan);
        using var last = clock.CreateTimer(_ => fired.Add($"last {Seconds(clock)}"), null, S(5), Timeout.InfiniteTimeSpan);
        using var disposed = clock.CreateTimer(_ => fired.Add("disposed"), null, S(2), Timeout.InfiniteTimeSpan);
        disposed.Dispose();
        Assert.False(disposed.Change(S(1), S(1)));
        clock.Advance(S(10));
        Assert.Equal(["first 1", "made 2", "last 5"], fired);
        Assert.Null(clock.NextDue);
        later!.Dispose();
    }

    [Fact]
    public async Task Delays_and_cancellation_follow_it()
    {
        var clock = new ManualClock(Start);
        var delay = Task.Delay(S(5), clock);
        using var patience = new CancellationTokenSource(S(4), clock);
        clock.Advance(S(4.5));
        Assert.True(patience.IsCancellationRequested);
        Assert.False(delay.IsCompleted);
        clock.Advance(S(0.5));
        await delay;
    }

    [Fact]
    public void It_settles_after_every_tick_and_does_not_go_back()
    {
        var clock = new ManualClock(Start);
        List<double> settled = [];
        clock.Settle = () => settled.Add(Seconds(clock));
        using var tick = clock.CreateTimer(_ => { }, null, S(1), S(1));
        clock.Advance(S(2.5));
        Assert.Equal([0, 1, 2, 2.5], settled);
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.AdvanceTo(Start));
    }

    [Fact]
    public void A_timer_that_is_due_at_once_for_ever_is_found()
    {
        var clock = new ManualClock(Start) { MaxTimersPerInstant = 100 };
        ITimer? loop = null;
        loop = clock.CreateTimer(_ => loop!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan), null, S(1), Timeout.InfiniteTimeSpan);
        Assert.Throws<InvalidOperationException>(() => clock.Advance(S(2)));
        loop.Dispose();
    }

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);

    private static double Seconds(ManualClock clock) => (clock.GetUtcNow() - Start).TotalSeconds;
}
