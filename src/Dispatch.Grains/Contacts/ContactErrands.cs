using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Organisations;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Hotline;
using Dispatch.Grains.ServiceAreas;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Dispatch.Grains.Contacts;

/// <summary>
/// What a contact owes others, done off the turn from what is durable: each errand by itself, so that one that hangs keeps no other waiting, and again until it is done. Done twice it
/// does nothing more.
/// </summary>
internal sealed class ContactErrands(Func<Contact?> current, Action rearm, IGrainFactory grains, AlertSender sender, ICallsBack? callsBack, TimeProvider clock, ILogger log)
{
    private const string Raise = "raise:";
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    /// <summary>After so many tries a human knows that it is not there yet; it is tried on and on.</summary>
    private const int TriesBeforeHuman = 3;

    private readonly HashSet<string> _underWay = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _settled = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string? Alert, bool ForHuman)> _raised = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Failures, DateTimeOffset At)> _notBefore = new(StringComparer.Ordinal);
    private readonly HashSet<string> _called = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unreached = new(StringComparer.Ordinal);
    private string? _callBackFailed;
    private ImmutableArray<HerPhone>? _mustNotRing;
    private bool _stopped;

    public void Stop() => _stopped = true;

    /// <summary>What a write may forget, because it was done.</summary>
    public Contact WithoutSettled(Contact next) => next.Settled(_settled);

    /// <summary>What was done meanwhile, as decisions to store.</summary>
    public Contact Note(Contact contact, DateTimeOffset now)
    {
        foreach (var owed in contact.Raises)
        {
            if (_raised.Remove(owed.Key, out var done) && Tying.Raised(contact, owed, done.Alert, done.ForHuman, now) is ContactDecision.Changed raised) contact = raised.Contact;
            if (_unreached.Remove(owed.Key) && Tying.Unreached(contact, owed, now) is ContactDecision.Changed told) contact = told.Contact;
        }

        if (_callBackFailed is { } why)
        {
            _callBackFailed = null;
            var failed = new ReceiveContact { EventId = $"{contact.Version}:{why}", Kind = ContactEventKind.CallBackFailed, Tenant = contact.Tenant, Line = contact.Line, Area = contact.Area, UtcOffsetMinutes = contact.UtcOffsetMinutes };
            if (Receiving.Receive(contact, contact.Id, failed, now) is ContactDecision.Changed changed) contact = changed.Contact;
        }

        if (_mustNotRing is { } said)
        {
            _mustNotRing = null;
            if (Heeding.Stop(contact, said, now) is ContactDecision.Changed stopped) contact = stopped.Contact;
        }

        return contact.Settled(_settled) is var settled && settled.Outbox.Length != contact.Outbox.Length ? settled : contact;
    }

    /// <summary>When something owed can be tried, or noted as done.</summary>
    public DateTimeOffset? NextAt(Contact contact, DateTimeOffset now)
    {
        if (_callBackFailed is not null || _mustNotRing is not null || contact.Raises.Any(r => _raised.ContainsKey(r.Key) || _unreached.Contains(r.Key)) || contact.Settled(_settled).Outbox.Length != contact.Outbox.Length) return now;
        DateTimeOffset? next = null;
        foreach (var name in Owed(contact).Where(name => !_underWay.Contains(name)))
        {
            var at = _notBefore.TryGetValue(name, out var wait) ? wait.At : now;
            if (!(next <= at)) next = at;
        }

        return next;
    }

    public void Start()
    {
        if (_stopped || current() is not { } contact) return;
        var now = clock.GetUtcNow();
        foreach (var name in Owed(contact).ToArray())
        {
            if ((_notBefore.TryGetValue(name, out var wait) && wait.At > now) || !_underWay.Add(name)) continue;
            _ = Do(name, contact);
        }
    }

    /// <summary>
    /// The raises that go to one alert go one after the other, and the next not before it is noted what became of the one before: it may be part of that. One alert that does not answer
    /// keeps those to others no longer.
    /// </summary>
    private IEnumerable<string> Owed(Contact contact) =>
        contact.Raises.GroupBy(r => r.Into ?? r.Command.Id).Select(g => g.First()).Where(r => !_raised.ContainsKey(r.Key)).Select(r => Raise + r.Key)
            .Concat(contact.Outbox.Where(p => !(_settled.TryGetValue(p.To, out var version) && version >= p.Version)).Select(p => p.To));

    private async Task Do(string name, Contact contact)
    {
        try
        {
            if (name.StartsWith(Raise, StringComparison.Ordinal)) await RaiseAlert(contact.Raises.First(r => Raise + r.Key == name));
            else await Pay(contact, contact.Outbox.First(p => p.To == name));
            _notBefore.Remove(name);
        }
#pragma warning disable CA1031 // Whatever kept one errand from being done, it is done again soon.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("An errand of a contact failed and is tried again: {Failure}", failure.Message);
            var failures = _notBefore.TryGetValue(name, out var before) ? before.Failures + 1 : 1;
            var wait = RetryAfter * Math.Pow(2, Math.Min(failures - 1, 5));
            _notBefore[name] = (failures, clock.GetUtcNow() + (wait < LongestRetry ? wait : LongestRetry));
            if (failures == TriesBeforeHuman && name.StartsWith(Raise, StringComparison.Ordinal)) _unreached.Add(name[Raise.Length..]);
        }
        finally
        {
            _underWay.Remove(name);
            if (!_stopped) rearm();
        }
    }

    /// <summary>Where it may be part of an alert, that one has it while somebody sees to it, and otherwise it is one of its own: nothing is ever buried in an alert that is over.</summary>
    private async Task RaiseAlert(OwedRaise owed)
    {
        var joined = owed.Into is { } into ? await grains.GetGrain<IAlertGrain>(into).JoinByContact(owed.Command) : JoinOutcome.Over;
        if (joined is not JoinOutcome.Over)
        {
            _raised[owed.Key] = (owed.Into, joined is JoinOutcome.ForHuman);
            return;
        }

        if (owed.Carried)
        {
            _raised[owed.Key] = (null, false);
            return;
        }

        var result = await grains.GetGrain<IAlertGrain>(owed.Command.Id).RaiseByContact(owed.Command);
        // Only by another key: nothing else is refused of what says nothing but the channel and the time. Whoever has that id has the alert.
        if (result.Refused is { } why) log.LogError("An alert that was asked for by a call or a text was refused: {Why}", why);
        _raised[owed.Key] = (owed.Command.Id, false);
    }

    private async Task Pay(Contact contact, Pending debt)
    {
        if (debt.To == Pending.Queue) await grains.GetGrain<IHotlineGrain>(contact.Line).Changed();
        else if (debt.To == ContactDebts.CallBack) await RingHer(contact);
        else await Call(contact, debt.To);
        _settled[debt.To] = Math.Max(_settled.GetValueOrDefault(debt.To), debt.Version);
    }

    /// <summary>Rings the duty officer or the backup for what nobody took.</summary>
    private async Task Call(Contact contact, string turn)
    {
        var rings = ContactDebts.Calling(current() ?? contact, turn);
        if (rings.IsEmpty) return;
        if (await grains.GetGrain<IServiceAreaGrain>(contact.Area).Chain(contact.Line) is not { } chain) throw new InvalidOperationException("The service area was never set up");
        if (chain.Called(turn == Pending.Backup, (person, organisation) => MayKnow(current() ?? contact, person, organisation)) is not { } called)
        {
            // Still owed: somebody else may be named meanwhile, and until then the consoles go on saying so.
            await grains.GetGrain<IHotlineGrain>(contact.Line).NobodyToCall([.. rings.Select(r => r.ItemId)]);
            throw new InvalidOperationException("Nobody who may know of it is named to be called");
        }

        // The turn of a second item is no reason to ring once more for the first.
        var notices = rings.Select(ring => new Notice($"{ring.ItemId}:{turn}", NoticeKind.Untaken, called, contact.Id, contact.Version, Line: contact.Line)).Where(notice => !_called.Contains(notice.Id)).ToArray();
        var tried = await Task.WhenAll(notices.Select(async notice => (notice.Id, Results: await Task.WhenAll(sender.Channels.Select(c => sender.Send(c, notice))))));
        var unsent = tried.Where(t => !t.Results.OfType<DeliveryResult.Sent>().Any() && t.Results.OfType<DeliveryResult.Later>().Any()).Select(t => t.Id).ToArray();
        _called.UnionWith(tried.Select(t => t.Id).Except(unsent));
        if (unsent.Length > 0) throw new TimeoutException("No channel brought it yet");
    }

    private static bool MayKnow(Contact contact, string account, OrganisationFacts organisation) => !organisation.NeedsBasis && contact.ShutOut?.Holds(account, organisation.Id) is not true;

    /// <summary>
    /// Just before it rings, the rule is asked again of what is durable now, and every alert of the number of what it knows of her phone. Where one of them does not answer nothing rings,
    /// and it is tried again while it may.
    /// </summary>
    private async Task RingHer(Contact contact)
    {
        if (callsBack is null || current() is not { } asking || !CallingBack.MayRing(asking, clock.GetUtcNow())) return;
        var said = await Task.WhenAll(Heeding.Asks(asking).Select(alert => grains.GetGrain<IAlertGrain>(alert).HerPhone()));
        if (current() is not { } now || !CallingBack.MayRing(now, clock.GetUtcNow())) return;
        if (!Heeding.MayRing(now, [.. said.OfType<HerPhone>()]))
        {
            _mustNotRing = [.. said.OfType<HerPhone>()];
            return;
        }

        using var deadline = new CancellationTokenSource(AlertSender.Deadline, clock);
        var result = await callsBack.Ring(now, deadline.Token).WaitAsync(deadline.Token);
        if (result is DeliveryResult.Sent) return;
        log.LogWarning("A call-back did not leave; the item stays in the queue");
        _callBackFailed = "notPlaced";
    }
}
