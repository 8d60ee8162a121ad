using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Given;
using static Dispatch.Domain.Tests.Shelters.GivenHouse;

namespace Dispatch.Domain.Tests.Shelters;

public sealed class BookingTests
{
    [Fact]
    public void After_the_houses_yes_no_time_frees_the_bed()
    {
        var booked = House(beds: 1).Hold(1).Now().Answer(1, yes: true, 60, expected: At(3600)).Now();

        Assert.Null(Expiring.NextAt(booked));
        Assert.Same(booked, Expiring.At(booked, At(90 * 86_400)));
        Assert.Equal(BedRefusal.NoBed, booked.Hold(2, asked: 90 * 86_400).Refused);
    }

    [Fact]
    public void Three_hours_after_her_expected_arrival_somebody_should_ask()
    {
        var booking = House(beds: 1).Hold(1).Now().Answer(1, yes: true, 60, expected: At(3600)).Now().Find(Id(1))!;

        Assert.Equal(At(4 * 3600), booking.Until);
        Assert.False(booking.OverdueAt(At(4 * 3600).AddTicks(-1)));
        Assert.True(booking.OverdueAt(At(4 * 3600)));
    }

    /// <summary>Pressed at 22:00, when the curfew begins; it ends at 05:00.</summary>
    [Theory]
    [InlineData(3600, 7 * 3600)]
    [InlineData(3.999 * 3600, 7 * 3600)]
    [InlineData(4 * 3600, 7 * 3600)]
    [InlineData(4.5 * 3600, 7.5 * 3600)]
    public void Who_is_held_up_by_the_curfew_is_waited_for_until_it_ends(double expected, double until) =>
        Assert.Equal(At(until), House(beds: 1).Hold(1).Now().Answer(1, true, 60, At(expected), NightCurfew).Now().Find(Id(1))!.Until);

    [Fact]
    public void A_no_frees_the_bed_and_is_said_once()
    {
        var declined = House(beds: 1).Hold(1).Now().Answer(1, yes: false, 60).Now();

        Assert.Equal(1, declined.Free(BedKind.Bed));
        Assert.Same(declined, declined.Answer(1, yes: false, 70).Now());
        Assert.Equal(BedRefusal.HoldOver, declined.Answer(1, yes: true, 70).Refused);
    }

    /// <summary>A code, because history is not sealed.</summary>
    [Theory]
    [InlineData(PassedOver.DoesNotTake, "doesNotTake")]
    [InlineData(null, null)]
    public void Why_it_said_no_is_kept_for_who_asked_and_in_its_history(PassedOver? why, string? detail)
    {
        var declined = Booking.Confirm(House(beds: 1).Hold(1).Now(), TravelHours.Always, new AnswerHold(Id(1), false, "staff", Why: why), At(60)).Now();

        Assert.Equal(why, BedBoard.ViewOf(declined, null, Id(1), At(70))!.Why);
        Assert.Equal((BedEventKind.Declined, detail), (declined.Trail[^1].Kind, declined.Trail[^1].Detail));
    }

    [Fact]
    public void A_yes_is_said_once_and_no_no_follows_it()
    {
        var booked = House(beds: 1).Hold(1).Now().Answer(1, yes: true, 60).Now();

        Assert.Same(booked, booked.Answer(1, yes: true, 70).Now());
        Assert.Equal(BedRefusal.AlreadyBooked, booked.Answer(1, yes: false, 70).Refused);
    }

    [Fact]
    public void A_yes_that_comes_too_late_is_told_so()
    {
        var held = House(beds: 1).Hold(1).Now();

        Assert.NotNull(held.Answer(1, yes: true, 1799.999).Now().Find(Id(1)));
        Assert.Equal(BedRefusal.HoldOver, held.Answer(1, yes: true, 1800).Refused);
        Assert.Equal(BedRefusal.NotFound, held.Answer(2, yes: true, 60).Refused);
    }

    [Fact]
    public void A_yes_has_somebody_who_said_it() =>
        Assert.Equal(BedRefusal.PersonRequired, Booking.Confirm(House(beds: 1).Hold(1).Now(), TravelHours.Always, new AnswerHold(Id(1), true, ""), At(1)).Refused);

    [Fact]
    public void When_she_is_expected_can_be_said_anew()
    {
        var held = House(beds: 1).Hold(1).Now();
        var booked = held.Answer(1, yes: true, 60).Now();

        var later = Expect(booked, 7200).Now();

        Assert.Equal((At(7200), At(18_000)), (later.Find(Id(1))!.ExpectedAt, later.Find(Id(1))!.Until));
        Assert.Same(later, Expect(later, 7200).Now());
        Assert.Equal(BedRefusal.NotConfirmed, Expect(held, 7200).Refused);
        Assert.Equal(BedRefusal.Invalid, Expect(booked, 4 * 86_400).Refused);
        Assert.Equal(BedRefusal.NotFound, Expect(House(), 7200).Refused);
        Assert.Equal(BedRefusal.HoldOver, Expect(booked.Release(1, at: 70, by: "staff").Now(), 7200).Refused);

        static BedChange Expect(BedLedger ledger, double at) => Booking.Expect(ledger, TravelHours.Always, new ExpectArrival(Id(1), At(at), "staff"), At(100));
    }
}
