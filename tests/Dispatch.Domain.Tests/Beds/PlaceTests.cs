using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Shelters;
using Dispatch.Domain.Survivors;
using static Dispatch.Domain.Tests.Beds.GivenSearch;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Beds;

/// <summary>Hotels and host families: a human asks, and the alert keeps what they said.</summary>
public sealed class PlaceTests
{
    private static readonly OrganisationFacts Inns = new("inns", OrganisationKind.WomensGroup);
    private static readonly ImmutableArray<OverflowPlace> Listed = [Place("inn"), Place("family")];

    [Fact]
    public void A_yes_ends_the_search_and_gives_every_hold_back()
    {
        var alert = Says(Searching().Asked(House("rose")).Held(), "inn", PlaceSays.Asked, 30).Now();
        Assert.Equal((NeedStage.Asking, PlaceState.Asked), (alert.Needs.Single().Stage, alert.Beds!.PlaceOf("inn")!.State));
        Assert.Null(alert.Beds.YesSince);

        alert = Says(alert, "inn", PlaceSays.Yes, 40, until: 40_000).Now();

        Assert.Equal((NeedStage.Filled, BedState.Releasing), (alert.Needs.Single().Stage, alert.Request().State));
        Assert.Equal(((DateTimeOffset?)At(40), At(30), (DateTimeOffset?)At(40_000), "fatou"), (alert.Beds!.YesSince, alert.Beds.Beside!.AskedAt, alert.Beds.Beside.Until, alert.Beds.Beside.By));
        Assert.Null(alert.Ring);
        Assert.False(BedSearching.Due(alert, pull: true, At(700)));
        Assert.Equal((SurvivorStatus.Accepted, (DateTimeOffset?)At(40)), (SurvivorViews.Of(alert, 0, At(50)).Status, SurvivorViews.Of(alert, 0, At(50)).Needs.Single().AcceptedAt));
        Assert.Equal([HistoryKind.PlaceAsked, HistoryKind.PlaceYes], alert.Trail.Where(l => l.Place == "inn").Select(l => l.Kind));
    }

    [Fact]
    public void A_no_has_a_reason_and_asks_the_next_one()
    {
        var alert = Searching();
        Assert.Equal("reasonRequired", AskingPlaces.Say(alert, new PlaceAnswer("inn", PlaceSays.No, "fatou"), Listed, At(10)).Outcome());
        alert = Says(alert, "inn", PlaceSays.No, 10).Now();
        Assert.Equal((PlaceState.No, (PassedOver?)PassedOver.Full, "full"), (alert.Beds!.PlaceOf("inn")!.State, alert.Beds.PlaceOf("inn")!.Why, alert.Trail[^1].Detail));
        Assert.Equal(NeedStage.Asking, alert.Needs.Single().Stage);
        Assert.Equal("changed", Says(alert, "family", PlaceSays.Yes, 20).Outcome());
        Assert.Equal(PlaceState.Asked, Says(alert, "inn", PlaceSays.Asked, 30).Now().Beds!.PlaceOf("inn")!.State);
    }

    [Fact]
    public void What_was_said_already_changes_nothing()
    {
        var yes = Says(Searching(), "inn", PlaceSays.Yes, 10, until: 5000).Now();
        Says(yes, "inn", PlaceSays.Yes, 20, until: 5000).As<Decision.Unchanged>();
        Says(yes, "inn", PlaceSays.Yes, 20).As<Decision.Unchanged>();
        Says(yes, "inn", PlaceSays.Asked, 20).As<Decision.Unchanged>();
        var longer = Says(yes, "inn", PlaceSays.Yes, 20, until: 9000).Now();
        Assert.Equal(((DateTimeOffset?)At(9000), (DateTimeOffset?)At(10)), (longer.Beds!.Beside!.Until, longer.Beds.Beside.AnsweredAt));
        Assert.Equal(At(5000), Says(yes, "inn", PlaceSays.Arrived, 20).Or(yes).Beds!.Beside!.Until);
        var no = Says(Searching(), "inn", PlaceSays.No, 10).Now();
        Says(no, "inn", PlaceSays.No, 20).As<Decision.Unchanged>();
        Assert.Equal(PassedOver.NotNow, AskingPlaces.Say(no, new PlaceAnswer("inn", PlaceSays.No, "fatou", Why: PassedOver.NotNow), Listed, At(20)).Now().Beds!.PlaceOf("inn")!.Why);
    }

    [Fact]
    public void She_has_one_bed()
    {
        var yes = Says(Searching(), "inn", PlaceSays.Yes, 10).Now();
        Assert.Equal("heldAlready", Says(yes, "family", PlaceSays.Yes, 20).Outcome());
        Assert.Equal("changed", Says(yes, "family", PlaceSays.Asked, 20).Outcome());
        Assert.Equal("heldAlready", Says(Searching().Asked(House("rose")).Held().Booked(), "inn", PlaceSays.Yes, 70).Outcome());
    }

    [Fact]
    public void Who_was_in_a_house_and_left_it_may_have_a_place()
    {
        var left = Searching(Press(Need.Shelter, Need.Legal)).Asked(House("rose")).Held().Booked();
        left = BedAnswers.Pulled(BedAnswers.Pulled(left, 0, Hold(HoldStage.Occupied), At(900)).Now(), 0, Hold(null, GoneHow.Left), At(9000)).Now();
        Assert.Equal("changed", Says(left, "inn", PlaceSays.Yes, 9100).Outcome());
    }

    [Fact]
    public void Given_back_the_search_goes_on_and_the_line_rings()
    {
        var yes = Says(Searching(), "inn", PlaceSays.Yes, 10).Now();

        var released = AskingPlaces.Release(yes, "inn", "awa", At(100)).Now();

        Assert.Equal((NeedStage.Asking, PlaceState.Over, "awa"), (released.Needs.Single().Stage, released.Beds!.PlaceOf("inn")!.State, released.Beds.PlaceOf("inn")!.By));
        Assert.Equal((RingReason.Reopened, At(100)), (released.Ring!.Reason, released.Ring.At));
        Assert.True(BedSearching.Due(released, pull: false, At(100)));
        AskingPlaces.Release(released, "inn", "awa", At(110)).As<Decision.Unchanged>();
        Assert.Equal("notFound", AskingPlaces.Release(released, "family", "awa", At(110)).Outcome());
        Assert.Equal("changed", Says(released, "inn", PlaceSays.Yes, 120).Outcome());
        Assert.Equal(NeedStage.Asking, Says(yes, "inn", PlaceSays.No, 30).Now().Needs.Single().Stage);
    }

    [Fact]
    public void When_it_is_hers_no_longer_the_line_rings_by_itself()
    {
        var yes = Says(Searching(), "inn", PlaceSays.Yes, 10, until: 5000).Now();
        Assert.Equal(At(5000), Silence.NextDue(yes));
        Silence.Tick(yes, At(4999)).As<Decision.Unchanged>();

        var over = Silence.Tick(yes, At(5000)).Now();

        Assert.Equal((PlaceState.Over, NeedStage.Asking, RingReason.Reopened), (over.Beds!.PlaceOf("inn")!.State, over.Needs.Single().Stage, over.Ring!.Reason));
        Assert.Equal((HistoryKind.PlaceOver, (string?)null), (over.Trail[^1].Kind, over.Trail[^1].Who));
        Assert.Null(AskingPlaces.NextAt(over));
    }

    [Fact]
    public void She_is_there_and_nothing_else_is_open_so_it_is_resolved()
    {
        var yes = Says(Searching(), "inn", PlaceSays.Yes, 10, until: 5000).Now();
        var there = Says(yes, "inn", PlaceSays.Arrived, 900).Now();
        Assert.Equal((Stage.Ended, EndedHow.Resolved, "fatou"), (there.Stage, there.Ending!.How, there.Ending.By));
        Assert.Null(AskingPlaces.NextAt(there));
        Assert.Empty(there.Alarms);
        Assert.Equal("ended", Says(there, "inn", PlaceSays.No, 950).Outcome());

        var more = Says(Says(Searching(Press(Need.Shelter, Need.Legal)), "inn", PlaceSays.Yes, 10).Now(), "inn", PlaceSays.Arrived, 900).Now();
        Assert.Equal(Stage.Open, more.Stage);
        Assert.Equal("wrongProgress", Says(more, "inn", PlaceSays.No, 950).Outcome());
        Assert.Equal("wrongProgress", AskingPlaces.Release(more, "inn", "fatou", At(950)).Outcome());
        Assert.Equal(PlaceState.Yes, Says(more, "inn", PlaceSays.Yes, 950).Or(more).Beds!.Beside!.State);
        Assert.Equal("wrongProgress", Says(Says(Searching(), "inn", PlaceSays.No, 10).Now(), "inn", PlaceSays.Arrived, 20).Outcome());
    }

    [Fact]
    public void A_house_that_said_yes_later_gives_its_bed_back_and_one_before_it_is_hers()
    {
        var held = Searching().Asked(House("rose")).Held();
        var late = Says(held, "inn", PlaceSays.Yes, 50).Now();
        late = BedAnswers.Answered(late, Released(BedRefusal.PersonRequired, Hold(HoldStage.Booked)), At(60)).Now();
        Assert.Null(late.Beds!.Hers);
        Assert.Equal((true, true), (late.Request().Surplus, late.Rings(RingReason.BedBooked)));

        var freed = AskingPlaces.Release(late, "inn", "fatou", At(70)).Now();

        Assert.Equal(("rose", false, false), (freed.Beds!.Hers!.Shelter, freed.Request().Surplus, freed.Rings(RingReason.BedBooked)));
        Assert.Equal(NeedStage.Filled, freed.Needs.Single().Stage);
    }

    [Fact]
    public void At_a_bad_end_the_line_tells_the_place_and_the_release_goes_through()
    {
        var ended = Cancelling.Cancel(Says(Searching(), "inn", PlaceSays.Yes, 10).Now(), PinVerdict.NotSet, At(50)).Now();
        Assert.True(ended.Rings(RingReason.BedBooked));
        Assert.False(ended.Over);

        var told = AskingPlaces.Release(ended, "inn", "fatou", At(60)).Now();

        Assert.False(told.Rings(RingReason.BedBooked));
        Assert.True(told.Over);
    }

    [Fact]
    public void Whoever_must_not_know_is_neither_asked_nor_kept()
    {
        var excluded = Adding.Add(Searching(), ByCallTaker() with { Exclusions = new Exclusions { Organisations = ["inns"] } }, At(1)).Now();
        Assert.Equal("notFound", Says(excluded, "inn", PlaceSays.Asked, 10).Outcome());
        var since = Adding.Add(Says(Searching(), "inn", PlaceSays.Yes, 10).Now(), ByCallTaker() with { Exclusions = new Exclusions { Organisations = ["inns"] } }, At(20)).Now();
        Assert.True(since.Rings(RingReason.BedBooked));
        Assert.Equal("notFound", Says(since, "inn", PlaceSays.Arrived, 30).Outcome());
        Assert.Equal("changed", Says(since, "inn", PlaceSays.No, 30).Outcome());
    }

    [Fact]
    public void Only_places_of_her_area_that_are_on_the_list()
    {
        Assert.Equal("notFound", Says(Searching(), "nowhere", PlaceSays.Asked, 10).Outcome());
        Assert.Equal("notFound", AskingPlaces.Say(Searching(), Answer("inn", PlaceSays.Asked), [Place("inn") with { Areas = ["XX/other"] }], At(10)).Outcome());
        Assert.Equal("notFound", AskingPlaces.Say(Searching(), Answer("inn", PlaceSays.Asked), [Place("inn") with { Tenant = "YY" }], At(10)).Outcome());
        var asked = Says(Searching(), "inn", PlaceSays.Asked, 10).Now();
        Assert.Equal("changed", AskingPlaces.Say(asked, Answer("inn", PlaceSays.Yes), [], At(20)).Outcome());
        var drill = Searching(Press(Need.Shelter) with { Exercise = true, DrillWindowOpen = true });
        Assert.Equal("notAllowedHere", Says(drill, "inn", PlaceSays.Asked, 10).Outcome());
        var places = Enumerable.Range(0, BedSearch.MaxRequests + 1).Select(i => Place($"p{i}")).ToImmutableArray();
        var full = places.Take(BedSearch.MaxRequests).Aggregate(Searching(), (a, p) => AskingPlaces.Say(a, Answer(p.Id, PlaceSays.Asked), places, At(10)).Now());
        Assert.Equal("tooMany", AskingPlaces.Say(full, Answer(places[^1].Id, PlaceSays.Asked), places, At(20)).Outcome());
        Assert.Equal("changed", AskingPlaces.Say(full, Answer("p3", PlaceSays.Yes), places, At(20)).Outcome());
    }

    [Fact]
    public void A_place_asked_by_hand_opens_the_need()
    {
        var alert = Says(Searching(Press(Need.Health)), "inn", PlaceSays.Yes, 10).Now();
        Assert.Contains(alert.Needs, n => n is { Need: Need.Shelter, Stage: NeedStage.Filled });
    }

    private static OverflowPlace Place(string id) => new(id, OverflowKind.PartnerHotel, "XX", Inns, ["XX/demo"], new HouseRules(), TravelHours.Always, 0);

    private static PlaceAnswer Answer(string place, PlaceSays says) => new(place, says, "fatou");

    private static Decision Says(Alert alert, string place, PlaceSays says, double at, double? until = null) =>
        AskingPlaces.Say(alert, new PlaceAnswer(place, says, "fatou", until is { } end ? At(end) : null, says is PlaceSays.No ? PassedOver.Full : null), Listed, At(at));
}
