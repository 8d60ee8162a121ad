using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>A console that rings unanswered is not a human: promise 1.</summary>
public sealed class RingingTests
{
    [Fact]
    public void The_console_rings_at_sixty_seconds_to_the_millisecond()
    {
        var story = Story.Of(People(9)).At(59.999);
        Assert.False(story.Alert.Ring!.Begun);
        Assert.Equal(QueueState.Waiting, ItemAt(story, 59.999).State);
        Assert.Equal(QueueState.Ringing, ItemAt(story, 60).State);
        Assert.True(story.At(60).Alert.Ring!.Begun);
        Assert.Contains(story.Alert.Outbox, p => p.To == Pending.Queue && p.Version == story.Alert.Version);
    }

    [Fact]
    public void The_item_is_in_the_queue_from_the_raise_and_the_watch_row_alone_knows_when_it_rings()
    {
        var raised = Raising.Raise(null, Press(), Night).Now();
        var row = WatchRow.Of(raised);
        Assert.Equal("a1:newAlert", row.ItemId);
        Assert.Equal(At(60), row.HumanAt);
        Assert.Equal(QueueState.Waiting, QueueItem.Of(row, row.Items.Single(), null, Night).State);
        Assert.Equal(QueueState.Ringing, QueueItem.Of(row, row.Items.Single(), null, At(60)).State);
    }

    [Fact]
    public void Untaken_for_sixty_seconds_the_duty_officer_is_told_and_sixty_later_the_backup()
    {
        var story = Story.Of(People(9)).At(119.999);
        Assert.Null(story.Alert.Ring!.DutyOfficerToldAt);
        Assert.Equal(At(120), story.At(120).Alert.Ring!.DutyOfficerToldAt);
        Assert.Contains(story.Alert.Outbox, p => p.To == Pending.DutyOfficer);
        Assert.Null(story.At(179.999).Alert.Ring!.BackupToldAt);
        Assert.Equal(At(180), story.At(180).Alert.Ring!.BackupToldAt);
        Assert.Contains(story.Alert.Outbox, p => p.To == Pending.Backup);
    }

    [Fact]
    public void The_console_rings_also_before_the_protocol_is_known()
    {
        var alert = Raising.Raise(null, Press(), Night).Now();
        Assert.Equal("same", Silence.Tick(alert, At(59.999)).Outcome());
        alert = Silence.Tick(alert, At(60)).Now();
        Assert.True(alert.Ring!.Begun);
        alert = Silence.Tick(alert, At(120)).Now();
        Assert.NotNull(Silence.Tick(alert, At(180)).Now().Ring!.BackupToldAt);
    }

    [Fact]
    public void A_protocol_may_ring_sooner() =>
        Assert.True(Story.Of(Press(), Rules() with { HumanAfterSeconds = 20 }).At(20).Alert.Ring!.Begun);

    [Fact]
    public void A_human_who_takes_it_stops_the_asking_and_the_ringing_on()
    {
        var story = Story.Of(People(9)).At(65);
        story.Takes("fatou");
        Assert.True(story.Alert.Covered);
        var before = story.Alert;
        story.At(3600);
        Assert.Same(before, story.Alert);
        Assert.Equal("changed", story.Accepts("p01").Outcome());
    }

    [Fact]
    public void The_alert_goes_on_asking_until_its_own_row_names_the_taker()
    {
        var story = Story.Of(People(9)).At(95);
        Assert.Equal(3, story.NeedOf().Steps.Length);
        story.Takes("fatou", "a1:other");
        story.At(150);
        Assert.Equal(4, story.NeedOf().Steps.Length);
    }

    [Fact]
    public void The_item_goes_when_every_need_is_filled_and_stays_while_one_is_not()
    {
        var story = Story.Of(Press(), Rules(), [.. People(2), Person("q1", Need.Psychosocial)]).At(10);
        story.Accepts("p01");
        Assert.NotNull(story.Alert.Ring);
        story.Accepts("q1", need: Need.Psychosocial);
        Assert.Null(story.Alert.Ring);
        Assert.Contains(story.Alert.Outbox, p => p.To == Pending.Queue && p.Version == story.Alert.Version);
    }

    [Fact]
    public void A_new_ring_after_silence_is_not_covered_by_the_earlier_taker()
    {
        var story = Story.Of(People(9)).At(61);
        story.Accepts("p01");
        story.Adds(ByCallTaker() with { Needs = [Need.Legal] });
        story.Takes("fatou");
        Assert.True(story.Alert.Covered);
        story.At(61 + 300);
        Assert.Equal(RingReason.Silent, story.Alert.Ring!.Reason);
        Assert.True(story.Alert.Ring.Begun);
        Assert.False(story.Alert.Covered);
        Assert.Equal("fatou", story.Alert.Taken!.By);
        Assert.Contains("p03", story.Asked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Closing_the_first_item_does_not_end_an_alert_that_rings_for_another_reason(bool duress)
    {
        var story = Story.Of(Press(Need.Health, Need.Legal), Rules(), People(9)).At(61);
        story.Takes("fatou");
        story.Accepts("p01");
        if (duress) story.Cancels(PinVerdict.Duress);
        story.At(61 + 300);
        Assert.Equal(duress ? RingReason.Duress : RingReason.Silent, story.Alert.Ring!.Reason);
        story.Closes("fatou", "a1:newAlert");
        Assert.Equal(Stage.Open, story.Alert.Stage);
        Assert.NotNull(story.Alert.Ring);
    }

    [Fact]
    public void Under_duress_it_rings_at_once_under_an_item_of_its_own_and_nobody_is_asked_any_more()
    {
        var story = Story.Of(People(9)).At(20);
        story.Cancels(PinVerdict.Wrong);
        Assert.Equal(RingReason.Duress, story.Alert.Ring!.Reason);
        Assert.Equal(At(20), story.Alert.Ring.At);
        Assert.NotEqual("a1:newAlert", story.Alert.Ring.ItemId);
        Assert.Empty(story.At(300).Asked);
        Assert.NotNull(story.Alert.Ring!.BackupToldAt);
        Assert.Single(story.NeedOf().Steps);
    }

    [Fact]
    public void A_need_added_after_everything_was_filled_rings_and_asks_again()
    {
        var story = Story.Of([.. People(2), Person("lawyer", Need.Legal)]).At(10);
        story.Accepts("p01");
        story.At(100).Adds(ByPhone() with { Needs = [Need.Legal] });
        Assert.Equal(["lawyer"], story.At(100).Asked);
        Assert.Equal(At(160), story.Alert.Ring!.At);
    }

    [Fact]
    public void What_has_begun_to_ring_rings_on_when_the_clock_is_set_back()
    {
        var story = Story.Of(People(1)).At(60);
        Assert.Equal(QueueState.Ringing, ItemAt(story, -7200).State);

        // Set back before it rang: everything pending is due, and so is the ringing.
        var early = Story.Of(People(1)).At(20);
        early.ClockReads(-7200).DoWhatIsDue();
        Assert.Equal(QueueState.Ringing, ItemAt(early, -7200).State);
    }

    [Fact]
    public void Handed_back_it_rings_again_as_a_new_item_and_people_are_asked_again()
    {
        var story = Story.Of(People(9)).At(70);
        story.Takes("fatou");
        Assert.True(story.Alert.AskingStopped);
        story.At(200).HandsBack("fatou", "a1:newAlert");
        Assert.Null(story.Alert.Taken);
        Assert.Equal(("a1:newAlert.2", RingReason.NewAlert, At(200)), (story.Alert.Ring!.ItemId, story.Alert.Ring.Reason, story.Alert.Ring.At));
        story.DoWhatIsDue();
        Assert.Equal([0, 40, 200], story.StepsAt());
        Assert.Contains(story.Alert.Trail, e => e is { Kind: HistoryKind.HandedBack, Who: "fatou" });
        Assert.Equal(At(260), story.At(260).Alert.Ring!.DutyOfficerToldAt);
    }

    /// <summary>A second person took it over and gave it back before the alert had looked: the line decides, whoever the alert believes has it.</summary>
    [Fact]
    public void Handed_back_by_whoever_took_it_over_it_rings_again()
    {
        var story = Story.Of(People(9)).At(70);
        story.Takes("fatou");
        story.At(75).HandsBack("awa", "a1:newAlert");
        Assert.False(story.Alert.AskingStopped);
        Assert.Equal(("a1:newAlert.2", (Taker?)null), (story.Alert.Ring!.ItemId, story.Alert.Taken));
        Assert.Equal(At(135), story.At(135).Alert.Ring!.DutyOfficerToldAt);
    }

    [Fact]
    public void What_was_given_back_before_the_next_one_took_it_changes_nothing()
    {
        var story = Story.Of(People(9)).At(70);
        story.Takes("fatou");
        var before = HandingOver.Apply(story.Alert, new Claim("a1:newAlert", ClaimState.HandedBack, "awa", At(65)), At(71));
        Assert.Equal("same", before.Outcome());
    }

    [Fact]
    public void An_item_beside_the_alert_rings_again_too_when_whoever_took_it_over_gives_it_back()
    {
        var alert = Raising.Raise(null, Press(Need.Health) with { By = Relaying.By, Agreed = new Agreement(AgreedHow.HerWord, At(0), "v1", "fr") }, At(0)).Now();
        var taken = HandingOver.Apply(alert, new Claim("a1:handOver", ClaimState.Taken, "fatou", At(5)), At(5)).Now();
        var given = HandingOver.Apply(taken, new Claim("a1:handOver", ClaimState.HandedBack, "awa", At(9)), At(9)).Now();
        Assert.Equal(("a1:handOver.2", (Taker?)null), (given.Alarms.Single().Ring.ItemId, given.Alarms.Single().Taken));
        Assert.Equal("same", HandingOver.Apply(taken, new Claim("a1:handOver", ClaimState.HandedBack, "awa", At(4)), At(9)).Outcome());
    }

    [Fact]
    public void Handed_back_after_every_need_was_filled_it_rings_all_the_same()
    {
        var story = Story.Of(People(2)).At(70);
        story.Takes("fatou");
        story.Accepts("p01");
        Assert.Null(story.Alert.Ring);
        story.HandsBack("fatou", "a1:newAlert");
        Assert.Equal(RingReason.Reopened, story.Alert.Ring!.Reason);
    }

    [Fact]
    public void Handing_back_an_alarm_rings_for_it_anew_and_leaves_the_alert_alone()
    {
        var story = Story.Of(People(2)).At(10);
        story.Accepts("p01", Mode.ReceivesHer);
        story.Panics("p01");
        story.Takes("fatou", "a1:responderInDanger");
        story.At(20).HandsBack("fatou", "a1:responderInDanger");
        Assert.Equal(("a1:responderInDanger.2", null, At(10)), (Assert.Single(story.Alert.Alarms).Ring.ItemId, story.Alert.Alarms[0].Taken, story.Alert.Alarms[0].Ring.At));
        Assert.Equal("same", story.Panics("p01").Outcome());
    }

    [Theory]
    [InlineData("never opened", 9.999, "same")]
    [InlineData("never opened", 10, "changed")]
    [InlineData("second step", 30 + 10 + 9.999, "same")]
    [InlineData("second step", 30 + 10 + 10, "changed")]
    [InlineData("taken", 300, "same")]
    [InlineData("filled", 300, "same")]
    [InlineData("ended", 300, "same")]
    public void An_area_that_cannot_be_asked_rings_once_a_step_is_overdue(string what, double at, string expected)
    {
        var alert = what switch
        {
            "never opened" => Raising.Raise(null, Press(), Night).Now(),
            "second step" => Story.Of(People(9)).Alert,
            "taken" => After(s => s.Takes("fatou")),
            "filled" => After(s => s.Accepts("p01")),
            _ => After(s => s.Cancels(PinVerdict.Right)),
        };
        var failed = Asking.CouldNotAsk(alert, At(at));
        Assert.Equal(expected, failed.Outcome());
        if (failed is not Decision.Changed changed) return;
        Assert.Equal((RingReason.StepFailed, At(at)), (changed.Alert.Ring!.Reason, changed.Alert.Ring.At));
        Assert.Equal("same", Asking.CouldNotAsk(changed.Alert, At(at + 60)).Outcome());

        static Alert After(Action<Story> done)
        {
            var story = Story.Of(People(9)).At(5);
            done(story);
            return story.Alert;
        }
    }

    /// <summary>The item is dated by the wrong clock; what opens again must not take its place and wait anew.</summary>
    [Fact]
    public void What_rings_by_a_clock_that_was_wrong_is_not_replaced_by_something_that_waits()
    {
        var story = Story.Of(Press(Need.Health, Need.Legal), Rules(), People(2)).At(61).ClockReads(-7200);
        story.Accepts("p01");
        story.Reports("p01", Progress.Released);
        Assert.Equal(QueueState.Ringing, ItemAt(story, -7200).State);
    }

    private static QueueItem ItemAt(Story story, double at)
    {
        var row = WatchRow.Of(story.Alert);
        return QueueItem.Of(row, row.Items.Single(), null, At(at));
    }
}
