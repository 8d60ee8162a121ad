using Dispatch.Domain.Alerts;
using Dispatch.Domain.Survivors;
using static Dispatch.Domain.Tests.Alerts.Journey;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>The driver's own journey: on the way, she is in the car, arrived; and who is called when one of these takes too long.</summary>
public sealed class RidingTests
{
    [Fact]
    public void Each_leg_is_one_report_and_stands_in_the_history_with_its_time()
    {
        var story = UnderWay();
        story.At(600).Says(Progress.PickedUp, 20).Now();
        story.At(1500).Says(Progress.Arrived).Now();

        var legs = story.Alert.Trail.Where(e => e is { Kind: HistoryKind.Progress, Need: Need.Transport });
        Assert.Equal([("noConflict", At(10)), ("enRoute", At(10)), ("pickedUp", At(600)), ("arrived", At(1500))], legs.Select(e => (e.Detail!, e.At)));
        Assert.All(legs, e => Assert.Equal(Issa, e.Who));
    }

    [Theory]
    [InlineData(Progress.EnRoute)]
    [InlineData(Progress.PickedUp)]
    [InlineData(Progress.Arrived)]
    public void The_same_tap_again_changes_nothing(Progress leg)
    {
        var story = UnderWay();
        Progress[] legs = [Progress.EnRoute, Progress.PickedUp, Progress.Arrived];
        foreach (var each in legs.Take(Array.IndexOf(legs, leg) + 1)) story.At(20).Says(each);
        Assert.Equal("same", story.At(40).Says(leg).Outcome());
    }

    [Fact]
    public void She_reads_that_she_is_on_the_way_and_that_she_has_arrived()
    {
        var story = UnderWay();
        Assert.Equal((null, 12), HerLeg(story));
        story.At(600).Says(Progress.PickedUp, 20);
        Assert.Equal((SurvivorLeg.Aboard, 20), HerLeg(story));
        story.Says(Progress.Arrived);
        Assert.Equal(SurvivorLeg.There, HerLeg(story).Leg);
    }

    [Fact]
    public void A_tap_that_was_lost_on_the_way_does_not_keep_the_next_one_from_being_said()
    {
        var story = Accepted();
        story.Says(Progress.NoConflict).Now();
        Assert.Equal("changed", story.Says(Progress.PickedUp).Outcome());
        Assert.Equal("wrongProgress", story.Says(Progress.EnRoute).Outcome());
        Assert.Equal("changed", story.Says(Progress.Done).Outcome());
    }

    [Fact]
    public void Nobody_but_a_driver_has_her_in_the_car()
    {
        var story = Story.Of(Press(Need.Health) with { Verification = Verification.Voice }, Rules(), Person("awa"));
        story.At(10).Accepts("awa", Mode.MeetsAt);
        story.Reports("awa", Progress.NoConflict);
        Assert.Equal("wrongProgress", story.Reports("awa", Progress.PickedUp).Outcome());
    }

    [Theory]
    // what was promised at the pick-up, and how long after it the line is called
    [InlineData(20, 30 * 60)]
    [InlineData(60, 75 * 60)]
    [InlineData(null, 45 * 60)]
    public void With_her_in_the_car_and_late_the_line_is_called_once_and_nobody_else_is_asked(int? eta, int after)
    {
        var story = PickedUp(eta);
        KeepsChecking(story, 600 + after - 1);
        Assert.Equal(0, story.Called(RingReason.LateOnTheWay));

        KeepsChecking(story, 600 + after);
        Assert.Equal(1, story.Called(RingReason.LateOnTheWay));
        Assert.True(story.Drive().Assignment is { Late: true, Silent: false, State: AssignmentState.PickedUp });
        Assert.Equal(NeedStage.Filled, story.NeedOf(Need.Transport).Stage);

        KeepsChecking(story, 600 + after + 3600);
        Assert.Equal(1, story.Called(RingReason.LateOnTheWay));
        Assert.Single(story.Alert.Trail, e => e.Kind is HistoryKind.LateOnTheWay && e.Who == Issa);
    }

    [Fact]
    public void The_protocol_says_how_long_a_ride_may_take()
    {
        var story = PickedUp();
        story.Alert = story.Alert with { Rules = story.Alert.Rules! with { RideWithinSeconds = 600 } };
        Assert.Equal(0, story.At(1199).Called(RingReason.LateOnTheWay));
        Assert.Equal(1, story.At(1200).Called(RingReason.LateOnTheWay));
    }

    [Fact]
    public void Arrived_or_heard_of_with_another_hour_the_call_that_nobody_took_goes()
    {
        var late = PickedUp(10);
        KeepsChecking(late, 600 + (20 * 60));
        Assert.Equal(1, late.Called(RingReason.LateOnTheWay));
        late.Says(Progress.PickedUp, 15).Now();
        Assert.Equal(0, late.Called(RingReason.LateOnTheWay));
        Assert.False(late.Drive().Assignment!.Late);

        KeepsChecking(late, 600 + (20 * 60) + (25 * 60));
        Assert.Equal(1, late.Called(RingReason.LateOnTheWay));
        late.Says(Progress.Arrived).Now();
        Assert.Equal(0, late.Called(RingReason.LateOnTheWay));
    }

    /// <summary>Whoever is called next is called in her time, however often he taps.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(null)]
    public void The_same_tap_without_an_hour_neither_ends_the_call_nor_begins_it_anew(int? eta)
    {
        var story = PickedUp(eta);
        KeepsChecking(story, 600 + (45 * 60));
        var ring = story.Alert.Alarms.Single(a => a.Ring.Reason is RingReason.LateOnTheWay).Ring;
        story.At(600 + (45 * 60) + 50).Says(Progress.PickedUp);
        story.DoWhatIsDue();
        Assert.Equal((ring.ItemId, ring.At), story.Alert.Alarms.Where(a => a.Ring.Reason is RingReason.LateOnTheWay).Select(a => (a.Ring.ItemId, a.Ring.At)).Single());
    }

    [Fact]
    public void What_somebody_took_stays_hers_to_close()
    {
        var story = PickedUp(10);
        KeepsChecking(story, 600 + (20 * 60));
        var item = story.Alert.Alarms.Single(a => a.Ring.Reason is RingReason.LateOnTheWay).Ring.ItemId;
        story.Takes("fatou", item).Now();
        story.Says(Progress.Arrived).Now();
        Assert.Equal("fatou", story.Alert.Alarms.Single(a => a.Ring.ItemId == item).Taken!.By);
    }

    /// <summary>That she is well says nothing of when they arrive.</summary>
    [Fact]
    public void To_say_that_all_is_well_does_not_take_the_call_away()
    {
        var story = PickedUp(10);
        KeepsChecking(story, 600 + (20 * 60));
        story.At(600 + (21 * 60)).ChecksIn(Issa, Need.Transport).Now();
        Assert.Equal(1, story.Called(RingReason.LateOnTheWay));
    }

    [Fact]
    public void Who_does_not_come_is_given_up_for_another_driver_and_the_line_called()
    {
        var story = UnderWay(eta: 12);
        story.At(10 + (22 * 60));
        Assert.True(story.Drive().Assignment!.Silent);
        Assert.Equal((NeedStage.Asking, RingReason.Silent), (story.NeedOf(Need.Transport).Stage, story.Alert.Ring!.Reason));
        Assert.Equal(0, story.Called(RingReason.LateOnTheWay));
    }

    [Fact]
    public void What_was_promised_for_the_way_to_her_does_not_hold_for_the_ride()
    {
        var story = PickedUp();
        Assert.Null(story.Drive().Assignment!.EtaMinutes);
        story.Says(Progress.PickedUp, 30).Now();
        Assert.Equal(At(600 + (30 * 60)), story.Drive().Assignment!.EtaAt);
    }

    [Fact]
    public void In_the_car_he_says_now_and_then_that_all_is_well()
    {
        var story = PickedUp(120);
        Assert.Equal(At(600 + (20 * 60)), OnTheWay.CheckInAt(story.Alert, story.Drive()));
        Assert.Equal(1, story.At(600 + (20 * 60)).Called(RingReason.ResponderInDanger));
    }

    /// <summary>A forced cancel turns back who comes to her; nobody puts her out of the car.</summary>
    [Fact]
    public void Whoever_has_her_in_the_car_is_not_told_to_stand_off()
    {
        var story = PickedUp(20);
        story.Proposes("house", agreed: true).Now();
        story.Cancels(PinVerdict.Duress).Now();
        Assert.Equal(AssignmentState.PickedUp, story.Drive().Assignment!.State);
        Assert.Equal("house", Slices.For(story.Alert, story.Drive().No, Issa)!.Meetings.Single().Where.Box);
        Assert.Equal("changed", story.Says(Progress.Arrived).Outcome());

        var coming = UnderWay();
        coming.Cancels(PinVerdict.Duress).Now();
        Assert.Equal(AssignmentState.StandOff, coming.Drive().Assignment!.State);
    }

    /// <summary>Every other end tells whoever is on the way; this one, too.</summary>
    [Fact]
    public void Whoever_has_her_in_the_car_is_told_when_a_supervisor_ends_what_was_perhaps_forced()
    {
        var story = PickedUp(20);
        story.Cancels(PinVerdict.Duress).Now();
        story.Try((a, now) => DecidingDuress.Decide(a, DuressChoice.StandDown, "djeneba", "safe", now)).Now();
        Assert.Equal((Stage.Ended, AssignmentState.CallOff), (story.Alert.Stage, story.Drive().Assignment!.State));
        Assert.Contains(story.Alert.Outbox, p => p.ResponderId == Issa && p.Version == story.Alert.Version);
    }

    [Fact]
    public void The_second_of_a_pair_who_hands_back_does_not_keep_the_first_from_arriving()
    {
        var story = Story.Of(Press(Need.Transport) with { Modes = [Mode.Escorts] }, Rules(), Person(Issa, Need.Transport), Person("moussa", Need.Transport));
        foreach (var who in new[] { Issa, "moussa" })
        {
            story.At(10).Accepts(who, Mode.Escorts, need: Need.Transport).Now();
        }

        foreach (var who in new[] { Issa, "moussa" }) story.Reports(who, Progress.NoConflict, need: Need.Transport).Now();
        story.Says(Progress.PickedUp).Now();
        story.Reports("moussa", Progress.Released, need: Need.Transport).Now();
        Assert.Equal("changed", story.Says(Progress.Arrived).Outcome());
    }

    [Fact]
    public void A_ride_may_take_from_ten_seconds_to_six_hours()
    {
        Assert.Equal("limit_out_of_bounds", (Rules() with { RideWithinSeconds = 9 }).Fault());
        Assert.Equal("limit_out_of_bounds", (Rules() with { RideWithinSeconds = (6 * 3600) + 1 }).Fault());
        Assert.Null((Rules() with { RideWithinSeconds = 6 * 3600 }).Fault());
    }

    private static (SurvivorLeg? Leg, int? Minutes) HerLeg(Story story)
    {
        var need = SurvivorViews.Of(story.Alert, 0, story.Now).Needs.Single();
        return (need.Leg, need.EtaMinutes);
    }

    /// <summary>Lets time pass while the driver says now and then that all is well.</summary>
    private static void KeepsChecking(Story story, double until)
    {
        for (var at = (story.Now - Night).TotalSeconds + 600; at < until; at += 600) story.At(at).ChecksIn(Issa, Need.Transport);
        story.At(until);
    }
}
