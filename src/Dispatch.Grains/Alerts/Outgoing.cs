using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Grains.Hotline;
using Dispatch.Grains.Responders;
using Dispatch.Grains.Rows;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Dispatch.Grains.Alerts;

/// <summary>
/// Drains an alert's outbox off the turn: sends start un-awaited on the activation's scheduler, each recipient by itself, and are held
/// against the newest state just before bytes leave. What was acknowledged is settled with the next commit; forgetting it only means
/// telling the same state twice.
/// </summary>
internal sealed class Outgoing(IAlertOutbox alert, IGrainFactory grains, AlertSender sender, IRows rows, TimeProvider clock, ILogger log)
{
    private const int MaxInFlight = 64;
    private const int MaxAttempts = 5;

    /// <summary>How long another activation keeps its hands off after this one vanished.</summary>
    private static readonly TimeSpan LeaseFor = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly string _me = sender.NewLeaseOwner();
    private readonly HashSet<string> _inFlight = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _settled = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, DateTimeOffset> _notBefore = new(StringComparer.Ordinal);
    private bool _flushing;
    private bool _hinting;
    private bool _hintAgain;

    /// <summary>The next state without the debts already paid, and with the lease to pay those that remain.</summary>
    public Alert Settle(Alert next)
    {
        foreach (var (to, version) in _settled) next = Acknowledging.Told(next, to, version);
        return next.Outbox.IsEmpty ? next with { Lease = null } : next with { Lease = MayTake(next) ? new Lease(_me, clock.GetUtcNow() + LeaseFor) : next.Lease };
    }

    /// <summary>Bookkeeping that is due: a lease that ran out while something is still owed, or the last line of an alert that ended.</summary>
    public Alert Renew(Alert current, DateTimeOffset now)
    {
        var owes = Owes(current);
        if (owes && !Mine(current, now) && MayTake(current)) return current with { Lease = null };
        return !owes && current.Stage is Stage.Ended && (!current.Outbox.IsEmpty || !current.Trail.IsEmpty) ? current with { Lease = null } : current;
    }

    public bool Owes(Alert current) => current.Outbox.Any(p => !Settled(p));

    /// <summary>When something owed can be tried next, or null when nothing waits for the clock.</summary>
    public DateTimeOffset? NextAt(Alert current, DateTimeOffset now)
    {
        if (!Owes(current)) return current.Stage is Stage.Ended && (!current.Outbox.IsEmpty || !current.Trail.IsEmpty) ? now : null;
        if (!MayTake(current)) return current.Lease!.Until;
        // Each one that ends starts the next; a timer would only spin.
        if (_inFlight.Count >= MaxInFlight) return null;
        var waiting = current.Outbox.Where(p => !Settled(p) && !_inFlight.Contains(p.To)).Select(p => _notBefore.GetValueOrDefault(p.To, now)).ToArray();
        return waiting.Length == 0 ? null : waiting.Min();
    }

    public void Start()
    {
        if (alert.Current is not { } current || !Mine(current, clock.GetUtcNow())) return;
        var now = clock.GetUtcNow();
        foreach (var pending in current.Outbox)
        {
            if (_inFlight.Count >= MaxInFlight) return;
            if (Settled(pending) || _inFlight.Contains(pending.To) || _notBefore.GetValueOrDefault(pending.To) > now) continue;
            _inFlight.Add(pending.To);
            _ = Pay(pending);
        }
    }

    /// <summary>Tells open consoles that this alert changed. One hint in flight; what happens meanwhile makes one more.</summary>
    public void HintConsoles()
    {
        _hintAgain = true;
        if (!_hinting) _ = Hints();
    }

    private async Task Pay(Pending pending)
    {
        try
        {
            if (await Tell(pending)) _settled[pending.To] = Math.Max(_settled.GetValueOrDefault(pending.To), pending.Version);
        }
#pragma warning disable CA1031 // Whatever kept one recipient from being told, she is told again in a second.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("Telling one recipient failed and is tried again: {Failure}", failure.Message);
            _notBefore[pending.To] = clock.GetUtcNow() + RetryAfter;
        }
        finally
        {
            _inFlight.Remove(pending.To);
            Start();
            if (_inFlight.Count == 0) alert.Rearm();
        }
    }

    private async Task<bool> Tell(Pending pending)
    {
        var current = alert.Current!;
        if (pending.ResponderId is { } responder) return await TellResponder(current, responder);
        if (pending.To == Pending.Queue)
        {
            await grains.GetGrain<IHotlineGrain>(current.Line).Changed(current.Id, current.Version);
            return true;
        }

        var setup = await alert.AreaSetup();
        var person = pending.To == Pending.DutyOfficer ? setup?.DutyOfficer : setup?.Backup;
        // Whoever she excluded is not rung; the next one in the chain is, in her turn.
        if (person is null || current.Exclusions.Responders.Contains(person)) return true;
        var notice = new Notice($"{current.Ring?.ItemId}:{pending.To}", NoticeKind.Untaken, person, current.Id, current.Version);
        var tried = await Task.WhenAll(sender.Channels.Select(c => sender.Send(c, notice)));
        return Retry(pending.To, tried.OfType<DeliveryResult.Later>().FirstOrDefault(), tried.OfType<DeliveryResult.Sent>().Any());
    }

    private async Task<bool> TellResponder(Alert current, string responder)
    {
        var told = await grains.GetGrain<IResponderGrain>(responder).Tell(Telling.To(current, responder));
        var done = true;
        foreach (var offer in told.Offers)
        {
            done &= offer.State is OfferState.Open ? await Send(told, offer, responder) : await StandDown(told, offer, responder);
        }

        return done;
    }

    private async Task<bool> Send(AlertTold told, ToldOffer toldOffer, string responder)
    {
        foreach (var channel in sender.Channels)
        {
            // The last look before bytes leave: still open, still allowed, still ours to send.
            var current = alert.Current!;
            if (current.OfferNo(toldOffer.No) is not { State: OfferState.Open } offer || offer.Round != toldOffer.Round) return true;
            if (!Disclosure.Allows(current, offer.Organisation) || Matching.Excludes(current, responder, offer.Organisation.Id)) return true;
            if (!Mine(current, clock.GetUtcNow())) return false;
            if (alert.Deliveries.Find(offer, channel.Kind) is { SentAt: not null } or { GaveUp: not null }) continue;

            var summary = Telling.Summary(told, toldOffer);
            var notice = new Notice($"{summary.OfferId}.{offer.Round}:{channel.Kind}", NoticeKind.Offer, responder, current.Id, told.Version, summary.OfferId, summary);
            var result = await sender.Send(channel, notice);
            alert.Deliveries.Sent(offer, channel.Kind, result, clock.GetUtcNow());
            WriteFacts();
            if (result is DeliveryResult.Later later && alert.Deliveries.Find(offer, channel.Kind)!.Attempts < MaxAttempts)
            {
                _notBefore[Pending.Responder(responder)] = clock.GetUtcNow() + later.RetryAfter;
                return false;
            }
        }

        return true;
    }

    private async Task<bool> StandDown(AlertTold told, ToldOffer offer, string responder)
    {
        var id = new OfferId(told.AlertId, offer.No).ToString();
        var kind = offer.State is OfferState.Withdrawn or OfferState.Declined or OfferState.Expired ? NoticeKind.OfferWithdrawn : NoticeKind.AlertChanged;
        await sender.Hint(new Notice($"{id}.{offer.Round}:{told.Version}", kind, responder, told.AlertId, told.Version, id));
        return true;
    }

    private bool Retry(string to, DeliveryResult.Later? later, bool sent)
    {
        if (sent || later is null) return true;
        _notBefore[to] = clock.GetUtcNow() + later.RetryAfter;
        return false;
    }

    private void WriteFacts()
    {
        if (!_flushing) _ = Flush();
        HintConsoles();
    }

    private async Task Flush()
    {
        _flushing = true;
        try
        {
            // Let the other results of this moment ride along.
            await Task.Yield();
            while (alert.Deliveries.Dirty) await alert.Deliveries.Flush(rows, alert.Current!.Id);
        }
#pragma warning disable CA1031 // The facts stay dirty and go with the next flush.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("Delivery facts could not be written yet: {Failure}", failure.Message);
        }
        finally
        {
            _flushing = false;
        }
    }

    private async Task Hints()
    {
        _hinting = true;
        while (_hintAgain && alert.Current is { } current)
        {
            _hintAgain = false;
            await sender.Hint(new Notice($"{current.Id}:{current.Version}", NoticeKind.LineAlertChanged, current.Line, current.Id, current.Version));
        }

        _hinting = false;
    }

    private bool Settled(Pending pending) => _settled.TryGetValue(pending.To, out var version) && version >= pending.Version;

    private bool Mine(Alert current, DateTimeOffset now) => current.Lease is { } lease && lease.By == _me && now < lease.Until;

    private bool MayTake(Alert current) => sender.Alone || current.Lease is not { } lease || lease.By == _me || clock.GetUtcNow() >= lease.Until;
}

/// <summary>What the outbox needs of its alert.</summary>
internal interface IAlertOutbox
{
    Alert? Current { get; }

    DeliveryBook Deliveries { get; }

    Task<Domain.ServiceAreas.AreaSetup?> AreaSetup();

    /// <summary>Sets the alert's timer anew, from what is owed now.</summary>
    void Rearm();
}
