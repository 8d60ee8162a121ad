namespace Dispatch.Grains.Hosting;

/// <summary>
/// The wall clock at the start plus the time elapsed since: setting the machine's clock back while the host runs delays no alert. A wall
/// clock far ahead means that the machine slept, which the elapsed time does not count, and is followed at once.
/// </summary>
public sealed class SteadyClock : TimeProvider
{
    private static readonly TimeSpan Slept = TimeSpan.FromSeconds(5);

    private readonly long _startTimestamp = System.GetTimestamp();
    private long _startTicks = System.GetUtcNow().UtcTicks;

    public override DateTimeOffset GetUtcNow()
    {
        var start = Interlocked.Read(ref _startTicks);
        var steady = new DateTimeOffset(start, TimeSpan.Zero) + System.GetElapsedTime(_startTimestamp);
        var wall = System.GetUtcNow();
        if (wall - steady < Slept) return steady;
        Interlocked.CompareExchange(ref _startTicks, start + (wall - steady).Ticks, start);
        return wall;
    }
}
