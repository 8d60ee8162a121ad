using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Hotline;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Contacts;
using Dispatch.Grains.Hotline;
using Dispatch.Grains.Rows;
using Dispatch.Grains.ServiceAreas;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Dispatch.Grains.Hosting;

/// <summary>
/// Looks at the watch rows: every two seconds at those that are due or soon will be, and after a start at all of them, and wakes their
/// alerts in due order, after those whose last write failed. An alert whose own code fails still rings: the line's consoles are told from the row.
/// </summary>
public sealed class WatchSweep(IRows rows, IGrainFactory grains, AlertSender sender, Unsettled unsettled, TimeProvider clock, ILogger<WatchSweep> log)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <summary>Woken this much ahead, an alert's own timer is exact when the moment comes.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(3);

    /// <summary>Long after any raise has ended. Of the three writes of a raise only the watch row became durable, and nobody repeated it.</summary>
    private static readonly TimeSpan OrphanAfter = TimeSpan.FromMinutes(5);

    /// <summary>When this host last rang somebody for an item whose alert does not run; only the last minute matters.</summary>
    private readonly Dictionary<string, DateTimeOffset> _told = new(StringComparer.Ordinal);
    private readonly Lock _telling = new();

    private const int Page = 500;
    private const int MaxPages = 200;
    private const int MaxAtOnce = 64;

    /// <summary>Those that are not due stay out of the way of those that are, and of new alerts.</summary>
    private const int MaxAtOnceInTheBackground = 8;

    /// <summary>Every open alert, whether due or not: after a restart they all look again at what others decide meanwhile.</summary>
    public Task Everything() => Sweep(DateTimeOffset.MaxValue, MaxAtOnceInTheBackground);

    public async Task Due()
    {
        // Side by side: a store that refuses many writes must not keep what is due waiting.
        await Task.WhenAll(WakeAll(unsettled.Take().Select(alert => (Func<Task>)(() => Settle(alert))), MaxAtOnce), Sweep(clock.GetUtcNow() + Ahead, MaxAtOnce));
    }

    private async Task Sweep(DateTimeOffset until, int atOnce)
    {
        StoredRow<WatchRow>? last = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var due = await rows.ListDue(Tables.Watch, until, Page, last);
            await WakeAll(due.Select(row => (Func<Task>)(() => Wake(row))), atOnce);
            if (due.Count < Page) return;
            last = due[^1];
        }

        log.LogError("More than {Count} alerts are due at once; the rest waits for the next sweep", Page * MaxPages);
    }

    /// <summary>A sliding window: one alert that hangs holds one place and not the row of those behind it.</summary>
    private static async Task WakeAll(IEnumerable<Func<Task>> wake, int atOnce)
    {
        var running = new List<Task>(atOnce);
        foreach (var one in wake)
        {
            if (running.Count >= atOnce) running.Remove(await Task.WhenAny(running));
            running.Add(one());
        }

        await Task.WhenAll(running);
    }

    private async Task Settle(string alert)
    {
        try
        {
            await WakeOne(alert);
        }
#pragma warning disable CA1031 // Whatever is wrong with it, it is tried again with the next sweep.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("An alert whose last write failed could not be woken yet: {Failure}", failure.Message);
            unsettled.Add(alert);
        }
    }

    private Task<bool> WakeOne(string id) => ContactId.Is(id) ? grains.GetGrain<IContactGrain>(id).Wake() : grains.GetGrain<IAlertGrain>(id).Wake();

    private async Task Wake(StoredRow<WatchRow> row)
    {
        try
        {
            if (await WakeOne(row.Key) || row.Value.RaisedAt > clock.GetUtcNow() - OrphanAfter) return;
            log.LogWarning("A watch row without an alert was taken away: its raise failed half-way and was never acknowledged");
            await rows.Write([new RowChange(Tables.Watch, row.Partition, row.Key, null, IfMatch: row.ETag)]);
        }
#pragma warning disable CA1031 // One alert that cannot be woken must not keep the sweep from the next.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogError(failure, "An alert that is due could not be woken");
            await RingWithoutIt(row.Value);
        }
    }

    /// <summary>
    /// The alert's own code does not run: the consoles are told from the row, and past the usual waits, while nobody has claimed the item, the
    /// duty officer's and then the backup's phone, each once a minute.
    /// </summary>
    private async Task RingWithoutIt(WatchRow row)
    {
        foreach (var item in row.Items) await RingWithoutIt(row, item.ItemId, item.At);
    }

    private async Task RingWithoutIt(WatchRow row, string item, DateTimeOffset humanAt)
    {
        var now = clock.GetUtcNow();
        if (humanAt > now) return;
        await sender.Hint(new Notice($"{item}:sweep", NoticeKind.QueueChanged, row.Line, row.AlertId, row.Version));
        if (now < humanAt + Raising.HumanAfter) return;
        try
        {
            if ((await grains.GetGrain<IHotlineGrain>(row.Line).Claims([item])).Any(c => c.State is not ClaimState.HandedBack)) return;
            var chain = await grains.GetGrain<IServiceAreaGrain>(row.Area).Chain(row.Line);
            if (chain?.Called(backup: now >= humanAt + Raising.HumanAfter + Raising.HumanAfter, row.MayBeSeenBy) is not { } person)
            {
                await grains.GetGrain<IHotlineGrain>(row.Line).NobodyToCall([item]);
                return;
            }

            if (!FirstThisMinute(item, now)) return;
            var notice = new Notice($"{item}:untaken", NoticeKind.Untaken, person, row.AlertId, row.Version, Line: row.Line);
            await Task.WhenAll(sender.Channels.Select(c => sender.Send(c, notice)));
        }
#pragma warning disable CA1031 // The last leg: it tries again with the next sweep.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogError(failure, "Nobody could be told of an item that nobody took");
        }
    }

    private bool FirstThisMinute(string item, DateTimeOffset now)
    {
        lock (_telling)
        {
            foreach (var old in _told.Where(t => now - t.Value >= Raising.HumanAfter).Select(t => t.Key).ToArray()) _told.Remove(old);
            return _told.TryAdd(item, now);
        }
    }
}
