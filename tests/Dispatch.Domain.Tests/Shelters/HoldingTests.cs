using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Given;
using static Dispatch.Domain.Tests.Shelters.GivenHouse;

namespace Dispatch.Domain.Tests.Shelters;

public sealed class HoldingTests
{
    private const double HalfAnHour = 1800;

    [Fact]
    public void A_hold_takes_the_beds_for_half_an_hour_to_the_tick()
    {
        var held = House(beds: 1).Hold(1).Now();

        Assert.Equal(0, held.Free(BedKind.Bed));
        Assert.Equal(At(HalfAnHour), Expiring.NextAt(held));
        Assert.Same(held, Expiring.At(held, At(HalfAnHour).AddTicks(-1)));
        Assert.Equal(1, Expiring.At(held, At(HalfAnHour)).Free(BedKind.Bed));
        Assert.Equal(GoneHow.Expired, Expiring.At(held, At(HalfAnHour)).FindGone(Id(1))!.How);
    }

    [Fact]
    public void The_last_bed_is_held_once_and_is_had_by_the_next_from_the_tick_on_which_it_ran_out()
    {
        var held = House(beds: 1).Hold(1).Now();

        Assert.Equal(BedRefusal.NoBed, held.Hold(2, asked: HalfAnHour - 0.001).Refused);
        Assert.Equal([Id(2)], held.Hold(2, asked: HalfAnHour).Now().Holds.Select(h => h.Id));
    }

    [Fact]
    public void A_family_gets_all_its_beds_or_none()
    {
        var house = House(beds: 2);
        var family = Family(new Child(9), new Child(5));

        Assert.Equal(BedRefusal.NoBed, house.Hold(1, family).Refused);
        Assert.Same(house, house.Hold(1, family).Ledger);
        Assert.Equal(2, house.Free(BedKind.Bed));
        Assert.Equal(3, Assert.Single(House(beds: 3).Hold(1, family).Now().Holds).Beds.Of(BedKind.Bed));
    }

    [Fact]
    public void The_same_hold_again_is_the_same_hold_and_lasts_no_longer()
    {
        var held = House(beds: 5).Hold(1).Now();

        var again = held.Hold(1, at: 600);

        Assert.Null(again.Refused);
        Assert.Same(held, again.Ledger);
        Assert.Equal(BedRefusal.IdTaken, held.Hold(1, asked: 600).Refused);
    }

    [Fact]
    public void A_hold_that_has_ended_is_not_had_again_under_its_id()
    {
        var ended = House(beds: 5).Hold(1).Now().Release(1, at: 60).Now();

        Assert.Equal(BedRefusal.HoldOver, ended.Hold(1, at: 61).Refused);
        Assert.Equal(BedRefusal.HoldOver, House(beds: 5).Hold(1).Now().Hold(1, at: HalfAnHour).Refused);
        Assert.Equal(5, ended.Free(BedKind.Bed));
    }

    [Fact]
    public void A_release_that_overtakes_its_hold_refuses_it_when_it_comes()
    {
        var released = House(beds: 5).Release(1).Now();

        Assert.Equal(BedRefusal.HoldOver, released.Hold(1, at: 30).Refused);
        Assert.Same(released, released.Release(1, at: 30).Ledger);
        Assert.Null(released.Hold(2, asked: 30).Refused);
    }

    [Fact]
    public void A_hold_is_renewed_once_by_half_an_hour_from_its_end_on()
    {
        var held = House(beds: 1).Hold(1).Now();

        var renewed = Holding.Renew(held, Id(1), At(1000)).Now();
        var again = Holding.Renew(renewed, Id(1), At(2000));

        Assert.Equal(At(2 * HalfAnHour), Expiring.NextAt(renewed));
        Assert.Null(again.Refused);
        Assert.Same(renewed, again.Ledger);
        Assert.Equal(BedRefusal.HoldOver, Holding.Renew(renewed, Id(1), At(2 * HalfAnHour)).Refused);
        Assert.Equal(BedRefusal.NotFound, Holding.Renew(held, Id(9), At(1)).Refused);
    }

    [Fact]
    public void A_machine_releases_what_is_held_and_only_a_person_what_is_booked()
    {
        var held = House(beds: 1).Hold(1).Now();
        var booked = held.Answer(1, yes: true, 10).Now();

        Assert.Equal(1, held.Release(1, at: 20).Now().Free(BedKind.Bed));
        Assert.Equal(BedRefusal.PersonRequired, booked.Release(1, at: 20).Refused);
        Assert.Equal(1, booked.Release(1, at: 20, by: "staff").Now().Free(BedKind.Bed));
        Assert.Equal(GoneHow.NotCome, Holding.Release(booked, new ReleaseBeds(Id(1), At(0), "staff", NotCome: true), At(20)).Now().FindGone(Id(1))!.How);
    }

    [Fact]
    public void Who_is_in_the_house_leaves_it_and_is_not_released()
    {
        var stays = House(beds: 1).Hold(1).Now().Arrive(1, 60).Now();

        Assert.Equal(BedRefusal.StillThere, stays.Release(1, at: 70, by: "staff").Refused);
    }

    [Fact]
    public void Whom_the_house_does_not_take_gets_no_hold()
    {
        var rules = new HouseRules(BoysUpTo: 12);

        Assert.Equal(BedRefusal.DoesNotFit, Holding.Hold(House(beds: 5), rules, Asks(1, Family(new Child(13, Boy: true))), At(0)).Refused);
        Assert.Null(Holding.Hold(House(beds: 5), rules, Asks(1, Family(new Child(12, Boy: true))), At(0)).Refused);
    }

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(-1, 2, null)]
    [InlineData(31, 0, null)]
    [InlineData(1, 0, 0)]
    public void A_party_that_makes_no_sense_is_refused(int adults, int children, int? nights) =>
        Assert.Equal(BedRefusal.Invalid, House(beds: 40).Hold(1, new Guests(adults, [.. Enumerable.Repeat(new Child(5), children)], Nights: nights)).Refused);

    [Fact]
    public void A_child_of_eighteen_is_an_adult() => Assert.Equal(BedRefusal.Invalid, House(beds: 9).Hold(1, Family(new Child(18))).Refused);

    [Fact]
    public void The_list_of_holds_has_an_end()
    {
        var full = Enumerable.Range(1, BedLedger.MaxHolds).Aggregate(House(beds: 400), (l, no) => l.Hold(no).Now());

        Assert.Equal(BedRefusal.Full, full.Hold(999).Refused);
        Assert.Null(full.Hold(1).Refused);
    }

    /// <summary>A clock that went back would keep a bed for somebody for as long as it was wrong.</summary>
    [Fact]
    public void When_the_clock_went_back_everything_held_is_due_and_nothing_booked()
    {
        var ledger = House(beds: 2, at: 7200).Hold(1, asked: 7200).Now().Hold(2, asked: 7200).Now().Answer(2, yes: true, 7200).Now();

        Assert.Same(ledger, Expiring.At(ledger, At(7196)));
        var back = Expiring.At(ledger, At(3600));

        Assert.Equal(Id(2), Assert.Single(back.Holds).Id);
        Assert.Null(back.Hold(3, asked: 3600).Refused);
        Assert.Equal(At(3600), back.LastNow);
    }
}
