using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Hosting;
using Dispatch.Grains.Rows;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Dispatch.Grains.Alerts;

/// <summary>
/// The shell round the rules of one alert: load, ask the rules, commit, then effects. What is due is done by <see cref="Tick"/>, which a
/// timer, a reminder, a sweep or anybody's <see cref="Wake"/> may start at any time.
/// </summary>
[GrainType("alert")]
internal sealed partial class AlertGrain(
    [PersistentState("alert")] IPersistentState<Stored<Alert>> stored,
    IRows rows,
    AlertSender sender,
    IEnumerable<ICarriesWords> words,
    Unsettled unsettled,
    TimeProvider clock,
    ILogger<AlertGrain> log) : Grain, IAlertGrain, IRemindable, IAlertOutbox
{
    private const string WatchReminder = "watch";

    /// <summary>Orleans' shortest reminder period; the last leg when timer and sweep both failed.</summary>
    private static readonly TimeSpan ReminderEvery = TimeSpan.FromMinutes(1);

    /// <summary>How long a raise waits for its service area before it is received without having asked anybody; the next tick asks.</summary>
    private static readonly TimeSpan AskFirstWithin = TimeSpan.FromMilliseconds(250);

    private readonly DeliveryBook _deliveries = new();
    private IGrainTimer? _timer;
    private AlertNews _news = null!;
    private Outgoing _outgoing = null!;
    private AlertSource _sources = null!;
    private BedCalls _beds = null!;

    private string Id => this.GetPrimaryKeyString();

    /// <summary>What is durable. While a decision is being written, nobody acts on it, nor on what it takes back (see <see cref="Outgoing"/>).</summary>
    public Alert? Current { get; private set; }

    Alert? IAlertOutbox.BeingWritten => stored.State.Value;

    DeliveryBook IAlertOutbox.Deliveries => _deliveries;

    Task<LineChain?> IAlertOutbox.Chain() => _sources.Chain(Current!);

    void IAlertOutbox.Rearm() => Arm();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _sources = new AlertSource(GrainFactory);
        _news = new AlertNews(this, sender, rows, clock, log);
        _outgoing = new Outgoing(this, _news, GrainFactory, sender, clock, log);
        _beds = new BedCalls(this, GrainFactory, clock, log);
        _timer = this.RegisterGrainTimer(TimerTick, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        Current = stored.State.Value;
        if (Current is not { } alert) return;
        _beds.Loaded(alert);
        _deliveries.Load(await rows.All<Delivery>(Tables.Deliveries, Id));
        if (Clock.WentBack(alert, clock.GetUtcNow())) log.LogError("The clock reads earlier than the last decision of an alert; everything pending is taken as due");
        if (!await HasItsRow(alert)) await WriteBesideOrLater(alert);
        Arm();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _outgoing.Stop();
        _beds.Stop();
        return Task.CompletedTask;
    }

    public async Task<RaiseResult> Raise(RaiseAlert command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var now = clock.GetUtcNow();
        switch (Raising.Raise(Current, command, now))
        {
            case Decision.Changed changed:
                _lastPull = now;

                // The first people are asked in the write that receives her alert, unless finding them would keep her waiting.
                var asked = await AskFirst(changed.Alert, now);

                // Three writes, started together and awaited together: whichever of them survives a crash, somebody is woken or nothing was promised.
                await Task.WhenAll(this.RegisterOrUpdateReminder(WatchReminder, ReminderEvery, ReminderEvery), Commit(asked));
                return new RaiseResult(null, View(Current!, now), Current!.RaisedAt, First: true);
            case Decision.Unchanged same:
                // The first time may have died between its writes: what is acknowledged now has its reminder and its watch row.
                if (same.Alert.Stage is Stage.Open) await Task.WhenAll(this.RegisterOrUpdateReminder(WatchReminder, ReminderEvery, ReminderEvery), WriteBeside(same.Alert));
                return new RaiseResult(null, View(same.Alert, now), same.Alert.RaisedAt);
            case Decision.Refused refused:
                return new RaiseResult(refused.Why);
            default:
                throw new System.Diagnostics.UnreachableException("raise");
        }
    }

    public Task<AnswerResult> Accept(AcceptOffer command) =>
        Answer(command.Offer, command.Responder, (alert, now) => Answering.Accept(alert, command.Offer, command.Responder, command.Mode, command.EtaMinutes, now, command.Via));

    public Task<AnswerResult> Decline(DeclineOffer command) =>
        Answer(command.Offer, command.Responder, (alert, now) => Answering.Decline(alert, command.Offer, command.Responder, command.Reason, now, command.Via));

    public Task<AnswerResult> Report(ReportProgress command) =>
        Answer(command.Offer, command.Responder, (alert, now) => Progressing.Report(alert, command.Offer, command.Responder, command.Progress, command.EtaMinutes, now));

    public Task<AnswerResult> CheckIn(int offer, string responder) => Answer(offer, responder, (alert, now) => OnTheWay.CheckIn(alert, offer, responder, now));

    public Task<AnswerResult> Panic(int offer, string responder) => Answer(offer, responder, (alert, now) => OnTheWay.Panic(alert, offer, responder, now));

    public Task<AnswerResult> Add(AddToAlert command) => Decide((alert, now) => Adding.Add(alert, command, now));

    public async Task Cancel(PinVerdict pin)
    {
        if (Current is { } alert && Cancelling.Cancel(alert, pin, clock.GetUtcNow()) is Decision.Changed changed) await Commit(changed.Alert);
    }

    public Task<AnswerResult> PhoneUnsafe(string by) => Decide((alert, now) => MarkingPhone.Unsafe(alert, by, now));

    public Task<AnswerResult> Review(ReviewDisclosure command) => Decide((alert, now) => Reviewing.Review(alert, command.No, command.By, command.Outcome, now));

    public Task<AnswerResult> DecideDuress(DecideDuress command) => Decide((alert, now) => DecidingDuress.Decide(alert, command.Choice, command.By, command.Reason, now));

    public Task<AnswerResult> Widen(WidenAsking command) => Decide((alert, now) => Widening.Widen(alert, command, now));

    public Task<AnswerResult> CallOff(CallOffNeed command) => Decide((alert, now) => CallingOff.CallOff(alert, command.Need, command.By, command.Reason, now));

    public Task<AnswerResult> SayLimits(string by, string wordingVersion) => Decide((alert, now) => ChildPath.SayLimits(alert, by, wordingVersion, now));

    public Task<AnswerResult> DecideGuardians(DecideGuardians command) =>
        Decide((alert, now) => ChildPath.Guardians(alert, command.MayBeTold, command.By, command.Reason, now));

    public async Task<MeetingResult> ProposeMeeting(ProposeMeeting command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var answer = await Decide((alert, now) => Meeting.Propose(alert, command, now));
        return new MeetingResult(answer.Refused, answer.Refused is null ? Meeting.OfKey(Current!, command.KeyMac)?.No : null, answer.Version);
    }

    public Task<AnswerResult> AnswerMeeting(AnswerMeeting command) => Decide((alert, now) => Meeting.Answer(alert, command, now));

    public async Task Receipts(ImmutableArray<Receipt> receipts)
    {
        if (Current is not { } alert) return;
        var now = clock.GetUtcNow();
        var next = alert;
        foreach (var receipt in receipts)
        {
            if (next.OfferNo(receipt.Offer) is not { } offer || offer.Responder != receipt.Responder || (receipt.Round ?? offer.Round) != offer.Round) continue;
            _deliveries.Record(offer, receipt);
            if (Asking.Delivered(next, offer.No, receipt.At < now ? receipt.At : now) is Decision.Changed changed) next = changed.Alert;
        }

        var facts = _deliveries.Flush(rows, Id);
        if (!ReferenceEquals(next, alert)) await Commit(next);
        await facts;
        _news.HintConsoles();
    }

    public async Task Lost(LostChannel lost)
    {
        if (Current?.OfferNo(lost.Offer) is not { } offer || offer.Responder != lost.Responder || (lost.Round ?? offer.Round) != offer.Round) return;
        if (lost.Round is null && _deliveries.Find(offer, lost.Channel) is not { SentAt: not null }) return;
        if (!_deliveries.Lost(offer, lost.Channel, lost.Why, clock.GetUtcNow())) return;
        _outgoing.Lost(offer);
        Arm();
        _news.HintConsoles();
        await _deliveries.Flush(rows, Id);
    }

    public async Task<bool> Wake()
    {
        return await Tick(pull: true) ? Current is not null : throw new InvalidOperationException("The alert could not do what is due");
    }

    public Task<SurvivorView?> SurvivorView() => Task.FromResult(Current is { } alert ? View(alert, clock.GetUtcNow()) : null);

    public Task<RelayView?> RelayView() =>
        Task.FromResult(Current is { } alert && Relaying.StateFor(alert, clock.GetUtcNow()) is { } state ? new RelayView(state) : null);

    public Task<AssignmentSlice?> Assignment(int offerNo, string responder) =>
        Task.FromResult(Current is { } alert ? Slices.For(alert, offerNo, responder) : null);

    public async Task<HotlineView?> HotlineView()
    {
        if (Current is not { } alert) return null;
        var history = await rows.All<HistoryEvent>(Tables.History, Id);
        return new HotlineView { Alert = alert, Deliveries = _deliveries.All, History = [.. history] };
    }

    public Task<BedParty?> BedParty(int no, string shelter, string reader) => Task.FromResult(
        Current is { } alert && BedSearching.MayReadParty(alert, no, shelter, reader)
            ? new BedParty(BedSearching.GuestsOf(alert), alert.Beds?.Said, alert.Party, alert.Child, alert.WrappedKey)
            : null);

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (Current is null || (Current is { Over: true, Outbox.IsEmpty: true, Trail.IsEmpty: true } over && !BedAnswers.Expected(over, clock.GetUtcNow())))
        {
            // Registered before a write that never came, or no longer needed.
            if (await this.GetReminder(reminderName) is { } orphan) await this.UnregisterReminder(orphan);
            return;
        }

        await Tick(pull: true);
    }

    private Task<AnswerResult> Decide(Func<Alert, DateTimeOffset, Decision> rule) => Answer(-1, "", rule);

    private async Task<AnswerResult> Answer(int offerNo, string responder, Func<Alert, DateTimeOffset, Decision> rule)
    {
        if (Current is not { } alert) return new AnswerResult(Refusal.NotFound);
        switch (rule(alert, clock.GetUtcNow()))
        {
            case Decision.Changed changed:
                await Commit(changed.Alert);
                break;
            case Decision.Unchanged:
                break;
            case Decision.Refused refused:
                return new AnswerResult(refused.Why, alert.Version);
            default:
                throw new System.Diagnostics.UnreachableException("answer");
        }

        return new AnswerResult(null, Current!.Version, Slices.For(Current, offerNo, responder));
    }

    private SurvivorView View(Alert alert, DateTimeOffset now) => SurvivorViews.Of(alert, _deliveries.PeopleReached(alert), now);
}
