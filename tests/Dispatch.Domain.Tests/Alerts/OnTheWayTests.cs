using System.Text.Json;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.Sealing;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>Whoever goes out says now and then that she is well, and has a button for when she is not.</summary>
public sealed class OnTheWayTests
{
    private const int Every = 20 * 60;

    private static readonly Table Cells = Table.Of("""
        her offer is               | checkIn     | panic
        open                       | notFound    | notFound
        accepted.accepted          | changed     | changed
        accepted.noConflict        | changed     | changed
        accepted.enRoute           | changed     | changed
        accepted.pickedUp          | changed     | changed
        accepted.arrived           | changed     | changed
        accepted.done              | offerClosed | changed
        accepted.released          | offerClosed | changed
        accepted.standOff          | offerClosed | changed
        accepted.callOff           | offerClosed | changed
        silent.accepted            | changed     | changed
        silent.noConflict          | changed     | changed
        silent.enRoute             | changed     | changed
        declined.busy              | notFound    | notFound
        declined.tooFar            | notFound    | notFound
        declined.unsafe            | notFound    | notFound
        declined.conflict          | notFound    | notFound
        declined.other             | notFound    | notFound
        withdrawn.filled           | notFound    | notFound
        withdrawn.excluded         | notFound    | notFound
        withdrawn.conflict         | notFound    | notFound
        withdrawn.consentWithdrawn | notFound    | notFound
        withdrawn.offDuty          | notFound    | notFound
        withdrawn.ended            | notFound    | notFound
        withdrawn.needClosed       | notFound    | notFound
        withdrawn.notVetted        | notFound    | notFound
        withdrawn.afterAccepting   | offerClosed | changed
        """);

    public static TheoryData<string, string, string> AllCells() => Cells.Cells();

    [Theory, MemberData(nameof(AllCells))]
    public void A_check_in_and_a_panic_on_an_offer_in_each_state(string state, string command, string expected)
    {
        var alert = OfferStates.AlertWith(state);
        Assert.Equal(expected, (command == "panic" ? OnTheWay.Panic(alert, 0, OfferStates.Amal, At(5)) : OnTheWay.CheckIn(alert, 0, OfferStates.Amal, At(5))).Outcome());
        Assert.Equal("notFound", OnTheWay.Panic(alert, 0, "mallory", At(5)).Outcome());
        Assert.Equal("notFound", OnTheWay.CheckIn(alert, 0, "mallory", At(5)).Outcome());
    }

    [Fact]
    public void Words_with_which_an_alarm_of_an_ended_alert_is_closed_are_kept_and_nothing_else_is()
    {
        var story = Travelling();
        story.Cancels(PinVerdict.Right);
        var words = ByCallTaker() with { Note = new Sealed<string>("box") };
        Assert.Equal("ended", story.Adds(words).Outcome());
        story.Panics("p01");
        Assert.Equal("ended", story.Adds(words with { By = Consent.Survivor }).Outcome());
        Assert.Equal("ended", story.Adds(words with { Needs = [Need.Legal] }).Outcome());
        Assert.Equal("ended", story.Adds(words with { WomenOnly = true }).Outcome());
        Assert.Equal("changed", story.Adds(words).Outcome());
        Assert.Equal(words.By, Assert.Single(story.Alert.Notes).By);
        Assert.Equal(Stage.Ended, story.Alert.Stage);
        story.Closes(words.By, Assert.Single(story.Alert.Alarms).Ring.ItemId);
        Assert.Equal("ended", story.Adds(words).Outcome());
    }

    [Fact]
    public void The_table_has_a_row_for_every_state() => Cells.HasRows(OfferStates.Names);

    [Fact]
    public void A_panic_rings_at_once_names_the_offer_and_nothing_she_does_stops_it()
    {
        var story = Travelling();
        story.Panics("p01");
        var item = Assert.Single(WatchRow.Of(story.Alert).Items, i => i.Reason is RingReason.ResponderInDanger);
        Assert.Equal(("a1:responderInDanger", "a1.0", story.Now), (item.ItemId, item.OfferId, item.At));
        Assert.Equal(QueueState.Ringing, QueueItem.Of(WatchRow.Of(story.Alert), item, null, story.Now).State);
        story.DoWhatIsDue();
        Assert.Equal("same", story.Panics("p01").Outcome());
        story.ChecksIn("p01");
        story.Reports("p01", Progress.Arrived);
        story.Reports("p01", Progress.Done);
        Assert.Equal(Stage.Ended, story.Alert.Stage);
        Assert.True(Assert.Single(story.Alert.Alarms).Ring.Begun);
        Assert.Equal(story.Alert.Alarms[0].Ring.At.AddSeconds(60), Silence.NextDue(story.Alert));
    }

    [Fact]
    public void A_panic_after_the_end_rings_and_a_new_one_after_a_human_closed_the_first()
    {
        var story = Travelling();
        story.Cancels(PinVerdict.Right);
        story.Panics("p01");
        story.Takes("fatou", "a1:responderInDanger");
        Assert.Equal("same", story.Panics("p01").Outcome());
        story.Closes("fatou", "a1:responderInDanger");
        Assert.Empty(story.Alert.Alarms);
        story.Panics("p01");
        Assert.Equal("a1:responderInDanger.2", Assert.Single(story.Alert.Alarms).Ring.ItemId);
        Assert.Equal(EndedHow.Cancelled, story.Alert.Ending!.How);
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    [InlineData(3 * 3600, true)]
    public void A_panic_rings_anew_after_the_first_was_taken_and_not_closed(int seconds, bool anew)
    {
        var story = Travelling();
        story.Panics("p01");
        story.Takes("fatou", "a1:responderInDanger");
        story.At(seconds);
        Assert.Equal(anew ? "changed" : "same", story.Panics("p01").Outcome());
        var alarm = Assert.Single(story.Alert.Alarms);
        Assert.Equal((anew ? "a1:responderInDanger.2" : "a1:responderInDanger", anew), (alarm.Ring.ItemId, alarm.Taken is null));
        Assert.Equal(At(anew ? seconds : 0), story.OfferOf("p01").Assignment!.PanicAt);
    }

    [Fact]
    public void A_check_in_missed_again_rings_anew_after_the_first_was_taken_and_not_closed()
    {
        var story = Travelling().At(Every);
        story.Takes("fatou", "a1:responderInDanger");
        story.ChecksIn("p01");
        Assert.NotNull(Assert.Single(story.Alert.Alarms).Taken);
        story.At(2 * Every);
        Assert.True(story.OfferOf("p01").Assignment!.CheckInMissed);
        Assert.Equal(("a1:responderInDanger.2", null), (Assert.Single(story.Alert.Alarms).Ring.ItemId, story.Alert.Alarms[0].Taken));
    }

    [Fact]
    public void What_a_panic_began_ends_with_a_human_also_when_a_missed_check_in_rang_in_between()
    {
        var story = Travelling();
        story.Panics("p01");
        story.Takes("fatou", "a1:responderInDanger");
        story.At(Every);
        story.ChecksIn("p01");
        Assert.Equal("a1:responderInDanger.2", Assert.Single(story.Alert.Alarms).Ring.ItemId);
        story.Reports("p01", Progress.Done);
        Assert.Single(story.Alert.Alarms);
    }

    [Fact]
    public void A_panic_handed_back_rings_at_once_also_by_a_clock_that_was_set_back()
    {
        var story = Travelling().At(10);
        story.Panics("p01");
        story.Takes("fatou", "a1:responderInDanger");
        story.ClockReads(-7200);
        story.HandsBack("fatou", "a1:responderInDanger");
        Assert.Equal(At(-7200), Assert.Single(story.Alert.Alarms).Ring.At);
    }

    [Fact]
    public void Every_one_of_many_on_the_way_is_heard()
    {
        var press = Press(Need.Health) with { Verification = Verification.InPerson, Modes = [Mode.ComesToHer] };
        var story = Story.Of(press, Rules() with { Steps = [new(0, 80)], Needs = [new(Need.Health, [Mode.ComesToHer], 80)] }, People(80));
        foreach (var offer in story.Alert.Offers)
        {
            story.Accepts(offer.Responder, Mode.ComesToHer);
            story.Panics(offer.Responder);
        }

        Assert.Equal(80, story.Alert.Alarms.Length);
    }

    [Fact]
    public void A_panic_rings_after_everybody_was_asked_anew_and_an_earlier_one_is_not_forgotten()
    {
        var story = Travelling();
        story.Cancels(PinVerdict.Duress);
        story.Panics("p01");
        story.At(120).Try((a, now) => DecidingDuress.Decide(a, DuressChoice.GoOn, "djeneba", "forced", now));
        Assert.Equal(OfferState.Open, story.OfferOf("p01").State);
        Assert.Equal("same", story.Panics("p01").Outcome());
        story.Takes("fatou", "a1:responderInDanger");
        Assert.Equal("changed", story.Panics("p01").Outcome());
        Assert.Equal(("a1:responderInDanger.2", null), (Assert.Single(story.Alert.Alarms).Ring.ItemId, story.Alert.Alarms[0].Taken));
        Assert.Equal(At(120), story.OfferOf("p01").Former!.PanicAt);
        // What her page is answered with: the journey that was stopped, and nothing that was sealed.
        Assert.True(Slices.For(story.Alert, 0, "p01") is { Open: false, Offer.Assignment: { State: AssignmentState.StandOff, PanicAt: not null } });
        Assert.Equal("notFound", story.ChecksIn("p01").Outcome());
    }

    [Fact]
    public void A_panic_takes_no_help_from_her_and_ends_nothing()
    {
        var (calm, danger) = (Travelling(), Travelling());
        danger.Panics("p01");
        danger.Takes("fatou", "a1:responderInDanger");
        Assert.Equal(JsonSerializer.Serialize(calm.Alert.Needs, DispatchJson.Options), JsonSerializer.Serialize(danger.Alert.Needs, DispatchJson.Options));
        Assert.Equal((calm.Alert.Ring, calm.Alert.Taken), (danger.Alert.Ring, danger.Alert.Taken));
    }

    [Theory]
    [InlineData(Mode.ComesToHer, true)]
    [InlineData(Mode.Escorts, true)]
    [InlineData(Mode.MeetsAt, true)]
    [InlineData(Mode.ReceivesHer, false)]
    [InlineData(Mode.CallsHer, false)]
    public void Who_is_on_a_journey_and_not_heard_of_in_time_rings_the_queue(Mode mode, bool rings)
    {
        var story = Travelling(mode);
        Assert.Empty(story.At(Every - 0.001).Alert.Alarms);
        story.At(Every);
        Assert.Equal(rings ? 1 : 0, story.Alert.Alarms.Length);
        Assert.Equal(rings, story.OfferOf("p01").Assignment!.CheckInMissed);
    }

    [Theory]
    [InlineData("checkIn")]
    [InlineData("enRoute")]
    [InlineData("arrived")]
    public void A_sign_of_life_moves_the_next_one_and_takes_back_what_nobody_took(string sign)
    {
        var story = Travelling().At(Every / 2.0);
        Says();
        Assert.Empty(story.At((1.5 * Every) - 0.001).Alert.Alarms);
        Assert.Single(story.At(1.5 * Every).Alert.Alarms);
        story.At((1.5 * Every) + 30);
        Says();
        Assert.Empty(story.Alert.Alarms);
        Assert.Equal(At((2.5 * Every) + 30), OnTheWay.CheckInAt(story.Alert, story.OfferOf("p01")));

        void Says()
        {
            if (sign == "checkIn" || story.OfferOf("p01").Assignment!.State is AssignmentState.Arrived) story.ChecksIn("p01");
            else story.Reports("p01", Enum.Parse<Progress>(sign, ignoreCase: true));
        }
    }

    [Fact]
    public void A_panic_while_a_missed_check_in_rings_or_is_taken_is_not_lost()
    {
        var story = Travelling().At(Every);
        story.Panics("p01");
        story.ChecksIn("p01");
        Assert.Single(story.Alert.Alarms);

        var taken = Travelling().At(Every);
        taken.Takes("fatou", "a1:responderInDanger");
        taken.Panics("p01");
        Assert.Equal(("a1:responderInDanger.2", null), (Assert.Single(taken.Alert.Alarms).Ring.ItemId, taken.Alert.Alarms[0].Taken));
    }

    [Fact]
    public void Nobody_is_waited_for_before_setting_out_after_she_is_done_or_while_standing_off()
    {
        var story = Story.Of(PressWith(Mode.ComesToHer), Rules(), Person("p01"));
        story.Accepts("p01", Mode.ComesToHer);
        story.Reports("p01", Progress.NoConflict);
        Assert.Null(OnTheWay.CheckInAt(story.Alert, story.OfferOf("p01")));
        story.Reports("p01", Progress.EnRoute, 30);
        Assert.NotNull(OnTheWay.CheckInAt(story.Alert, story.OfferOf("p01")));
        story.Cancels(PinVerdict.Duress);
        Assert.Null(OnTheWay.CheckInAt(story.Alert, story.OfferOf("p01")));
    }

    [Fact]
    public void A_protocol_that_never_or_always_asks_cannot_run()
    {
        Assert.Equal("check_in_out_of_bounds", (Rules() with { CheckInEverySeconds = 59 }).Fault());
        Assert.Null((Rules() with { CheckInEverySeconds = 60 }).Fault());
        Assert.Equal("check_in_out_of_bounds", (Rules() with { CheckInEverySeconds = (4 * 3600) + 1 }).Fault());
    }

    /// <summary>p01 set out at the press; the ETA is far, so that only the check-in can fall due.</summary>
    private static Story Travelling(Mode mode = Mode.ComesToHer)
    {
        var story = Story.Of(PressWith(mode), Rules(), Person("p01"));
        story.Accepts("p01", mode, 300);
        story.Reports("p01", Progress.NoConflict);
        story.Reports("p01", Progress.EnRoute, 300);
        return story;
    }

    private static RaiseAlert PressWith(Mode mode) => Press(Need.Health) with { Verification = Verification.InPerson, Modes = [mode] };
}
