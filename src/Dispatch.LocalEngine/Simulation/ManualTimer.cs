namespace Dispatch.LocalEngine;

/// <summary>A timer of a <see cref="ManualClock"/>.</summary>
internal sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
{
    public static readonly IComparer<ManualTimer> DueOrder =
        Comparer<ManualTimer>.Create((a, b) => a.Due != b.Due ? a.Due.CompareTo(b.Due) : a.Order.CompareTo(b.Order));

    private bool _disposed;

    public DateTimeOffset Due { get; private set; }

    public TimeSpan Period { get; private set; }

    public long Order { get; private set; }

    /// <summary>When it last fired; Due may already be its next time.</summary>
    public DateTimeOffset FiredAt { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_disposed)
        {
            return false;
        }

        clock.Arm(this, dueTime, period);
        return true;
    }

    /// <summary>Only while it is not in the clock's sorted set, whose order this changes.</summary>
    public void Set(DateTimeOffset due, TimeSpan period, long order) => (Due, Period, Order) = (due, period, order);

    public void Fire() => callback(state);

    public void Dispose()
    {
        _disposed = true;
        clock.Disarm(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
