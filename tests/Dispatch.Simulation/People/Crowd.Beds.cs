using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Shelters;
using Dispatch.Simulation.Plans;
using Dispatch.TestCity;
using Orleans;

namespace Dispatch.Simulation.People;

// The people of the houses, the call-taker who asks them, and the driver who is told the way.
internal sealed partial class Crowd
{
    private int _asked;
    private int _given;
    private int _addresses;

    private void AskBed(AskBed act)
    {
        var id = Id(act.Alert);
        var guests = new Guests(act.Adults, [.. Enumerable.Range(0, act.Children).Select(n => new Child((n * 5) + 1))]);
        var command = new RequestBed(act.By, $"bed-{++_asked}", act.Home, guests, $"body-{_asked}");
        Call($"ask for beds {id} {act.By}", g => g.GetGrain<IAlertGrain>(id).RequestBed(command), (BedRequestResult result) => world.Book.BedsAsked(id, command, result));
    }

    private void GiveUpBed(GiveUpBed act)
    {
        var id = Id(act.Alert);
        if (world.Book.Durable(id)?.Beds?.Requests.LastOrDefault() is not { } request) return;
        Call($"give up bed {id}.{request.No} {act.By}", g => g.GetGrain<IAlertGrain>(id).ReleaseBed(new ReleaseBed(request.No, act.By, act.NotCome)), (AnswerResult answer) => world.Book.GivenUp(id, request.No, answer));
    }

    private void HomeSays(HomeSays act)
    {
        if (Meant(act) is not { } hold) return;
        for (var i = 0; i < act.Times; i++)
        {
            Call($"{act.Word} {hold} {act.By}", g => Say(g.GetGrain<IShelterGrain>(hold.Shelter), hold, act), (HoldResult result) =>
            {
                world.Book.HouseSaid(hold, act.Word, result);
                Nudge(act.Alert);
            });
        }
    }

    /// <summary>The newest of the alert's holds that stands as whoever says this believes; when none does, she is late and says it all the same.</summary>
    private HoldId? Meant(HomeSays act)
    {
        var id = Id(act.Alert);
        HoldId[] asked = [.. (world.Book.Durable(id)?.Beds?.Requests ?? []).Select(r => new HoldId(id, r.No, r.Shelter))];
        if (asked is []) return null;
        HoldStage?[] fits = act.Word switch
        {
            HomeWord.Yes or HomeWord.No or HomeWord.Renew => [HoldStage.Held],
            HomeWord.Expect or HomeWord.NotCome => [HoldStage.Booked],
            HomeWord.Arrive or HomeWord.Release => [HoldStage.Booked, HoldStage.Held],
            HomeWord.Leave or HomeWord.SaidTooEarly => [HoldStage.Occupied],
            HomeWord.StillThere => [null],
            _ => throw new System.Diagnostics.UnreachableException("word"),
        };
        var standing = asked.Where(h => fits.Contains(world.Book.StageOf(h))).Cast<HoldId?>().LastOrDefault();
        return standing ?? asked[^1];
    }

    private Task<HoldResult> Say(IShelterGrain house, HoldId hold, HomeSays act)
    {
        var (text, by) = (hold.ToString(), act.By);
        var askedAt = world.Book.Durable(hold.Alert)!.Beds!.Requests[hold.No].AskedAt;
        return act.Word switch
        {
            HomeWord.Yes => house.Confirm(new AnswerHold(text, true, by)),
            HomeWord.No => house.Confirm(new AnswerHold(text, false, by)),
            HomeWord.Renew => house.Renew(text),
            HomeWord.Expect => house.Book(new ExpectArrival(text, world.Wall.GetUtcNow() + TimeSpan.FromHours(1), by)),
            HomeWord.Arrive => house.Arrive(text, by),
            HomeWord.Leave => house.Leave(text, by),
            HomeWord.Release => house.Release(new ReleaseBeds(text, askedAt, by)),
            HomeWord.NotCome => house.Release(new ReleaseBeds(text, askedAt, by, NotCome: true)),
            HomeWord.StillThere => house.Correct(new CorrectHold(text, HoldStage.Occupied, null, CorrectionReason.WrongHold, by)),
            HomeWord.SaidTooEarly => house.Correct(new CorrectHold(text, HoldStage.Booked, null, CorrectionReason.SaidTooEarly, by)),
            _ => throw new System.Diagnostics.UnreachableException("word"),
        };
    }

    private void CountBeds(CountBeds act) => Call($"board of {act.Home}", g => g.GetGrain<IShelterGrain>(act.Home).Board(), (BedBoard board) =>
        world.After(TimeSpan.FromSeconds(act.Thinking), () =>
        {
            ImmutableArray<BedFigures> figures =
            [
                .. board.Lines.Select(l => l.Kind is not BedKind.Bed
                    ? new BedFigures(l.Kind, l.Capacity, l.Occupied, l.OutOfService)
                    : new BedFigures(l.Kind, l.Capacity + act.More, Math.Max(0, l.Occupied + act.WalkedIn), act.OutOfService)),
            ];
            Call($"count {act.Home} {act.By}", g => g.GetGrain<IShelterGrain>(act.Home).ConfirmCounts(new ConfirmCounts(board.Version, figures, act.By)), (CountsResult result) => world.Book.Counted(act.Home, act.By, figures, result));
        }));

    /// <summary>Only what was given up for good: while it is still asked for, the alert itself repeats it.</summary>
    private void LateHold(LateHold act)
    {
        var id = Id(act.Alert);
        var alert = world.Book.Durable(id);
        foreach (var request in alert?.Beds?.Requests ?? [])
        {
            if (request is not { State: BedState.Over, Over: not (BedOver.Refused or BedOver.Unknown) }) continue;
            var hold = new HoldId(id, request.No, request.Shelter);
            var stage = world.Book.StageOf(hold);
            Call($"late {hold}", g => g.GetGrain<IShelterGrain>(request.Shelter).Hold(new HoldBeds(hold.ToString(), request.AskedAt, new Guests(1))), (HoldResult result) => world.Book.CameLate(hold, stage, result));
        }
    }

    private void SetAddress(SetAddress act) => Call(
        $"address of {act.Home}",
        g => g.GetGrain<IShelterGrain>(act.Home).SetAddress(new Sealed<ShelterAddress>($"sealed-{++_addresses}"), act.By),
        (BedRefusal? refused) => world.Book.Require(refused is null, $"{act.Home} has no address: {refused}"));

    private void GiveAddress(GiveAddressTo act)
    {
        if (world.Book.BookedFor(Id(act.Alert)) is not { } hold) return;
        DateTimeOffset? until = act.Seconds > 0 ? world.Wall.GetUtcNow() + TimeSpan.FromSeconds(act.Seconds) : null;
        var command = new GiveAddress($"release-{++_given}", hold.ToString(), act.Driver, act.By, AddressReason.CannotWalk, until);
        Call($"give address {hold} {act.Driver}", g => g.GetGrain<IShelterGrain>(hold.Shelter).GiveAddress(command), (ReleaseResult result) => world.Book.AddressGiven(hold.Shelter, command, result));
    }

    /// <summary>She tries every release of that house that was ever given for this alert, hers or not.</summary>
    private void Look(LookAtAddress act)
    {
        foreach (var (house, release) in world.Book.ReleasesFor(Id(act.Alert)))
        {
            var asked = world.Book.Looking(house, release, act.Driver);
            Call($"look {house} {release} {act.Driver}", g => g.GetGrain<IShelterGrain>(house).LookAtAddress(release, act.Driver), (AddressLook look) => world.Book.Looked(asked, look));
        }
    }

    private void TakeAddressBack(TakeAddressBack act)
    {
        foreach (var (house, release) in world.Book.ReleasesFor(Id(act.Alert)))
        {
            Call($"take back {house} {release}", g => g.GetGrain<IShelterGrain>(house).WithdrawAddress(release, act.By), (ReleaseResult result) => world.Book.AddressTakenBack(house, release, result));
        }
    }

    private static async Task<bool> SetUp(IGrainFactory grains, Home home)
    {
        var house = grains.GetGrain<IShelterGrain>(home.Name);
        await house.Configure(new ShelterSetup
        {
            Tenant = City.Tenant,
            Organisation = new OrganisationFacts(home.Name + "-org", OrganisationKind.Shelter, PoliceRun: home.Police),
            Areas = [City.Area],
        });
        (BedKind Kind, int Count)[] kinds = [(BedKind.Bed, home.Beds), (BedKind.Cot, home.Cots), (BedKind.FamilyRoom, home.Rooms)];
        var counted = await house.ConfirmCounts(new ConfirmCounts(0, [.. kinds.Where(k => k.Count > 0).Select(k => new BedFigures(k.Kind, k.Count, 0, 0))], "staff"));
        return counted.Refused is null;
    }
}
