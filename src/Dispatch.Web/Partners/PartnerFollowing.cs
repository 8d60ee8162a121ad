using System.Collections.Concurrent;
using Dispatch.Domain.Partners;
using Dispatch.Grains.Rows;

namespace Dispatch.Web.Partners;

/// <summary>
/// Tells partners how their alerts stand, from the rows alone: what was not taken is tried again, after a crash as well, by whichever host is there. What is due is leased and handed to
/// its partner's own turn, and the next sweep waits for none of them: one whose address hangs holds up nobody else. A host that dies leaves its leases to the others.
/// </summary>
internal sealed class PartnerFollowing(IRows rows, PartnerRows partners, PartnerTelling telling, TimeProvider clock, ILogger<PartnerFollowing> log) : BackgroundService
{
    private const int Page = 200;

    /// <summary>So much in one sweep; what is beyond it is due in the next one.</summary>
    private const int Pages = 20;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Longer than a turn and its last look take. What a turn did not come to is due again when it ends.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    /// <summary>The turns under way: never more than one for each partner.</summary>
    private readonly ConcurrentDictionary<string, Task> _turns = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Ends when everything that was due has had its turn.</summary>
    public async Task Sweep(CancellationToken stopping = default) => await Task.WhenAll(await Begin(stopping));

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await Once(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }

        await Task.WhenAll(_turns.Values);
    }

    private async Task Once(CancellationToken stopping)
    {
        try
        {
            await Begin(stopping);
        }
#pragma warning disable CA1031 // The next sweep does it.
        catch (Exception failure) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            log.LogWarning("Partners could not be told yet: {Failure}", failure.GetType().Name);
        }
    }

    private async Task<Task[]> Begin(CancellationToken stopping)
    {
        await _one.WaitAsync(stopping);
        try
        {
            var now = clock.GetUtcNow();
            var work = (await partners.Anew(now)).Where(IsFree).ToDictionary(partner => partner, _ => new List<string>(), StringComparer.Ordinal);
            StoredRow<PartnerAlert>? last = null;
            for (var page = 0; page < Pages; page++)
            {
                var due = await rows.ListDue<PartnerAlert>(Tables.PartnerAlerts, now, Page, last);
                foreach (var row in await Leased([.. due.Where(row => IsFree(row.Partition))], now))
                {
                    if (!work.TryGetValue(row.Partition, out var keys)) work[row.Partition] = keys = [];
                    keys.Add(row.Key);
                }

                if (due.Count < Page) break;
                last = due[^1];
            }

            return [.. work.Select(turn => Turn(turn.Key, turn.Value, stopping))];
        }
        finally
        {
            _one.Release();
        }
    }

    private bool IsFree(string partner) => !_turns.ContainsKey(partner);

    private async Task<IEnumerable<StoredRow<PartnerAlert>>> Leased(StoredRow<PartnerAlert>[] due, DateTimeOffset now)
    {
        if (due.Length == 0) return [];
        var leased = await rows.Write([.. due.Select(row => new RowChange(Tables.PartnerAlerts, row.Partition, row.Key, row.Value, now + Lease, row.ETag))]);
        return due.Where((_, i) => leased[i]);
    }

    private async Task Turn(string partner, IReadOnlyList<string> alerts, CancellationToken stopping)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _turns[partner] = over.Task;
        try
        {
            await telling.Tell(partner, alerts, stopping);
        }
#pragma warning disable CA1031 // Everything is due again when its lease ends.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (!stopping.IsCancellationRequested) log.LogWarning("A partner could not be told yet: {Failure}", failure.GetType().Name);
        }
        finally
        {
            _turns.TryRemove(partner, out _);
            over.SetResult();
        }
    }
}
