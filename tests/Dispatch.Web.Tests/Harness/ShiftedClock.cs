namespace Dispatch.Web.Tests.Harness;

/// <summary>The system's clock, moved ahead by what a test says. Timers run as usual.</summary>
public sealed class ShiftedClock : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);
}
