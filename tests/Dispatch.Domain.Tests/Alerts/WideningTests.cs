using Dispatch.Domain.Alerts;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>A supervisor has more people asked although a human has the alert.</summary>
public sealed class WideningTests
{
    [Fact]
    public void Nobody_else_is_asked_once_a_human_has_it_until_a_supervisor_widens_it()
    {
        var story = Story.Of(People(8)).At(5);
        Assert.Equal(["p01", "p02"], story.Asked);
        story.Takes("fatou");
        Assert.Equal(["p01", "p02"], story.At(300).Asked);
        Assert.Equal("changed", Widen(story).Outcome());
        story.DoWhatIsDue();
        Assert.Equal(4, story.Asked.Count());
        Assert.True(story.Alert.Covered);
        Assert.Contains(story.Alert.Trail, e => e is { Kind: HistoryKind.Widened, Need: Need.Health, Who: "djeneba" });
        // The machine goes on in its steps from there.
        Assert.Equal(8, story.At(600).Asked.Count());
    }

    [Fact]
    public void Before_a_human_has_it_the_next_step_does_not_wait()
    {
        var story = Story.Of(People(8)).At(5);
        Widen(story);
        story.DoWhatIsDue();
        Assert.Equal(4, story.Asked.Count());
    }

    [Fact]
    public void Only_the_need_that_was_named_is_widened_and_the_others_stay_as_they_are()
    {
        var story = Story.Of(Press(Need.Health, Need.Legal), Rules(), People(8, Need.Health, Need.Legal)).At(5);
        story.Takes("fatou");
        Widen(story, Need.Legal);
        story.At(600);
        Assert.Equal(2, story.Alert.Offers.Count(o => o.Need is Need.Health));
        Assert.True(story.Alert.Offers.Count(o => o.Need is Need.Legal) > 2);
    }

    [Fact]
    public void An_offer_of_a_widened_need_climbs_to_the_next_channel_and_one_of_another_does_not()
    {
        var rules = Rules() with { TextAfterSeconds = 8, CallAfterSeconds = 20 };
        var story = Story.Of(Press(Need.Health, Need.Legal), rules, [.. People(2, Need.Health), Person("law", Need.Legal)]).At(2);
        story.Takes("fatou");
        Assert.Null(Climbing.Climb(story.Alert, _ => Heard.NotYet, At(400)) as Decision.Changed);
        Widen(story, Need.Legal);
        story.DoWhatIsDue();
        Assert.Equal(At(8), Climbing.NextDue(story.Alert));
        var climbed = Climbing.Climb(story.Alert, _ => Heard.NotYet, At(400)).Now();
        Assert.All(climbed.Offers, o => Assert.Equal(o.Need is Need.Legal ? Rung.Text : Rung.Data, o.Rung));
    }

    [Fact]
    public void The_same_key_asks_once()
    {
        var story = Story.Of(People(12)).At(5);
        story.Takes("fatou");
        var command = new WidenAsking(null, "djeneba", "key1", "body1");
        story.Try((a, now) => Widening.Widen(a, command, now));
        story.DoWhatIsDue();
        Assert.Equal("same", story.Try((a, now) => Widening.Widen(a, command, now)).Outcome());
        Assert.Equal("keyReused", story.Try((a, now) => Widening.Widen(a, command with { BodyMac = "body2" }, now)).Outcome());
        story.DoWhatIsDue();
        Assert.Equal(4, story.Asked.Count());
    }

    [Fact]
    public void Never_under_duress_or_too_late_or_for_what_is_filled_or_over()
    {
        var forced = Story.Of(People(4)).At(5);
        forced.Cancels(PinVerdict.Duress);
        Assert.Equal("notAllowedHere", Widen(forced).Outcome());
        var late = Story.Of(Press(Need.Health) with { ComposedAt = At(-3600) }, Rules(), People(4));
        Assert.Equal("notAllowedHere", Widen(late).Outcome());
        var filled = Story.Of(People(4)).At(5);
        filled.Accepts("p01");
        Assert.Equal("alreadyFilled", Widen(filled).Outcome());
        Assert.Equal("alreadyFilled", Widen(filled, Need.Police).Outcome());
        filled.Cancels(PinVerdict.NotSet);
        Assert.Equal("ended", Widen(filled).Outcome());
    }

    private static Decision Widen(Story story, Need? need = null) => story.Try((a, now) => Widening.Widen(a, new WidenAsking(need, "djeneba"), now));
}
