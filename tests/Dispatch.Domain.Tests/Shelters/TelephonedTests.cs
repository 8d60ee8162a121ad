using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Given;
using static Dispatch.Domain.Tests.Shelters.GivenHouse;

namespace Dispatch.Domain.Tests.Shelters;

/// <summary>People of the house say on the telephone that there is room where an old figure shows none.</summary>
public sealed class TelephonedTests
{
    private const double Old = (12 * 3600) + 1;

    /// <summary>Four beds: one slept in unnoticed, one out of service, two held.</summary>
    private static readonly BedLedger Full = Counting.Confirm(new BedLedger(), new ConfirmCounts(0, [new(BedKind.Bed, 4, 1, 1)], "staff"), At(0)).Now().Hold(1).Now().Answer(1, true, 10).Now().Hold(2, asked: Old - 60).Now();

    [Fact]
    public void Their_word_makes_room_for_this_party_and_touches_nothing_that_is_promised()
    {
        var held = Said(Full, 3, Alone).Now();
        Assert.Equal((0, 4, 1), (held.Of(BedKind.Bed).Others, held.Of(BedKind.Bed).Capacity, held.Of(BedKind.Bed).OutOfService));
        Assert.Equal([HoldStage.Booked, HoldStage.Held, HoldStage.Held], held.Holds.Select(h => h.Stage));
        Assert.Equal((0, Full.ConfirmedAt), (held.Free(BedKind.Bed), held.ConfirmedAt));
        Assert.Equal((BedEventKind.SaidFree, "fatou"), (held.Trail[^2].Kind, held.Trail[^2].By));
        Assert.True(held.CountsVersion > Full.CountsVersion);

        var family = Said(Full, 3, Family(new Child(5), new Child(8))).Now();
        Assert.Equal((0, 0, 5, 0), (family.Of(BedKind.Bed).Others, family.Of(BedKind.Bed).OutOfService, family.Of(BedKind.Bed).Capacity, family.Free(BedKind.Bed)));
        Assert.Equal(Full.Holds, family.Holds.Take(2));
    }

    [Fact]
    public void A_house_that_never_counted_has_the_beds_that_it_said()
    {
        var held = Said(new BedLedger(), 3, new Guests(1, Wheelchair: true)).Now();
        Assert.Equal((BedKind.AccessibleBed, 1), (held.Kinds.Single().Kind, held.Kinds.Single().Capacity));
        Assert.Null(held.ConfirmedAt);
    }

    [Fact]
    public void Where_there_is_room_the_word_changes_no_figure()
    {
        var house = House(beds: 2);
        var held = Said(house, 3, Alone).Now();
        Assert.Equal(house.Kinds, held.Kinds);
        Assert.Equal(house.CountsVersion, held.CountsVersion);
    }

    [Fact]
    public void A_figure_of_today_stands_against_it_and_so_does_who_does_not_fit()
    {
        Assert.Equal(BedRefusal.NoBed, Said(Full, 3, Alone, at: Old - 1).Refused);
        Assert.Equal(BedRefusal.NoBed, Full.Hold(3, asked: Old).Refused);
        Assert.Equal(BedRefusal.DoesNotFit, Holding.Hold(Full, new HouseRules(), new HoldBeds(Id(3), At(Old), new Guests(1, Pets: true), "fatou"), At(Old)).Refused);
        var many = Counting.Confirm(new BedLedger(), new ConfirmCounts(0, [new(BedKind.Bed, BedLedger.MaxOfKind, 0, 0)], "staff"), At(0)).Now();
        many = Enumerable.Range(10, 20).Aggregate(many, (l, no) => l.Hold(no, new Guests(25), asked: Old - 1).Now());
        Assert.Equal(BedRefusal.NoBed, Said(many, 3, Alone).Refused);
    }

    [Fact]
    public void Said_twice_it_is_one_hold()
    {
        var held = Said(Full, 3, Alone).Now();
        Assert.Same(held, Said(held, 3, Alone).Now());
    }

    private static BedChange Said(BedLedger ledger, int no, Guests guests, double at = Old) => Holding.Hold(ledger, Any, Asks(no, guests, at) with { ToldBy = "fatou" }, At(at));
}
