using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.Shelters;
using Dispatch.Domain.Survivors;
using static Dispatch.Domain.Tests.Beds.GivenSearch;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Beds;

/// <summary>When which house is asked, and when a human is called.</summary>
public sealed class SearchTests
{
    [Fact]
    public void The_first_house_is_asked_at_once_and_the_next_one_when_nobody_answered_for_ten_minutes()
    {
        var alert = Searching();
        Assert.Equal(Night, BedSearching.NextAt(alert));
        alert = alert.Asked(House("rose"), House("lily", order: 1));
        Assert.Equal(("rose", BedState.Requested, Night), (alert.Request().Shelter, alert.Request().State, alert.Request().AskedAt));
        Assert.Equal(At(600), BedSearching.NextAt(alert));
        Assert.Equal(At(600), BedSearching.NextAt(alert.Held()));
        Assert.False(BedSearching.Due(alert.Held(), pull: true, At(599)));

        var second = BedSearching.Step(alert.Held(), Known(House("rose"), House("lily", order: 1)), At(600)).Now();

        Assert.Equal(["rose", "lily"], second.Beds!.Requests.Select(r => r.Shelter));
        Assert.True(second.Request().Open);
    }

    [Fact]
    public void One_party_keeps_no_more_than_two_houses_waiting()
    {
        HouseCandidate[] houses = [House("rose"), House("lily", order: 1), House("iris", order: 2)];
        var alert = Searching().Asked(houses).Held();
        alert = BedSearching.Step(alert, Known(houses), At(600)).Now().Held(1);

        var third = BedSearching.Step(alert, Known(houses), At(1200)).Now();

        Assert.Equal([BedState.Releasing, BedState.Held, BedState.Requested], third.Beds!.Requests.Select(r => r.State));
        // It was silent, and is not asked once more.
        third = BedAnswers.Answered(third, Released(), At(1201)).Now().Held(2);
        Assert.Equal(3, BedSearching.Step(third, Known(houses), At(1900)).Now().Beds!.Requests.Length);
    }

    [Fact]
    public void A_house_that_was_let_go_because_she_had_a_bed_is_asked_again_when_that_is_lost()
    {
        HouseCandidate[] houses = [House("rose"), House("lily", order: 1)];
        var alert = BedSearching.Step(Searching().Asked(houses).Held(), Known(houses), At(600)).Now().Held(1).Booked(1, at: 610);
        alert = BedAnswers.Answered(alert, Released(), At(611)).Now();
        alert = BedAnswers.Pulled(alert, 1, Hold(null, GoneHow.Withdrawn), At(700)).Now();

        var again = BedSearching.Step(alert, Known(houses), At(700)).Now();

        Assert.Equal(("rose", BedState.Requested), (again.Request(2).Shelter, again.Request(2).State));
        Assert.Equal("changed", BedAsking.Request(alert, new RequestBed("fatou", "k"), Known(House("rose")), At(700)).Outcome());
    }

    /// <summary>Its yes crossed the machine's release; later a human found that it is no house for her.</summary>
    [Fact]
    public void What_a_person_gave_up_the_machine_does_not_ask_for_again()
    {
        HouseCandidate[] houses = [House("rose"), House("lily", order: 1)];
        var alert = BedSearching.Step(Searching().Asked(houses).Held(), Known(houses), At(600)).Now().Held(1).Booked(1, at: 610);
        alert = BedAnswers.Answered(alert, Released(BedRefusal.PersonRequired, Hold(HoldStage.Booked)), At(611)).Now();
        foreach (var no in new[] { 1, 0 })
        {
            alert = BedReleasing.Release(alert, no, "fatou", notCome: false, At(700)).Now();
            alert = BedAnswers.Answered(alert, Released(no: no), At(701)).Now();
        }

        Assert.Equal(2, BedSearching.Step(alert, Known(houses), At(710)).Now().Beds!.Requests.Length);
    }

    [Fact]
    public void With_no_house_left_the_line_is_called_once_and_a_bed_that_becomes_free_is_asked_for_all_the_same()
    {
        var alert = BedSearching.Step(Searching(), Known(House("rose", beds: 0)), At(1)).Now();
        Assert.True(alert.Rings(RingReason.NoBed));
        Assert.Null(BedSearching.NextAt(alert));
        Assert.False(BedSearching.Due(alert, pull: false, At(16)));
        Assert.True(BedSearching.Due(alert, pull: true, At(16)));
        BedSearching.Step(alert, Known(House("rose", beds: 0)), At(16)).As<Decision.Unchanged>();

        var found = BedSearching.Step(alert, Known(House("rose")), At(31)).Now().Held().Booked();

        Assert.False(found.Rings(RingReason.NoBed));
        Assert.Null(found.Beds!.HumanAt);
    }

    [Fact]
    public void Overflow_places_are_asked_by_a_human()
    {
        var hotel = new OverflowPlace("hotel", OverflowKind.PartnerHotel, "XX", Homes, ["XX/demo"], new HouseRules(), TravelHours.Always, 0);

        var alert = BedSearching.Step(Searching(), new HousesKnown([], [hotel]), At(1)).Now();

        Assert.True(alert.Rings(RingReason.NoBed));
        Assert.Empty(alert.Beds!.Requests);
    }

    /// <summary>One that does not say how it stands may be the one with the bed.</summary>
    [Fact]
    public void A_silent_house_keeps_the_line_from_being_called_for_ten_seconds_and_no_longer()
    {
        var known = Known(House("rose", beds: 0)) with { Complete = false };
        BedSearching.Step(Searching(), known, At(9)).As<Decision.Unchanged>();
        BedSearching.CouldNotLook(Searching(), At(9)).As<Decision.Unchanged>();

        Assert.True(BedSearching.Step(Searching(), known, At(10)).Now().Rings(RingReason.NoBed));
        Assert.True(BedSearching.CouldNotLook(Searching(), At(10)).Now().Rings(RingReason.NoBed));
    }

    [Fact]
    public void Nobody_searches_by_machine_where_the_protocol_says_by_hand_in_a_drill_or_where_there_is_no_house()
    {
        Assert.Null(BedSearching.NextAt(Searching(byHand: true)));
        Assert.Null(BedSearching.NextAt(Searching(Press(Need.Shelter) with { Exercise = true, DrillWindowOpen = true })));
        Assert.Null(BedSearching.NextAt(Searching(Press(Need.Health))));
        Assert.Null(Asking.Open(Raising.Raise(null, Press(Need.Shelter), Night).Now(), Rules(), Night).Now().Beds);
    }

    [Fact]
    public void Whoever_has_it_in_hand_goes_on_alone()
    {
        var alert = Searching();
        alert = HandingOver.Apply(alert, new Claim(alert.Ring!.ItemId, ClaimState.Taken, "fatou", At(5)), At(5)).Now();
        Assert.Null(BedSearching.NextAt(alert));
        Assert.Equal("changed", BedAsking.Request(alert, new RequestBed("fatou", "k"), Known(House("rose")), At(6)).Outcome());
    }

    [Fact]
    public void For_whom_it_is_stands_in_the_clear_while_it_is_searched_and_no_longer()
    {
        var press = Press(Need.Shelter) with { Party = Box<Party>("p"), Guests = Guests.With(new Party(0, [3, 9], true), child: false) };
        var alert = Searching(press);
        Assert.Equal((1, 2, true), (alert.Beds!.Guests!.Adults, alert.Beds.Guests.Children.Length, alert.Beds.Guests.Pregnant));

        Assert.Null(Cancelling.Cancel(alert, PinVerdict.NotSet, At(5)).Now().Beds!.Guests);
        Assert.Null(Searching(press with { Needs = [Need.Health] }).Beds!.Guests);
    }

    /// <summary>Should the bed be lost, the line is rung, and a human has the sealed party.</summary>
    [Fact]
    public void Once_she_has_a_bed_nothing_of_whom_it_is_for_stands_in_the_clear()
    {
        var press = Press(Need.Shelter) with { Party = Box<Party>("p"), Guests = Guests.With(new Party(0, [3, 9]), child: false) };
        var held = Searching(press).Asked(House("rose", 3)).Held();
        Assert.NotNull(held.Beds!.Guests);

        var booked = held.Booked();
        Assert.Null(booked.Beds!.Guests);
        var lost = BedReleasing.Release(booked, 0, "fatou", notCome: true, At(90)).Now();
        Assert.Equal((NeedStage.Asking, RingReason.Reopened, At(90)), (lost.Needs.Single().Stage, lost.Ring!.Reason, lost.Ring.At));
        Assert.True(BedSearching.Step(lost, Known(House("lily", 3)), At(91)).Now().Rings(RingReason.NoBed));

        var said = BedAsking.Request(lost, new RequestBed("fatou", "k", Guests: new Guests(2), Said: Box<Guests>("s")), Known(House("lily", 3)), At(95)).Now();
        Assert.Equal((2, Box<Guests>("s")), (said.Beds!.Guests!.Adults, said.Beds.Said));
        var again = BedAnswers.Pulled(BedAnswers.Answered(said, SaysYes(1), At(96)).Now(), 1, Hold(HoldStage.Booked), At(99)).Now();
        Assert.Equal((null, Box<Guests>("s")), (again.Beds!.Guests, again.Beds.Said));
        Assert.Null(BedSearching.GuestsOf(again));
    }

    /// <summary>A machine must not look for one bed where a call-taker has said that there are four of them.</summary>
    [Fact]
    public void What_only_a_call_taker_said_of_them_is_not_forgotten_for_one_who_comes_alone()
    {
        var alert = BedAsking.Request(Searching(), new RequestBed("fatou", "k", Guests: new Guests(4), Said: Box<Guests>("s")), Known(House("rose", 4)), At(1)).Now().Held().Booked();
        alert = BedAnswers.Pulled(alert, 0, Hold(null, GoneHow.Withdrawn), At(90)).Now();
        Assert.Null(BedSearching.GuestsOf(alert));
        Assert.True(BedSearching.Step(alert, Known(House("lily")), At(91)).Now().Rings(RingReason.NoBed));
    }

    /// <summary>A house that has not answered yet is asked again for the same people.</summary>
    [Fact]
    public void What_is_still_asked_of_a_house_keeps_for_whom_it_is()
    {
        var press = Press(Need.Shelter) with { Party = Box<Party>("p"), Guests = Guests.With(new Party(0, [3]), child: false) };
        var asked = Searching(press).Asked(House("rose", 3));
        asked = Asking.EnterStep(asked, Need.Shelter, [Person("amal", Need.Shelter)], At(1)).Now();

        var filled = Answering.Accept(asked, 0, "amal", Mode.ReceivesHer, 20, At(2)).Now();

        Assert.Equal((NeedStage.Filled, BedState.Requested), (filled.Needs.Single().Stage, filled.Request().State));
        Assert.NotNull(filled.Beds!.Guests);
        Assert.Null(filled.Held().Beds!.Guests);
    }

    [Fact]
    public void What_only_the_sealed_party_says_no_machine_asks_for()
    {
        var alert = Searching(Press(Need.Shelter) with { Party = Box<Party>("p") });
        Assert.Null(BedSearching.GuestsOf(alert));

        Assert.True(BedSearching.Step(alert, Known(House("rose")), At(1)).Now().Rings(RingReason.NoBed));
        Assert.Equal("partyUnknown", BedAsking.Request(alert, new RequestBed("fatou", "k"), Known(House("rose")), At(1)).Outcome());
    }

    [Fact]
    public void A_child_of_whom_nothing_is_known_comes_alone()
    {
        var guests = BedSearching.GuestsOf(Searching(Press(Need.Shelter) with { AgeBand = AgeBand.Under12 }))!;
        Assert.Equal((0, 1), (guests.Adults, guests.Children.Length));
    }

    [Fact]
    public void A_clock_set_back_makes_nobody_wait_for_when_it_was_wrong()
    {
        var alert = Searching().Asked(House("rose"));
        alert = Clock.Accept(alert, Night.AddHours(-3));
        Assert.Equal(Night.AddHours(-3).AddMinutes(10), BedSearching.NextAt(alert));
    }

    [Theory]
    [InlineData(Verification.None, Mode.ReceivesHer)]
    [InlineData(Verification.Voice, Mode.MeetsAt)]
    public void She_reads_that_she_is_received_and_a_meeting_only_where_she_is_known(Verification verification, Mode mode)
    {
        var alert = Searching(Press(Need.Shelter) with { Verification = verification }).Asked(House("rose")).Held();
        Assert.Equal(SurvivorStatus.Received, SurvivorViews.Of(alert, 0, At(5)).Status);

        var view = SurvivorViews.Of(alert.Booked(), 0, At(60));

        Assert.Equal((SurvivorStatus.Accepted, NeedStage.Filled, (Mode?)mode), (view.Status, view.Needs.Single().State, view.Needs.Single().Mode));
    }
}
