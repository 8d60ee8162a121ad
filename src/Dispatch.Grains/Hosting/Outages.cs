namespace Dispatch.Grains.Hosting;

/// <summary>For what a host needs at its start and cannot have yet, because somebody else is still starting too.</summary>
public static class Outages
{
    private static readonly TimeSpan TryEvery = TimeSpan.FromSeconds(1);

    /// <summary>Does it again every second while it fails by an outage; the failure that comes after <paramref name="atMost"/>, and any other, is thrown. It must be harmless twice.</summary>
    /// <param name="isOutage">True for "not now, repeat".</param>
    /// <param name="meanwhile">Told of each failure that is not the last.</param>
    public static async Task Outlast(Func<Task> act, Func<Exception, bool> isOutage, TimeSpan atMost, Action<Exception> meanwhile, TimeProvider clock, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(act);
        ArgumentNullException.ThrowIfNull(clock);
        for (var since = clock.GetTimestamp(); ;)
        {
            try
            {
                await act();
                return;
            }
            catch (Exception failure) when (isOutage(failure) && !cancel.IsCancellationRequested && clock.GetElapsedTime(since) <= atMost)
            {
                meanwhile(failure);
            }

            await Task.Delay(TryEvery, clock, cancel);
        }
    }
}
