using Dispatch.Domain.Partners;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Rows;
using Orleans;

namespace Dispatch.Web.Partners;

/// <summary>One partner's turn: it is told of those of its alerts that are due, a few at once and for no longer than <see cref="AtMost"/>.</summary>
internal sealed class PartnerTelling(IRows rows, PartnerRows partners, IGrainFactory grains, WebhookHttp webhooks, TimeProvider clock, ILogger<PartnerTelling> log)
{
    private const int InFlight = 4;

    /// <summary>Afterwards whatever is left of this turn waits: nobody is there.</summary>
    private const int Timeouts = 2;
    private const int Page = 200;
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(10);

    public async Task Tell(string partner, IReadOnlyList<string> alerts, CancellationToken stopping)
    {
        var known = await partners.Find(partner);
        if (known?.Webhook is { Anew: true } webhook) await Recall(partner, webhook.Serial);
        var turn = new PartnerTurn(clock, AtMost, Timeouts);
        try
        {
            await Parallel.ForEachAsync(alerts, new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = stopping }, async (alert, cancel) => await Look(partner, alert, turn, cancel));
        }
        finally
        {
            if (turn.Answers is { } answers) await partners.Change(partner, p => WebhookHealth.Heard(p, answers, clock.GetUtcNow()));
        }
    }

    /// <summary>What was put away becomes due again. Done twice it is the same; where somebody else was faster with a row, the next sweep does it again.</summary>
    private async Task Recall(string partner, int serial)
    {
        var (all, after, nth) = (true, (string?)null, 0);
        while (true)
        {
            var page = await rows.List<PartnerAlert>(Tables.PartnerAlerts, partner, after, Page);
            var away = page.Where(row => Following.IsPutAway(row.Value, serial)).ToArray();
            var now = clock.GetUtcNow();
            RowChange[] changes = [.. away.Select(row => Change(row, Following.Again(Following.For(row.Value, serial)), Following.AgainAt(row.Value, nth++, now)))];
            if (changes.Length > 0) all &= (await rows.Write(changes)).All(written => written);
            if (page.Count < Page) break;
            after = page[^1].Key;
        }

        if (all) await partners.Change(partner, p => WebhookHealth.Recalled(p, serial));
    }

    private async Task Look(string partner, string alert, PartnerTurn turn, CancellationToken stopping)
    {
        if (turn.IsOver) return;
        try
        {
            // Read before its partner: a webhook that is set from here on finds the row after this look, or makes this look's writing void.
            if (await rows.Read<PartnerAlert>(Tables.PartnerAlerts, partner, alert) is not { } row) return;
            var webhook = (await partners.Find(partner))?.Webhook;
            var next = await Next(row, webhook, turn, stopping);
            var due = next is null ? null : Following.NextAt(next, webhook is not null, clock.GetUtcNow());
            await rows.Write([Change(row, due is null ? null : next, due)]);
        }
#pragma warning disable CA1031 // One alert that cannot be asked keeps no other from being told; this one is looked at again when its lease ends.
        catch (Exception failure) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            log.LogWarning("A partner could not be told yet: {Failure}", failure.GetType().Name);
        }
    }

    /// <summary>Null: the row has nothing more to do.</summary>
    private async Task<PartnerAlert?> Next(StoredRow<PartnerAlert> kept, PartnerWebhook? webhook, PartnerTurn turn, CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
        if (Following.NextAt(kept.Value, webhook is not null, now) is null) return null;
        if (webhook is null) return kept.Value;
        var row = Following.For(kept.Value, webhook.Serial);
        if (await grains.GetGrain<IAlertGrain>(kept.Key).SurvivorView() is not { } view) return Following.IsOrphan(row, now) ? null : row;
        var news = PartnerNews.Of(view);
        if (!Following.Owes(row, news)) return row;
        var why = await webhooks.Send(kept.Partition, webhook, kept.Key, news, stopping);
        var then = clock.GetUtcNow();
        if (why is null)
        {
            turn.Took(webhook.Serial, then);
            return Following.Took(row, news);
        }

        var failed = Following.Failed(row, then);
        turn.Failed(webhook.Serial, failed, then, timedOut: why == WebhookHttp.TimedOut);
        log.LogWarning("A partner's webhook did not take what it was told: {Partner}, {Why}, {Failures} times", kept.Partition, why, failed.Failures);
        return failed;
    }

    private static RowChange Change(StoredRow<PartnerAlert> row, PartnerAlert? value, DateTimeOffset? due) => new(Tables.PartnerAlerts, row.Partition, row.Key, value, due, row.ETag);
}

/// <summary>What happened so far in one partner's turn.</summary>
internal sealed class PartnerTurn(TimeProvider clock, TimeSpan atMost, int timeouts)
{
    private readonly long _from = clock.GetTimestamp();
    private readonly Lock _gate = new();
    private int _timedOut;

    /// <summary>Null: it was told nothing.</summary>
    public WebhookAnswers? Answers { get; private set; }

    public bool IsOver
    {
        get
        {
            lock (_gate) return _timedOut >= timeouts || clock.GetElapsedTime(_from) >= atMost;
        }
    }

    public void Took(int serial, DateTimeOffset now)
    {
        lock (_gate) Answers = Of(serial).Took(now);
    }

    public void Failed(int serial, PartnerAlert row, DateTimeOffset now, bool timedOut)
    {
        lock (_gate)
        {
            if (timedOut) _timedOut++;
            Answers = Of(serial).Failed(row, now);
        }
    }

    /// <summary>Of the webhook that is asked now; another may have been set meanwhile.</summary>
    private WebhookAnswers Of(int serial) => Answers is { } answers && answers.Serial == serial ? answers : new WebhookAnswers(serial);
}
