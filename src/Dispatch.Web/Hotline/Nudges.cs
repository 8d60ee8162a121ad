using System.Threading.Channels;
using Dispatch.Domain.Contacts;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Contacts;
using Orleans;

namespace Dispatch.Web.Hotline;

/// <summary>
/// Tells an alert, or a number that rang or wrote, now what its line decided, who left duty, and which way to somebody was lost. Only for speed: it looks by itself every 15 seconds and climbs in its time, so a
/// nudge that is lost costs time and no decision.
/// </summary>
internal sealed class Nudges(IGrainFactory grains, ILogger<Nudges> log) : BackgroundService
{
    private readonly Channel<(string Alert, LostChannel? Lost)> _alerts =
        Channel.CreateBounded<(string Alert, LostChannel? Lost)>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Wake(string alertId) => _alerts.Writer.TryWrite((alertId, null));

    public void Lost(string alertId, LostChannel lost) => _alerts.Writer.TryWrite((alertId, lost));

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

    private async ValueTask Nudge((string Alert, LostChannel? Lost) nudge, CancellationToken stopping)
    {
        try
        {
            if (ContactId.Is(nudge.Alert))
            {
                await grains.GetGrain<IContactGrain>(nudge.Alert).Wake();
                return;
            }

            var alert = grains.GetGrain<IAlertGrain>(nudge.Alert);
            await (nudge.Lost is { } lost ? alert.Lost(lost) : alert.Wake());
        }
#pragma warning disable CA1031 // One that cannot be woken must not keep the next from it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning(failure, "An alert or a contact could not be nudged; it will look by itself");
        }
    }
}
