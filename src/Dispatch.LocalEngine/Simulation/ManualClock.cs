namespace Dispatch.LocalEngine;

/// <summary>
/// A clock that moves only when it is told to. Timers fire strictly in the order in which they are due (then of their making), and while one fires
/// <see cref="GetUtcNow"/> is the instant it was due, also when one advance crosses many of them or a callback makes new ones.
/// </summary>
public sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private readonly SortedSet<ManualTimer> _armed = new(ManualTimer.DueOrder);
    private readonly Lock _gate = new();
    private DateTimeOffset _now = start;
    private long _order;

    /// <summary>Called before the first timer of an advance, after each timer and at the end: usually <see cref="TurnQueue.RunUntilIdle"/>, so that what a tick causes happens at that tick's time.</summary>
    public Action? Settle { get; set; }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>More timers than this at one instant are an endless loop.</summary>
    public int MaxTimersPerInstant { get; set; } = 1_000_000;

    /// <summary>When the next timer fires, or null.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_gate)
            {
                return _armed.Min?.Due;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by) => AdvanceTo(GetUtcNow() + by);

    public void AdvanceTo(DateTimeOffset until)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(until, GetUtcNow());
        Settle?.Invoke();
        var (instant, fired) = (GetUtcNow(), 0);
        while (TakeDue(until) is { } timer)
        {
            (instant, fired) = timer.FiredAt == instant ? (instant, fired + 1) : (timer.FiredAt, 1);
            if (fired > MaxTimersPerInstant)
            {
                throw new InvalidOperationException($"{fired} timers fired at {instant:O} and time does not go on: something arms a timer that is due at once, for ever");
            }

            timer.Fire();
            Settle?.Invoke();
        }

        lock (_gate)
        {
            _now = until;
        }

        Settle?.Invoke();
    }

    internal void Arm(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _armed.Remove(timer);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
                timer.Set(_now + dueTime, period, ++_order);
                _armed.Add(timer);
            }
        }
    }

    internal void Disarm(ManualTimer timer)
    {
        lock (_gate)
        {
            _armed.Remove(timer);
        }
    }

    private ManualTimer? TakeDue(DateTimeOffset until)
    {
        lock (_gate)
        {
            if (_armed.Min is not { } timer || timer.Due > until)
            {
                return null;
            }

            _armed.Remove(timer);
            _now = timer.Due > _now ? timer.Due : _now;
            timer.FiredAt = _now;
            if (timer.Period > TimeSpan.Zero)
            {
                timer.Set(timer.Due + timer.Period, timer.Period, ++_order);
                _armed.Add(timer);
            }

            return timer;
        }
    }
}
