using Dispatch.LocalEngine;

namespace Dispatch.Simulation.Worlds;

/// <summary>The machine's clock, which may be wrong, over the time that really passes. Timers go by the time that passes.</summary>
internal sealed class WallClock(ManualClock machine) : TimeProvider
{
    public TimeSpan Wrong { get; set; }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override long GetTimestamp() => machine.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow() + Wrong;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => machine.CreateTimer(callback, state, dueTime, period);
}
