using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Hotline;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Hosting;
using Dispatch.Grains.Hotline;
using Dispatch.Grains.Rows;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Dispatch.Grains.Contacts;

/// <summary>The shell round the rules of one number: load, ask the rules, commit, then effects, which <see cref="ContactErrands"/> does off the turn.</summary>
[GrainType("contact")]
internal sealed partial class ContactGrain(
    [PersistentState("contact")] IPersistentState<Stored<Contact>> stored,
    IRows rows,
    AlertSender sender,
    IEnumerable<ICallsBack> callsBack,
    Unsettled unsettled,
    TimeProvider clock,
    ILogger<ContactGrain> log) : Grain, IContactGrain, IRemindable
{
    private const string WatchReminder = "watch";
    private static readonly TimeSpan ReminderEvery = TimeSpan.FromMinutes(1);

    /// <summary>Longest stay between two looks at what the line decided.</summary>
    private static readonly TimeSpan PullEvery = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>Longer than doing what is owed takes: after it another host looks whether this one is still there.</summary>
    private static readonly TimeSpan OwedAgain = TimeSpan.FromSeconds(10);

    private IGrainTimer? _timer;
    private ContactErrands _errands = null!;
    private DateTimeOffset _lastPull;
    private TimeSpan _failureDelay;
    private bool _reminded;
    private bool _rowOwed;

    private string Id => this.GetPrimaryKeyString();

    /// <summary>What is durable.</summary>
    internal Contact? Current { get; private set; }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _errands = NewErrands();
        _timer = this.RegisterGrainTimer(TimerTick, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        Current = stored.State.Value;
        if (Current is not { } contact) return;
        if (!await HasItsRow(contact)) await WriteRowOrLater(contact);
        Arm();
    }

    private ContactErrands NewErrands() => new(() => Current, Rearm, GrainFactory, sender, callsBack.FirstOrDefault(), clock, log);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _errands.Stop();
        return Task.CompletedTask;
    }

    public async Task<ContactResult> Receive(ReceiveContact command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var shut = await WhoIsShutOut();
        var result = await Decide((contact, now) => Receiving.Receive(contact?.With(shut), Id, command, now));
        // The first time may have died between its writes: what is acknowledged now rings.
        if (result is { Refused: null, First: false } && Current is { Idle: false } known) await Task.WhenAll(Remind(known), WriteRow(known), Keep(known));
        return result;
    }

    public Task<ContactResult> Mark(ContactMark mark) => Decide((contact, now) => contact is null ? new ContactDecision.Refused(Refusal.NotFound) : Marking.Mark(contact, mark, now));

    public Task<ContactResult> CallBack(string by) => Decide((contact, now) => contact is null ? new ContactDecision.Refused(Refusal.NotFound) : CallingBack.ByHuman(contact, by, now));

    public async Task<ContactResult> Tie(string alert, bool carry, string by)
    {
        var shut = await WhoIsShutOut(alert);
        return await Decide((contact, now) => contact is null ? new ContactDecision.Refused(Refusal.NotFound) : Tying.Tie(contact.With(shut), alert, carry, by, now));
    }

    public Task<ContactResult> Untie(string alert, RaiseAlert? raise, string by) =>
        Decide((contact, now) => contact is null ? new ContactDecision.Refused(Refusal.NotFound) : Tying.Untie(contact, alert, raise, by, now));

    public async Task<bool> Wake() => await Tick(pull: true) ? Current is not null : throw new InvalidOperationException("The contact could not do what is due");

    public Task<Contact?> View() => Task.FromResult(Current);

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (Current is null or { Idle: true })
        {
            // Registered before a write that never came, or no longer needed.
            _reminded = false;
            if (await this.GetReminder(reminderName) is { } orphan) await this.UnregisterReminder(orphan);
            return;
        }

        await Tick(pull: true);
    }

    private async Task<ContactResult> Decide(Func<Contact?, DateTimeOffset, ContactDecision> rule)
    {
        switch (rule(Current, clock.GetUtcNow()))
        {
            case ContactDecision.Changed changed:
                await Commit(changed.Contact);
                return new ContactResult(null, Current, First: true);
            case ContactDecision.Unchanged:
                return new ContactResult(null, Current);
            case ContactDecision.Refused refused:
                return new ContactResult(refused.Why, Current);
            default:
                throw new System.Diagnostics.UnreachableException("contact");
        }
    }

    /// <summary>Everything that is due now. Never throws, and arms the next tick whatever fails; false when something did.</summary>
    private async Task<bool> Tick(bool pull)
    {
        _failureDelay = TimeSpan.Zero;
        try
        {
            if (Current is not { } contact) return true;
            var now = clock.GetUtcNow();
            if (pull) contact = await Pull(contact, now);
            if (ContactRinging.Tick(contact, now) is ContactDecision.Changed called) contact = called.Contact;
            if (CallingBack.Tick(contact, now) is ContactDecision.Changed rung) contact = rung.Contact;
            contact = _errands.Note(contact, now);
            if (!contact.Trail.IsEmpty && await WriteFigures(contact)) contact = contact with { Trail = [] };
            if (!ReferenceEquals(contact, Current)) await Commit(contact);
            else _errands.Start();
            if (_rowOwed) await WriteRow(Current!);
            return true;
        }
#pragma warning disable CA1031 // A tick that throws and never re-arms is a person waiting.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogError(failure, "A tick of a contact failed; it is tried again");
            _failureDelay = RetryAfterFailure;
            return false;
        }
        finally
        {
            Arm();
        }
    }

    private Task TimerTick()
    {
        var now = clock.GetUtcNow();
        return Tick(pull: now < _lastPull || now >= _lastPull + PullEvery);
    }

    private async Task<Contact> Pull(Contact contact, DateTimeOffset now)
    {
        _lastPull = now;
        contact = await LetGo(contact, now);
        if (contact.Items.IsEmpty) return contact;
        if (Shutting.Learn(contact, await WhoIsShutOut(), now) is ContactDecision.Changed known) contact = known.Contact;
        try
        {
            foreach (var claim in await GrainFactory.GetGrain<IHotlineGrain>(contact.Line).Claims([.. contact.Items.Select(i => i.Ring.ItemId)]))
            {
                if (ContactClaims.Apply(contact, claim, now) is ContactDecision.Changed changed) contact = changed.Contact;
            }
        }
#pragma warning disable CA1031 // Not knowing what the line decided must not keep the next person from being called.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning(failure, "A contact could not ask the line; it goes on and asks again");
        }

        return contact;
    }
}
