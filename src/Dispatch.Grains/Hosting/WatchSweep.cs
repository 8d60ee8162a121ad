using Dispatch.Domain.Channels;
using Dispatch.Domain.Hotline;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Rows;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Dispatch.Grains.Hosting;

/// <summary>
/// Looks at the watch rows: at the start at all of them, then every two seconds at those that are due or soon will be, and wakes their
/// alerts in due order. An alert whose own code fails still rings: the line's consoles are told from the row.
/// </summary>
public sealed class WatchSweep(IRows rows, IGrainFactory grains, AlertSender sender, TimeProvider clock, ILogger<WatchSweep> log)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <summary>Woken this much ahead, an alert's own timer is exact when the moment comes.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(3);

    /// <summary>Long after any raise has ended. Of the three writes of a raise only the watch row became durable, and nobody repeated it.</summary>
    private static readonly TimeSpan OrphanAfter = TimeSpan.FromMinutes(5);

    private const int Page = 500;
    private const int MaxPages = 200;
    private const int MaxAtOnce = 64;

    /// <summary>Every open alert, whether due or not: after a restart they all need their timers again.</summary>
    public Task Everything() => Sweep(DateTimeOffset.MaxValue);

    public Task Due() => Sweep(clock.GetUtcNow() + Ahead);

    private async Task Sweep(DateTimeOffset until)
    {
        StoredRow<WatchRow>? last = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var due = await rows.ListDue(Tables.Watch, until, Page, last);
            foreach (var some in due.Chunk(MaxAtOnce)) await Task.WhenAll(some.Select(Wake));
            if (due.Count < Page) return;
            last = due[^1];
        }

        log.LogError("More than {Count} alerts are due at once; the rest waits for the next sweep", Page * MaxPages);
    }

    private async Task Wake(StoredRow<WatchRow> row)
    {
        try
        {
            if (await grains.GetGrain<IAlertGrain>(row.Key).Wake() || row.Value.RaisedAt > clock.GetUtcNow() - OrphanAfter) return;
            log.LogWarning("A watch row without an alert was taken away: its raise failed half-way and was never acknowledged");
            await rows.Write([new RowChange(Tables.Watch, row.Partition, row.Key, null, IfMatch: row.ETag)]);
        }
#pragma warning disable CA1031 // One alert that cannot be woken must not keep the sweep from the next.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogError(failure, "An alert that is due could not be woken");
            if (row.Value.HumanAt <= clock.GetUtcNow()) await sender.Hint(new Notice($"{row.Value.ItemId}:sweep", NoticeKind.QueueChanged, row.Partition, row.Key, row.Value.Version));
        }
    }
}
