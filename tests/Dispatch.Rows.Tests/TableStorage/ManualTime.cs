namespace Dispatch.Rows.Tests.TableStorage;

/// <summary>Time that passes when it is told to.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            var timer = new Timer(() => callback(state), dueTime < TimeSpan.Zero ? DateTimeOffset.MaxValue : _now + dueTime);
            _timers.Add(timer);
            return timer;
        }
    }

    public void Pass(TimeSpan time)
    {
        Timer[] due;
        lock (_gate)
        {
            _now += time;
            due = [.. _timers.Where(timer => timer.At <= _now)];
            _timers.RemoveAll(timer => timer.At <= _now);
        }

        foreach (var timer in due) timer.Ring();
    }

    private sealed class Timer(Action ring, DateTimeOffset at) : ITimer
    {
        private bool _over;

        public DateTimeOffset At => at;

        public void Ring()
        {
            if (!_over) ring();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose() => _over = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
