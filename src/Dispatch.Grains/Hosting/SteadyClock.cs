namespace Dispatch.Grains.Hosting;

/// <summary>
/// The wall clock at the start plus the time elapsed since: setting the machine's clock while the host runs neither delays an alert nor
/// lets everything fall due at once. The next start takes the corrected time.
/// </summary>
public sealed class SteadyClock : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly long _startTimestamp = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _start + System.GetElapsedTime(_startTimestamp);
}
