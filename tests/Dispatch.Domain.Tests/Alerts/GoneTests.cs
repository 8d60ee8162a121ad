using Dispatch.Domain.Alerts;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>What becomes of who was asked when an area says that she may not be any more.</summary>
public sealed class GoneTests
{
    [Theory]
    [InlineData(WithdrawnFor.OffDuty)]
    [InlineData(WithdrawnFor.Conflict)]
    [InlineData(WithdrawnFor.NotVetted)]
    public void An_open_offer_is_withdrawn_for_just_that_and_the_next_step_need_not_wait(WithdrawnFor why)
    {
        var story = Story.Of(Press(Need.Health), Rules(), People(5)).At(5);
        story.Try((a, now) => LeavingDuty.Apply(a, new Dictionary<string, WithdrawnFor> { ["p01"] = why, ["p02"] = WithdrawnFor.OffDuty, ["nobody"] = why }, now));
        Assert.Equal((OfferState.Withdrawn, why), (story.OfferOf("p01").State, story.OfferOf("p01").Withdrawn!.Value));
        Assert.Equal(WithdrawnFor.OffDuty, story.OfferOf("p02").Withdrawn);
        Assert.Equal("offerClosed", story.Accepts("p01").Outcome());
        Assert.Contains("p03", story.At(5).Asked);
    }

    [Fact]
    public void Stood_down_because_the_need_was_filled_she_is_not_asked_when_it_opens_again()
    {
        var story = Story.Of(Press(Need.Health), Rules(), People(2)).At(5);
        story.Accepts("p02");
        story.Try((a, now) => LeavingDuty.Apply(a, new Dictionary<string, WithdrawnFor> { ["p01"] = WithdrawnFor.Conflict }, now));
        story.Reports("p02", Progress.Released);
        Assert.DoesNotContain("p01", story.At(10).Asked);
    }

    [Fact]
    public void Standing_off_she_is_not_asked_when_a_supervisor_lets_help_go_on()
    {
        var story = Story.Of(Press(Need.Health), Rules(), People(2)).At(5);
        story.Accepts("p01");
        story.Cancels(PinVerdict.Duress);
        Assert.Equal(AssignmentState.StandOff, story.OfferOf("p01").Assignment!.State);
        story.Try((a, now) => LeavingDuty.Apply(a, new Dictionary<string, WithdrawnFor> { ["p01"] = WithdrawnFor.Conflict }, now));
        story.Try((a, now) => DecidingDuress.Decide(a, DuressChoice.GoOn, "awa", "seen", now));
        Assert.Equal(["p02"], story.At(10).Asked);
    }

    [Fact]
    public void What_she_accepted_stays_hers_for_there_she_answers_for_the_people_of_this_alert()
    {
        var story = Story.Of(Press(Need.Health), Rules(), People(2)).At(5);
        story.Accepts("p01");
        Assert.Equal("same", story.Try((a, now) => LeavingDuty.Apply(a, new Dictionary<string, WithdrawnFor> { ["p01"] = WithdrawnFor.Conflict }, now)).Outcome());
        Assert.True(story.OfferOf("p01").Counts);
    }
}
