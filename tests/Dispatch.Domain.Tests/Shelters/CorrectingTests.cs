using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Given;
using static Dispatch.Domain.Tests.Shelters.GivenHouse;

namespace Dispatch.Domain.Tests.Shelters;

public sealed class CorrectingTests
{
    [Fact]
    public void Said_too_early_that_she_is_here_she_is_booked_again()
    {
        var stays = House(beds: 1).Hold(1).Now().Arrive(1, 60).Now();

        var back = stays.Correct(1, HoldStage.Booked, 100).Now();

        var booking = back.Find(Id(1))!;
        Assert.Equal((HoldStage.Booked, null, At(100 + (3 * 3600))), (booking.Stage, booking.ArrivedAt, booking.Until));
        Assert.Same(back, back.Correct(1, HoldStage.Booked, 110).Now());
        Assert.Equal("saidTooEarly", back.Trail[^1].Detail);
    }

    /// <summary>Whoever asked was told that it is over: booked again it would wait for somebody whom nobody follows.</summary>
    [Theory]
    [InlineData(GoneHow.NotCome)]
    [InlineData(GoneHow.Withdrawn)]
    [InlineData(GoneHow.Declined)]
    [InlineData(GoneHow.Expired)]
    [InlineData(GoneHow.Left)]
    public void Said_too_early_of_one_who_had_been_given_up_it_is_over_as_it_was(GoneHow how)
    {
        var gone = Ended(House(beds: 1).Hold(1).Now(), how);
        var stays = how is GoneHow.Left ? gone.Correct(1, HoldStage.Occupied, 9_000).Now() : gone.Arrive(1, 9_000).Now();

        var back = stays.Correct(1, HoldStage.Booked, 9_100).Now();

        Assert.Equal((null, 1), (back.Find(Id(1)), back.Free(BedKind.Bed)));
        Assert.Equal((how, At(9_100)), (back.FindGone(Id(1))!.How, back.FindGone(Id(1))!.At));
        Assert.Equal(how is GoneHow.Left, back.FindGone(Id(1))!.ArrivedAt is not null);
        Assert.Equal(("saidTooEarly", back.Version), (back.Trail[^1].Detail, back.CountsVersion));
        Assert.Same(back, back.Correct(1, HoldStage.Booked, 9_110).Now());
        // She may still come; who never came is not put right this way.
        if (how is not GoneHow.Left) Assert.Equal(HoldStage.Occupied, back.Arrive(1, 9_200).Now().Find(Id(1))!.Stage);
        Assert.Equal(BedRefusal.HoldOver, gone.Correct(1, HoldStage.Booked, 9_000).Refused);
    }

    private static BedLedger Ended(BedLedger held, GoneHow how) => how switch
    {
        GoneHow.NotCome => Holding.Release(held.Answer(1, true, 60).Now(), new ReleaseBeds(Id(1), At(0), "staff", NotCome: true), At(70)).Now(),
        GoneHow.Withdrawn => held.Release(1, at: 70).Now(),
        GoneHow.Declined => held.Answer(1, false, 70).Now(),
        GoneHow.Expired => Expiring.At(held, At(1800)),
        _ => held.Arrive(1, 60).Now().Leave(1, 70).Now(),
    };

    [Fact]
    public void Said_wrongly_that_she_left_she_has_her_bed_again_if_nobody_else_has()
    {
        var left = House(beds: 1).Hold(1).Now().Arrive(1, 60).Now().Leave(1, 100).Now();

        var back = left.Correct(1, HoldStage.Occupied, 110).Now();

        Assert.Equal(At(60), back.Find(Id(1))!.ArrivedAt);
        Assert.Null(back.FindGone(Id(1)));
        Assert.Same(back, back.Correct(1, HoldStage.Occupied, 120).Now());
        Assert.Equal(BedRefusal.NoBed, left.Hold(2, asked: 105).Now().Correct(1, HoldStage.Occupied, 110).Refused);
    }

    [Fact]
    public void They_are_more_than_was_told()
    {
        var stays = House(beds: 3).Hold(1).Now().Hold(2).Now().Arrive(1, 60).Now();

        var more = stays.Correct(1, HoldStage.Occupied, 100, new BedCount(BedKind.Bed, 2)).Now();

        Assert.Equal((2, 0), (more.Occupied(BedKind.Bed), more.Free(BedKind.Bed)));
        Assert.Equal(BedRefusal.NoBed, stays.Correct(1, HoldStage.Occupied, 100, new BedCount(BedKind.Bed, 3)).Refused);
        Assert.Equal(BedRefusal.Invalid, stays.Correct(1, HoldStage.Occupied, 100, new BedCount(BedKind.Bed, 0)).Refused);
    }

    [Fact]
    public void A_correction_has_a_reason_and_a_person()
    {
        var stays = House(beds: 1).Hold(1).Now().Arrive(1, 60).Now();
        var command = new CorrectHold(Id(1), HoldStage.Booked, null, CorrectionReason.WrongHold, "staff");

        Assert.Equal(BedRefusal.ReasonRequired, Correcting.Correct(stays, TravelHours.Always, command with { Reason = 0 }, At(100)).Refused);
        Assert.Equal(BedRefusal.PersonRequired, Correcting.Correct(stays, TravelHours.Always, command with { By = "" }, At(100)).Refused);
        Assert.Null(Correcting.Correct(stays, TravelHours.Always, command, At(100)).Refused);
    }

    [Fact]
    public void What_others_were_told_is_over_stays_over()
    {
        var house = House(beds: 3).Hold(1).Now();

        Assert.Equal(BedRefusal.HoldOver, house.Release(1, at: 60).Now().Correct(1, HoldStage.Occupied, 70).Refused);
        Assert.Equal(BedRefusal.HoldOver, house.Arrive(1, 60).Now().Leave(1, 70).Now().Correct(1, HoldStage.Booked, 80).Refused);
        Assert.Equal(BedRefusal.NotConfirmed, house.Correct(1, HoldStage.Booked, 60).Refused);
        Assert.Equal(BedRefusal.NotThere, house.Answer(1, true, 60).Now().Correct(1, HoldStage.Occupied, 70).Refused);
        Assert.Equal(BedRefusal.Invalid, house.Correct(1, HoldStage.Held, 60).Refused);
        Assert.Equal(BedRefusal.NotFound, house.Correct(2, HoldStage.Booked, 60).Refused);
    }
}
