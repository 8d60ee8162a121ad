using Dispatch.Domain.Alerts;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>Design §3, steps 2 and 5: who is asked when, to the millisecond.</summary>
public sealed class EscalationTests
{
    [Fact]
    public void Two_people_are_asked_at_the_press() => Assert.Equal(["p01", "p02"], Story.Of(People(9)).Asked);

    [Fact]
    public void Confirmed_at_once_the_steps_begin_at_30_75_and_120_seconds_and_the_last_asks_everybody()
    {
        var story = Story.Of(People(9));
        story.PhoneConfirms("p01");
        story.At(30).PhoneConfirms("p03");
        story.At(75).PhoneConfirms("p05");
        story.At(119.999);
        Assert.Equal(6, story.Asked.Count());
        story.At(120);
        Assert.Equal([0, 30, 75, 120], story.StepsAt());
        Assert.Equal(9, story.Asked.Count());
    }

    [Theory]
    [InlineData(0.0, 30)]
    [InlineData(2.5, 32.5)]
    [InlineData(9.999, 39.999)]
    [InlineData(10.0, 40)]
    [InlineData(25.0, 40)]
    [InlineData(null, 40)]
    public void The_second_step_waits_30_seconds_from_the_first_delivery_or_from_ten_seconds_after_the_start(double? deliveredAt, double secondStepAt)
    {
        var story = Story.Of(People(9));
        if (deliveredAt is { } at)
        {
            story.At(at).PhoneConfirms("p02");
            story.At(Math.Max(at, 26)).PhoneConfirms("p01");
        }

        Assert.Equal(At(secondStepAt), Silence.NextDue(story.Alert));
        story.At(secondStepAt - 0.001);
        Assert.Single(story.NeedOf().Steps);
        story.At(secondStepAt);
        Assert.Equal([0, secondStepAt], story.StepsAt());
        Assert.Equal(["p01", "p02", "p03", "p04"], story.Asked);
    }

    [Fact]
    public void Without_any_receipt_each_step_adds_its_ten_seconds_of_grace() =>
        Assert.Equal([0, 40, 95, 150], Story.Of(People(9)).At(600).StepsAt());

    [Fact]
    public void An_empty_step_is_skipped_at_once()
    {
        var story = Story.Of();
        Assert.Equal([0, 0, 0, 0], story.StepsAt());
        Assert.All(story.NeedOf().Steps, s => Assert.Equal(0, s.Asked));
        Assert.Equal(4, story.Alert.Trail.Count(e => e.Kind is HistoryKind.StepSkipped));
    }

    [Fact]
    public void After_the_last_step_only_the_console_is_due()
    {
        var story = Story.Of();
        Assert.Equal(At(60), Silence.NextDue(story.Alert));
    }

    [Fact]
    public void When_everybody_asked_has_declined_the_next_step_begins_at_once()
    {
        var story = Story.Of(People(9)).At(5);
        story.Declines("p01");
        Assert.Equal(At(40), Silence.NextDue(story.Alert));
        story.Declines("p02", DeclineReason.TooFar);
        Assert.True(Silence.NextDue(story.Alert) <= At(5));
        story.At(5);
        Assert.Equal([0, 5], story.StepsAt());
        Assert.Equal(["p03", "p04"], story.Asked);
    }

    [Fact]
    public void When_everybody_in_the_current_step_declined_the_next_begins_at_once_though_earlier_people_have_not_answered()
    {
        var story = Story.Of(People(9)).At(42);
        story.Declines("p03");
        story.Declines("p04");
        Assert.Equal([0, 40, 42], story.At(42).StepsAt());
    }

    [Fact]
    public void When_everybody_asked_goes_off_duty_the_next_step_begins_at_once()
    {
        var story = Story.Of(People(9)).At(7);
        story.LeavesDuty("p01", "p02");
        story.At(7);
        Assert.Equal(["p03", "p04"], story.Asked);
    }

    [Fact]
    public void Nobody_is_asked_twice_for_the_same_need()
    {
        var story = Story.Of(People(9)).At(1200);
        Assert.Equal(9, story.Alert.Offers.Select(o => o.Responder).Distinct().Count());
        Assert.Equal(9, story.Alert.Offers.Length);
    }

    [Fact]
    public void An_acceptance_stops_the_asking_and_stands_the_others_down()
    {
        var story = Story.Of(People(9)).At(12);
        story.Accepts("p02");
        Assert.Empty(story.Asked);
        Assert.Equal(WithdrawnFor.Filled, story.OfferOf("p01").Withdrawn);
        Assert.Contains(story.Alert.Outbox, p => p.ResponderId == "p01" && p.Version == story.Alert.Version);
        story.At(200);
        Assert.Equal(2, story.Alert.Offers.Length);
    }

    [Fact]
    public void An_offer_can_be_accepted_however_late_while_its_need_is_open()
    {
        var story = Story.Of(People(9)).At(7200);
        Assert.Equal("changed", story.Accepts("p01").Outcome());
        Assert.Equal(NeedStage.Filled, story.NeedOf().Stage);
        Assert.Equal("alreadyFilled", story.Accepts("p03").Outcome());
    }

    [Fact]
    public void Needs_are_asked_and_filled_apart()
    {
        var story = Story.Of(Press(), Rules(), [.. People(9), Person("q1", Need.Psychosocial), Person("q2", Need.Psychosocial)]).At(3);
        story.Accepts("q1", need: Need.Psychosocial);
        Assert.Equal(["p01", "p02"], story.Asked);
        Assert.Equal([0, 40, 95, 150], story.At(300).StepsAt());
        Assert.Equal([0], story.StepsAt(Need.Psychosocial));
    }

    [Fact]
    public void A_clock_that_went_back_makes_everything_pending_due()
    {
        var story = Story.Of(People(9)).At(41);
        Assert.Equal(At(40), story.Alert.LastNow);
        story.ClockReads(36).DoWhatIsDue();
        Assert.Equal(2, story.NeedOf().Steps.Length);
        story.ClockReads(34.9).DoWhatIsDue();
        Assert.Equal(4, story.NeedOf().Steps.Length);
        Assert.True(story.Alert.Ring!.Begun);
        Assert.NotNull(story.Alert.Ring.BackupToldAt);
        Assert.Equal(At(40), story.Alert.LastNow);
    }

    [Fact]
    public void Who_is_called_off_while_the_clock_goes_back_is_followed_by_the_next_at_once_when_help_goes_on()
    {
        var story = Story.Of(People(2)).At(5);
        story.Cancels(PinVerdict.Duress);
        story.ClockReads(-7200).DoWhatIsDue();
        story.Alert = Clock.Accept(story.Alert, story.Now);
        story.Try((a, now) => LeavingDuty.Apply(a, new Dictionary<string, WithdrawnFor> { ["p01"] = WithdrawnFor.OffDuty, ["p02"] = WithdrawnFor.OffDuty }, now));
        story.Try((a, now) => DecidingDuress.Decide(a, DuressChoice.GoOn, "djeneba", "forced", now));
        Assert.Equal(Need.Health, Assert.Single(Asking.Due(story.Alert, story.Now)));
    }

    [Fact]
    public void What_a_human_gives_back_after_the_clock_went_back_asks_on_after_its_usual_waits()
    {
        var story = Story.Of(People(9)).At(5);
        story.Takes("fatou");
        story.ClockReads(-7200).DoWhatIsDue();
        story.Alert = Clock.Accept(story.Alert, story.Now);
        story.HandsBack("fatou", story.Alert.Taken!.ItemId);
        Assert.InRange(Asking.NextStepAt(story.Alert, story.NeedOf())!.Value, At(-7200), At(-7200 + 40));
    }

    [Fact]
    public void After_a_clock_that_went_back_to_the_same_moment_nothing_is_due_early()
    {
        var story = Story.Of(People(9)).At(40);
        story.ClockReads(40).DoWhatIsDue();
        Assert.Equal([0, 40], story.StepsAt());
    }
}
