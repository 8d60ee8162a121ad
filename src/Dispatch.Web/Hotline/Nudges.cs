using System.Threading.Channels;
using Dispatch.Grains.Alerts;
using Orleans;

namespace Dispatch.Web.Hotline;

/// <summary>
/// Tells an alert to look now at what its line decided. Only for speed: it looks by itself every 15 seconds, so a nudge that is lost costs time and no fact.
/// </summary>
internal sealed class Nudges(IGrainFactory grains, ILogger<Nudges> log) : BackgroundService
{
    private readonly Channel<string> _alerts = Channel.CreateBounded<string>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Wake(string alertId) => _alerts.Writer.TryWrite(alertId);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Parallel.ForEachAsync(_alerts.Reader.ReadAllAsync(stoppingToken), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = stoppingToken }, Nudge);
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async ValueTask Nudge(string alertId, CancellationToken stopping)
    {
        try
        {
            await grains.GetGrain<IAlertGrain>(alertId).Wake();
        }
#pragma warning disable CA1031 // One alert that cannot be woken must not keep the next from it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning(failure, "An alert could not be nudged; it will look by itself");
        }
    }
}
