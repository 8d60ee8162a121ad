using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Rows;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Dispatch.Grains.Shelters;

/// <summary>
/// The shell round the bed ledger of one house: load, ask the rules, commit, then arm. That one after the other is decided here (see <see cref="Decide"/>) is what keeps
/// a bed from being promised twice. It calls nobody; whoever asked for a hold pulls what became of it.
/// </summary>
[GrainType("shelter")]
internal sealed partial class ShelterGrain(
    [PersistentState("beds")] IPersistentState<Stored<BedLedger>> beds,
    [PersistentState("house")] IPersistentState<Stored<ShelterSetup>> house,
    [PersistentState("address")] IPersistentState<Stored<AddressBook>> address,
    IRows rows,
    AlertSender sender,
    TimeProvider clock,
    ILogger<ShelterGrain> log) : Grain, IShelterGrain, IRemindable
{
    private string Id => this.GetPrimaryKeyString();

    /// <summary>As it is on the disk. The state itself is ahead of it while it is written.</summary>
    private BedLedger Ledger { get; set; } = new();

    private ShelterSetup? Setup => house.State.Value;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Ledger = beds.State.Value ?? Ledger;
        _timer = this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        if (Ledger.ClockWentBack(clock.GetUtcNow())) log.LogError("The clock reads earlier than the last decision about beds; everything held is taken as due");
        Arm();
        return Task.CompletedTask;
    }

    public Task Configure(ShelterSetup setup) => house.Replace(setup, DeactivateOnIdle);

    public async Task<HoldResult> Hold(HoldBeds command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return Setup is { } setup ? await About(command.HoldId, (ledger, now) => Holding.Hold(ledger, setup.Rules, command, now)) : Not(BedRefusal.NotFound);
    }

    public Task<HoldResult> Release(ReleaseBeds command) => About(command.HoldId, (ledger, now) => Holding.Release(ledger, command, now));

    public Task<HoldResult> Renew(string holdId) => About(holdId, (ledger, now) => Holding.Renew(ledger, holdId, now));

    public Task<HoldResult> Confirm(AnswerHold command) => About(command.HoldId, (ledger, now) => Booking.Confirm(ledger, Travel, command, now));

    public Task<HoldResult> Book(ExpectArrival command) => About(command.HoldId, (ledger, now) => Booking.Expect(ledger, Travel, command, now));

    public Task<HoldResult> Meet(string holdId, Sealed<Place> at, string by) => About(holdId, (ledger, now) => Booking.Meet(ledger, holdId, at, by, now));

    public Task<HoldResult> Arrive(string holdId, string by) => About(holdId, (ledger, now) => Staying.Arrive(ledger, holdId, by, now));

    public Task<HoldResult> Leave(string holdId, string by) => About(holdId, (ledger, now) => Staying.Leave(ledger, holdId, by, now));

    public Task<HoldResult> Correct(CorrectHold command) => About(command.HoldId, (ledger, now) => Correcting.Correct(ledger, Travel, command, now));

    public async Task<CountsResult> ConfirmCounts(ConfirmCounts command)
    {
        var decided = await Decide((ledger, now) => Counting.Confirm(ledger, command, now));
        return new CountsResult(decided.Refused, BedBoard.Of(decided.Ledger, Setup, clock.GetUtcNow()));
    }

    public Task<BedBoard> Board() => Task.FromResult(BedBoard.Of(Ledger, Setup, clock.GetUtcNow()));

    public Task<HouseSummary?> Summary() => Task.FromResult(Setup is { } setup ? HouseSummary.Of(Id, Ledger, setup, clock.GetUtcNow()) : null);

    public Task<ImmutableArray<HoldView>> Holds(ImmutableArray<string> holdIds)
    {
        var now = clock.GetUtcNow();
        return Task.FromResult<ImmutableArray<HoldView>>([.. holdIds.Select(id => BedBoard.ViewOf(Ledger, Setup, id, now)).OfType<HoldView>()]);
    }

    private TravelHours Travel => Setup?.Travel ?? TravelHours.Always;

    private async Task<HoldResult> About(string holdId, Func<BedLedger, DateTimeOffset, BedChange> rule)
    {
        if (!HoldId.TryParse(holdId, out var id) || id.Shelter != Id) return Not(BedRefusal.NotFound);
        var decided = await Decide(rule);
        return new HoldResult(decided.Refused, BedBoard.ViewOf(decided.Ledger, Setup, holdId, clock.GetUtcNow()), decided.Ledger.Version);
    }

    private HoldResult Not(BedRefusal why) => new(why, null, Ledger.Version);
}
