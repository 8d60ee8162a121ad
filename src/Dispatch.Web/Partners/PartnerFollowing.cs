using Dispatch.Domain.Partners;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Rows;
using Orleans;

namespace Dispatch.Web.Partners;

/// <summary>
/// Tells partners how their alerts stand, from the rows alone: what was not taken is tried again, after a crash as well, by whichever host is there. Each row is leased by
/// whoever writes it; a host that dies leaves it to the others.
/// </summary>
internal sealed class PartnerFollowing(IRows rows, PartnerRows partners, IGrainFactory grains, WebhookHttp webhooks, TimeProvider clock, ILogger<PartnerFollowing> log) : BackgroundService
{
    private const int AtOnce = 200;
    private const int InFlight = 16;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Longer than one look takes at the most.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    public async Task Sweep(CancellationToken stopping = default)
    {
        var due = await rows.ListDue<PartnerAlert>(Tables.PartnerAlerts, clock.GetUtcNow(), AtOnce);
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = stopping }, async (row, cancel) => await Look(row, cancel));
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
    }

    private async Task Once(CancellationToken stopping)
    {
        try
        {
            await Sweep(stopping);
        }
#pragma warning disable CA1031 // The next sweep does it.
        catch (Exception failure) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            log.LogWarning("Partners could not be told yet: {Failure}", failure.GetType().Name);
        }
    }

    private async Task Look(StoredRow<PartnerAlert> row, CancellationToken stopping)
    {
        try
        {
            var leased = await rows.Write([Change(row, row.Value, clock.GetUtcNow() + Lease, row.ETag)]);
            if (!leased[0]) return;
            var partner = await partners.Find(row.Partition);
            var next = await Tell(row, partner, stopping);
            var due = next is null ? null : Following.NextAt(next, partner?.Webhook is not null, clock.GetUtcNow());
            await rows.Write([Change(row, due is null ? null : next, due)]);
        }
#pragma warning disable CA1031 // One partner or alert that cannot be asked keeps no other from being told; this one is looked at again when its lease ends.
        catch (Exception failure) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            log.LogWarning("A partner could not be told yet: {Failure}", failure.GetType().Name);
        }
    }

    /// <summary>Null: the row has nothing more to do.</summary>
    private async Task<PartnerAlert?> Tell(StoredRow<PartnerAlert> row, Partner? partner, CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
        if (Following.NextAt(row.Value, partner?.Webhook is not null, now) is null) return null;
        if (partner?.Webhook is not { } webhook) return row.Value;
        if (await grains.GetGrain<IAlertGrain>(row.Key).SurvivorView() is not { } view) return Following.IsOrphan(row.Value, now) ? null : row.Value;
        var news = PartnerNews.Of(view);
        if (!Following.Owes(row.Value, news)) return row.Value;
        if (await webhooks.Send(row.Partition, webhook, row.Key, news, stopping) is not { } why) return Following.Took(row.Value, news);

        var failed = Following.Failed(row.Value, clock.GetUtcNow());
        log.LogWarning("A partner's webhook did not take what it was told: {Partner}, {Why}, {Failures} times", row.Partition, why, failed.Failures);
        // Once it has failed a few times in a row it is no hiccup.
        if (failed.Failures >= 3) await partners.Change(row.Partition, p => PartnerBook.Alarm(p, PartnerTrouble.WebhookFails, clock.GetUtcNow()));
        return failed;
    }

    private static RowChange Change(StoredRow<PartnerAlert> row, PartnerAlert? value, DateTimeOffset? due, string? ifMatch = null) =>
        new(Tables.PartnerAlerts, row.Partition, row.Key, value, due, ifMatch);
}
