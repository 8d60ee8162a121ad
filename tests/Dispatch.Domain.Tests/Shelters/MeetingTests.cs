using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Given;
using static Dispatch.Domain.Tests.Shelters.GivenHouse;

namespace Dispatch.Domain.Tests.Shelters;

/// <summary>Where staff meet one party, where it is not where they usually do.</summary>
public sealed class MeetingTests
{
    private static readonly ShelterSetup Setup = new() { Tenant = "XX", Organisation = Shelter, MeetingPoint = Box<Place>("usual") };
    private static readonly BedLedger Held = House(beds: 2).Hold(1).Now();

    [Fact]
    public void It_is_shown_from_the_yes_on_in_place_of_the_usual_one()
    {
        var met = Meet(Held, 5).Now();
        Assert.Null(Seen(met));
        Assert.Equal(Box<Place>("there"), Seen(met.Answer(1, true, 10).Now()));
        Assert.Equal(Box<Place>("usual"), Seen(Held.Answer(1, true, 10).Now()));
        Assert.Equal((BedEventKind.MeetingSet, "staff"), (met.Trail[^1].Kind, met.Trail[^1].By));
        Assert.Equal(Box<Place>("else"), Seen(Booking.Meet(met.Answer(1, true, 10).Now(), Id(1), Box<Place>("else"), "staff", At(20)).Now()));
    }

    [Fact]
    public void Once_they_are_there_it_is_gone()
    {
        var there = Meet(Held, 5).Now().Answer(1, true, 10).Now().Arrive(1, 900).Now();
        Assert.Null(there.Find(Id(1))!.MeetAt);
        Assert.Equal(BedRefusal.StillThere, Meet(there, 950).Refused);
        Assert.Equal(BedRefusal.HoldOver, Meet(there.Leave(1, 960).Now(), 970).Refused);
    }

    [Fact]
    public void A_person_says_it_of_a_hold_that_there_is()
    {
        Assert.Equal(BedRefusal.PersonRequired, Booking.Meet(Held, Id(1), Box<Place>("there"), "", At(5)).Refused);
        Assert.Equal(BedRefusal.NotFound, Booking.Meet(Held, Id(9), Box<Place>("there"), "staff", At(5)).Refused);
        Assert.Equal(BedRefusal.HoldOver, Meet(Held, 1800).Refused);
    }

    [Fact]
    public void There_is_room_for_a_dozen()
    {
        var ledger = Enumerable.Range(1, BedLedger.MaxMeetings + 1).Aggregate(House(beds: 20), (l, no) => l.Hold(no).Now());
        ledger = Enumerable.Range(1, BedLedger.MaxMeetings).Aggregate(ledger, (l, no) => Booking.Meet(l, Id(no), Box<Place>("there"), "staff", At(5)).Now());
        Assert.Equal(BedRefusal.Full, Booking.Meet(ledger, Id(BedLedger.MaxMeetings + 1), Box<Place>("there"), "staff", At(6)).Refused);
        Assert.Null(Booking.Meet(ledger, Id(1), Box<Place>("else"), "staff", At(6)).Refused);
    }

    private static BedChange Meet(BedLedger ledger, double at) => Booking.Meet(ledger, Id(1), Box<Place>("there"), "staff", At(at));

    private static object? Seen(BedLedger ledger) => BedBoard.ViewOf(ledger, Setup, Id(1), At(30))!.MeetAt;
}
