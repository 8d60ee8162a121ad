using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Grains.Hotline;
using Dispatch.Grains.Responders;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Dispatch.Grains.Alerts;

/// <summary>
/// Drains an alert's outbox off the turn: sends start un-awaited on the activation's scheduler, each recipient by itself, and are held
/// against the newest state just before bytes leave. What was acknowledged is settled with the next commit; forgetting it only means
/// telling the same state twice. What a responder is told pays two debts: hers, and that of the areas which count her work, each by itself.
/// </summary>
internal sealed class Outgoing(IAlertOutbox alert, AlertNews news, IGrainFactory grains, AlertSender sender, TimeProvider clock, ILogger log)
{
    /// <summary>Every recipient of the largest alert at once: whoever waits behind a hanging phone waits for nothing.</summary>
    private const int MaxInFlight = Alert.MaxOffers;

    /// <summary>How long another activation keeps its hands off after this one vanished.</summary>
    private static readonly TimeSpan LeaseFor = TimeSpan.FromSeconds(3);

    /// <summary>The first retry, and the longest wait between two; an offer that is open is never given up while a channel says "later".</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    /// <summary>With the id of a responder: her areas. Never stored; what is stored is the debt to her.</summary>
    private const string Areas = "areas:";

    private readonly string _me = sender.NewLeaseOwner();
    private readonly HashSet<string> _inFlight = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _settled = new(StringComparer.Ordinal);

    /// <summary>When a debt of that version may be tried again. A newer one is tried at once: what is taken back must not wait for what could not be said.</summary>
    private readonly Dictionary<string, (long Version, DateTimeOffset At)> _notBefore = new(StringComparer.Ordinal);

    /// <summary>When a channel that said "later" may be asked again, by the key of its delivery fact.</summary>
    private readonly Dictionary<string, DateTimeOffset> _channelNotBefore = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _failures = new(StringComparer.Ordinal);
    private readonly HashSet<string> _called = new(StringComparer.Ordinal);
    private Debts _debts = new(null, []);
    private bool _stopped;

    /// <summary>The next state without the debts already paid, and with the lease to pay those that remain.</summary>
    public Alert Settle(Alert next)
    {
        next = Acknowledging.Told(next, Paid(next));
        return next.Outbox.IsEmpty ? next with { Lease = null } : next with { Lease = MayTake(next) ? new Lease(_me, clock.GetUtcNow() + LeaseFor) : next.Lease };
    }

    /// <summary>Bookkeeping that is due: a lease that ran out while something is still owed, or the last line of an alert that ended.</summary>
    public Alert Renew(Alert current, DateTimeOffset now)
    {
        var owes = Owes(current);
        if (owes && !Mine(current, now) && MayTake(current)) return current with { Lease = null };
        var paidButNotNoted = !owes && (!current.Outbox.IsEmpty || (current.Stage is Stage.Ended && !current.Trail.IsEmpty));
        return paidButNotNoted ? current with { Lease = null } : current;
    }

    /// <summary>When something owed can be tried next, or null when nothing waits for the clock.</summary>
    public DateTimeOffset? NextAt(Alert current, DateTimeOffset now)
    {
        if (!Owes(current)) return current.Stage is Stage.Ended && (!current.Outbox.IsEmpty || !current.Trail.IsEmpty) ? now : null;
        if (!MayTake(current)) return current.Lease!.Until;
        // Each one that ends starts the next; a timer would only spin.
        if (_inFlight.Count >= MaxInFlight) return null;
        var debts = DebtsOf(current);
        return debts.Untried ? now : debts.Waiting.Count == 0 ? null : debts.Waiting.Min(to => NotBefore(debts.Owed[to]) ?? now);
    }

    /// <summary>This activation is over: nothing leaves it any more, however old the state is that it still remembers.</summary>
    public void Stop()
    {
        _stopped = true;
        news.Stop();
    }

    /// <summary>Somebody is reached by no channel so far: she climbs at once.</summary>
    public bool NobodyHears { get; set; }

    /// <summary>One channel has just failed for this offer; perhaps it was the last that it waited for.</summary>
    public void Lost(Offer offer) =>
        NobodyHears |= alert.Current?.Rules is { } rules && Climbing.NextAt(rules, offer) is not null && alert.Deliveries.Heard(rules, offer, sender.Kinds) is Heard.ByNobody;

    public void Start()
    {
        if (_stopped || alert.Current is not { } current || !Mine(current, clock.GetUtcNow())) return;
        var now = clock.GetUtcNow();
        var debts = DebtsOf(current);
        while (_inFlight.Count < MaxInFlight && debts.NextDue(debt => !(NotBefore(debt) > now)) is { } pending)
        {
            _inFlight.Add(pending.To);
            _ = Pay(pending);
        }
    }

    private DateTimeOffset? NotBefore(Pending debt) => _notBefore.TryGetValue(debt.To, out var wait) && wait.Version >= debt.Version ? wait.At : null;

    private bool Owes(Alert current) => ReferenceEquals(current, _debts.Of) ? _debts.Owed.Count > 0 : Owing(current).Any();

    /// <summary>The books of this state; opened anew with each one, so that no single payment has to walk through all of them.</summary>
    private Debts DebtsOf(Alert current) =>
        ReferenceEquals(current, _debts.Of) ? _debts : _debts = new Debts(current, Owing(current), _inFlight);

    /// <summary>What the outbox owes and nobody has yet. Areas stand in it with the person whose work they count, so that no crash forgets them.</summary>
    private IEnumerable<Pending> Owing(Alert current)
    {
        var helping = Helping(current);
        foreach (var pending in current.Outbox)
        {
            if (!Acknowledging.Has(pending, _settled)) yield return pending;
            if (AreasOf(pending, helping) is { } areas && !Acknowledging.Has(areas, _settled)) yield return areas;
        }
    }

    /// <summary>What the outbox may forget: told, and where areas count it, counted.</summary>
    private Dictionary<string, long> Paid(Alert next)
    {
        var helping = Helping(next);
        return next.Outbox
            .Where(p => Acknowledging.Has(p, _settled) && (AreasOf(p, helping) is not { } areas || Acknowledging.Has(areas, _settled)))
            .ToDictionary(p => p.To, p => p.Version, StringComparer.Ordinal);
    }

    /// <summary>Who accepted, at any time: only that is work.</summary>
    private static HashSet<string> Helping(Alert of) => [.. of.Offers.Where(o => o.Assignment is not null || o.Former is not null).Select(o => o.Responder)];

    private static Pending? AreasOf(Pending pending, HashSet<string> helping) =>
        pending.ResponderId is { } responder && helping.Contains(responder) ? new Pending(Areas + responder, pending.Version) : null;

    private async Task Pay(Pending pending)
    {
        try
        {
            if (await Tell(pending))
            {
                _settled[pending.To] = Math.Max(_settled.GetValueOrDefault(pending.To), pending.Version);
                _failures.Remove(pending.To);
            }
        }
#pragma warning disable CA1031 // Whatever kept one recipient from being told, she is told again soon.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("Telling one recipient failed and is tried again: {Failure}", failure.Message);
            Wait(pending, RetryAfter);
        }
        finally
        {
            _inFlight.Remove(pending.To);
            _debts.Tried(pending.To, _settled.GetValueOrDefault(pending.To));
            Start();
            if (!_stopped) alert.Rearm();
        }
    }

    /// <summary>Each failure in a row doubles the wait, up to <see cref="LongestRetry"/>.</summary>
    private void Wait(Pending debt, TimeSpan atLeast)
    {
        var failures = _failures[debt.To] = _failures.GetValueOrDefault(debt.To) + 1;
        var backOff = RetryAfter * Math.Pow(2, Math.Min(failures - 1, 5));
        var wait = atLeast > backOff ? atLeast : backOff;
        _notBefore[debt.To] = (debt.Version, clock.GetUtcNow() + (wait < LongestRetry ? wait : LongestRetry));
    }

    private async Task<bool> Tell(Pending pending)
    {
        var current = alert.Current!;
        if (pending.ResponderId is { } responder) return await TellResponder(current, pending, responder);
        if (pending.To.StartsWith(Areas, StringComparison.Ordinal)) return await TellAreas(current, pending.To[Areas.Length..]);
        if (pending.To == Pending.Queue)
        {
            await grains.GetGrain<IHotlineGrain>(current.Line).Changed();
            return true;
        }

        return await Call(current, pending);
    }

    /// <summary>Rings the duty officer or the backup for what nobody took.</summary>
    private async Task<bool> Call(Alert current, Pending debt)
    {
        var turn = debt.To;
        if (!Ringing.Calling(current, turn).Any()) return true;
        if (await alert.Chain() is not { } chain)
        {
            log.LogError("Nobody could be called for an item that nobody took: its service area was never set up; it is tried again");
            Wait(debt, RetryAfter);
            return false;
        }

        if (chain.Called(turn == Pending.Backup, (person, organisation) => Reading.Allows(current, person, organisation)) is not { } called)
        {
            // Still owed: somebody else may be named meanwhile, and until then the consoles go on saying so.
            await grains.GetGrain<IHotlineGrain>(current.Line).NobodyToCall([.. Ringing.Calling(current, turn).Select(ring => ring.ItemId)]);
            Wait(debt, LongestRetry);
            return false;
        }

        if (_stopped) return true;
        // The turn of a second item is no reason to ring once more for the first.
        var notices = Ringing.Calling(current, turn).Select(ring => new Notice($"{ring.ItemId}:{turn}", NoticeKind.Untaken, called, current.Id, current.Version, Line: current.Line)).Where(notice => !_called.Contains(notice.Id)).ToArray();
        var tried = await Task.WhenAll(notices.Select(async notice => (notice.Id, Results: await Task.WhenAll(sender.Channels.Select(c => sender.Send(c, notice))))));
        // Each item for itself: one call that went out is not the other's.
        var unsent = tried.Where(t => !t.Results.OfType<DeliveryResult.Sent>().Any() && t.Results.OfType<DeliveryResult.Later>().Any()).ToArray();
        _called.UnionWith(tried.Except(unsent).Select(t => t.Id));
        return Retry(debt, unsent.SelectMany(t => t.Results.OfType<DeliveryResult.Later>()).FirstOrDefault());
    }

    private async Task<bool> TellResponder(Alert current, Pending debt, string responder)
    {
        var told = await grains.GetGrain<IResponderGrain>(responder).Tell(Telling.To(current, DebtsOf(current).OffersTo(responder)));
        var tried = new List<Attempt>();
        foreach (var offer in told.Offers) tried.AddRange(offer.State is OfferState.Open ? await Send(told, offer, responder) : await StandDown(told, offer, responder));
        // However many channels failed, it was one round. The one that asks for the shortest wait decides: she is not kept waiting for the others.
        return Retry(debt, tried.Select(t => t.Later).OfType<DeliveryResult.Later>().MinBy(later => later.RetryAfter)) && tried.TrueForAll(t => t.Done);
    }

    /// <summary>First her own actor, which counts, and then every area by itself: one that hangs keeps neither her nor her notices waiting.</summary>
    private async Task<bool> TellAreas(Alert current, string responder)
    {
        await grains.GetGrain<IResponderGrain>(responder).Tell(Telling.To(current, DebtsOf(current).OffersTo(responder)));
        await WorkNews.Tell(grains, responder);
        return true;
    }

    /// <summary>Every channel that the offer has climbed to at once, each with its own deadline: one that hangs keeps no other waiting.</summary>
    private Task<Attempt[]> Send(AlertTold told, ToldOffer toldOffer, string responder)
    {
        var (rules, rung) = (alert.Current!.Rules!, alert.Current.OfferNo(toldOffer.No)?.Rung ?? Rung.Data);
        return Task.WhenAll(sender.Channels.Where(c => Climbing.Carries(rules, rung, c.Kind)).Select(c => Send(told, toldOffer, responder, c)));
    }

    private async Task<Attempt> Send(AlertTold told, ToldOffer toldOffer, string responder, IChannel channel)
    {
        // The last look before bytes leave: still open, still allowed, still ours to send, and nothing under way that takes it back.
        if (!MayGo(alert.Current, toldOffer, responder, out var offer) || !MayGo(alert.BeingWritten, toldOffer, responder, out _)) return new Attempt();
        if (_stopped || !Mine(alert.Current!, clock.GetUtcNow())) return new Attempt(Done: false);
        if (alert.Deliveries.Find(offer!, channel.Kind) is { SentAt: not null, Partly: not true } or { GaveUp: not null }) return new Attempt();

        var (key, now) = (Delivery.KeyOf(offer!.No, offer.Round, channel.Kind), clock.GetUtcNow());
        if (_channelNotBefore.TryGetValue(key, out var notBefore) && notBefore > now) return new Attempt(Done: false, new DeliveryResult.Later(notBefore - now, "waits"));

        var summary = Telling.Summary(told, toldOffer);
        var notice = new Notice(OfferNotice.IdOf(summary.OfferId, offer.Round, channel.Kind), NoticeKind.Offer, responder, told.AlertId, told.Version, summary.OfferId, summary);
        var result = await sender.Send(channel, notice);
        if (result is DeliveryResult.Later later) _channelNotBefore[key] = clock.GetUtcNow() + later.RetryAfter;
        alert.Deliveries.Sent(offer, channel.Kind, result, clock.GetUtcNow());
        if (result is DeliveryResult.Never) Lost(offer);
        news.FactsChanged();
        return Tried(result);
    }

    private static bool MayGo(Alert? current, ToldOffer told, string responder, out Offer? offer)
    {
        offer = current?.OfferNo(told.No);
        return offer is { State: OfferState.Open } && offer.Round == told.Round
            && Disclosure.Allows(current!, offer.Organisation) && !Matching.Excludes(current!, responder, offer.Organisation.Id);
    }

    /// <summary>On every channel that carried the offer, and on the live one in any case. Standing off is worth a retry: somebody may be on the way.</summary>
    private async Task<Attempt[]> StandDown(AlertTold told, ToldOffer offer, string responder)
    {
        var id = new OfferId(told.AlertId, offer.No).ToString();
        var kind = offer.State is OfferState.Withdrawn or OfferState.Declined ? NoticeKind.OfferWithdrawn : NoticeKind.AlertChanged;
        var notice = new Notice($"{id}.{offer.Round}:{told.Version}", kind, responder, told.AlertId, told.Version, id, Told: offer);
        var carried = sender.Channels.Where(c => c.Kind is ChannelKind.Live || Carried(offer, c.Kind));
        var results = await Task.WhenAll(carried.Select(c => sender.Send(c, notice)));
        return [.. results.Select(Tried)];
    }

    private static Attempt Tried(DeliveryResult result) => result is DeliveryResult.Later later ? new Attempt(Done: false, later) : new Attempt();

    private bool Carried(ToldOffer offer, ChannelKind kind) =>
        alert.Current?.OfferNo(offer.No) is { } known && alert.Deliveries.Find(known, kind) is { SentAt: not null };

    private bool Retry(Pending debt, DeliveryResult.Later? later)
    {
        if (later is null) return true;
        Wait(debt, later.RetryAfter);
        return false;
    }

    /// <summary>What became of one notice on one channel.</summary>
    /// <param name="Later">The channel says to try again.</param>
    private sealed record Attempt(bool Done = true, DeliveryResult.Later? Later = null);

    private bool Mine(Alert current, DateTimeOffset now) => current.Lease is { } lease && lease.By == _me && now < lease.Until;

    /// <summary>A lease that runs longer than any is ever given was written by a clock that is wrong; it binds nobody.</summary>
    private bool MayTake(Alert current)
    {
        if (sender.Alone || current.Lease is not { } lease || lease.By == _me) return true;
        var now = clock.GetUtcNow();
        return now >= lease.Until || lease.Until > now + LeaseFor + Clock.Skew;
    }
}

/// <summary>What the outbox needs of its alert.</summary>
internal interface IAlertOutbox
{
    /// <summary>What is durable.</summary>
    Alert? Current { get; }

    /// <summary>The decision that is being written, or the same as <see cref="Current"/>.</summary>
    Alert? BeingWritten { get; }

    DeliveryBook Deliveries { get; }

    /// <summary>Who is told when nobody on its line takes it.</summary>
    Task<Domain.ServiceAreas.LineChain?> Chain();

    /// <summary>Sets the alert's timer anew, from what is owed now.</summary>
    void Rearm();
}
