using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>A timer that belongs to one activation and ends with it.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Takes effect at once, or after the tick that is running.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}

public readonly struct GrainTimerCreationOptions()
{
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
        : this() => (DueTime, Period) = (dueTime, period);

    /// <summary>Until the first tick; <see cref="Timeout.InfiniteTimeSpan"/> for none.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>From the end of one tick to the start of the next; <see cref="Timeout.InfiniteTimeSpan"/> for a single one.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>The tick does not wait for the call that is running.</summary>
    public bool Interleave { get; init; }

    /// <summary>Each tick counts as use, so that the activation is not collected as idle.</summary>
    public bool KeepAlive { get; init; }
}
