using System.Text.Json;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Survivors;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>A cancel that may have been forced: a named supervisor decides, and her device learns nothing of it.</summary>
public sealed class DuressDecisionTests
{
    [Fact]
    public void Help_goes_on_for_everybody_who_was_asked_or_on_the_way_but_nobody_rings_her()
    {
        var story = Forced();
        story.Try((a, now) => DecidingDuress.Decide(a, DuressChoice.GoOn, "djeneba", "forced", now));
        Assert.Equal(["p01", "p02"], story.Asked);
        Assert.All(story.Alert.Offers.Where(o => o.State is OfferState.Open), o => Assert.DoesNotContain(Mode.CallsHer, o.Modes));
        Assert.All(["p01", "p02"], who => Assert.Contains(story.Alert.Outbox, p => p.ResponderId == who && p.Version == story.Alert.Version));
        Assert.Equal("modeNotOffered", story.Accepts("p01", Mode.CallsHer).Outcome());
        story.DoWhatIsDue();
        Assert.Contains("p03", story.Asked);
        Assert.Equal("changed", story.Accepts("p01", Mode.ReceivesHer).Outcome());
        story.Reports("p01", Progress.NoConflict);
        var slice = Slices.For(story.Alert, story.OfferOf("p01").No, "p01")!;
        Assert.True(slice is { Open: true, PhoneUnsafe: true });
    }

    [Fact]
    public void The_console_rings_again_when_nobody_answers()
    {
        var story = Forced();
        story.Takes("djeneba");
        story.Try((a, now) => DecidingDuress.Decide(a, DuressChoice.GoOn, "djeneba", "forced", now));
        Assert.False(story.Alert.AskingStopped);
        var ring = story.Alert.Ring!;
        Assert.Equal((RingReason.Reopened, At(20 + 60)), (ring.Reason, ring.At));
        Assert.True(story.At(80).Alert.Ring!.Begun);
    }

    [Theory]
    [InlineData(DuressChoice.StandDown)]
    [InlineData(DuressChoice.GoOn)]
    public void Her_device_shows_to_the_byte_what_it_showed_before(DuressChoice choice)
    {
        var story = Forced();
        var shown = Shown(story);
        story.Try((a, now) => DecidingDuress.Decide(a, choice, "djeneba", "forced", now));
        Assert.Equal(shown, Shown(story));
        if (choice is DuressChoice.GoOn) story.Accepts("p01", Mode.ReceivesHer, eta: 5);
        Assert.Equal(shown, Shown(story.At(400)));
        Assert.Equal("ended", story.Adds(ByPhone() with { Note = Box<string>("n") }).Outcome());
    }

    [Fact]
    public void Stood_down_it_is_over_and_says_who_decided()
    {
        var story = Forced();
        story.Try((a, now) => DecidingDuress.Decide(a, DuressChoice.StandDown, "djeneba", "safe", now));
        Assert.Equal((Stage.Ended, "djeneba", null), (story.Alert.Stage, story.Alert.Ending!.By, story.Alert.Ring));
        Assert.Contains(story.Alert.Trail, e => e is { Kind: HistoryKind.DuressDecided, Who: "djeneba", Detail: "standDown" });
        Assert.Empty(story.Asked);
    }

    [Fact]
    public void Undecided_it_stays_in_the_queue_and_a_decision_needs_a_reason()
    {
        var story = Forced().At(4000);
        Assert.Equal(RingReason.Duress, story.Alert.Ring!.Reason);
        Assert.Equal("reasonRequired", story.Try((a, now) => DecidingDuress.Decide(a, DuressChoice.GoOn, "djeneba", " ", now)).Outcome());
        story.Takes("djeneba");
        Assert.NotNull(story.At(5000).Alert.Ring);
    }

    [Fact]
    public void Whom_she_excluded_and_the_police_without_a_basis_are_not_asked_anew()
    {
        var story = Story.Of(Press(Need.Health) with { PoliceConsent = Yes() }, Rules(), Person("p01"), Person("p02").From(PoliceClinic)).At(10);
        story.Cancels(PinVerdict.Duress);
        story.Adds(ByCallTaker() with { WithdrawConsent = true, Exclusions = new Exclusions { Responders = ["p01"] } });
        story.Try((a, now) => DecidingDuress.Decide(a, DuressChoice.GoOn, "djeneba", "forced", now));
        Assert.Empty(story.Asked);
    }

    [Fact]
    public void Who_left_duty_meanwhile_is_not_asked_anew()
    {
        var story = Forced();
        story.LeavesDuty("p01", "p02");
        story.Try((a, now) => DecidingDuress.Decide(a, DuressChoice.GoOn, "djeneba", "forced", now));
        Assert.Empty(story.Asked);
        Assert.Equal(AssignmentState.StandOff, story.OfferOf("p01").Assignment!.State);
    }

    private static Story Forced()
    {
        var story = Story.Of(People(9)).At(10);
        story.Accepts("p01", Mode.ReceivesHer, eta: 10);
        story.At(20).Cancels(PinVerdict.Duress);
        Assert.Equal(AssignmentState.StandOff, story.OfferOf("p01").Assignment!.State);
        return story;
    }

    private static string Shown(Story story) => JsonSerializer.Serialize(SurvivorViews.Of(story.Alert, 3, story.Now), DispatchJson.Options);
}
