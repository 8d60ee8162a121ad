using Dispatch.Domain.Alerts;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

public sealed class RaisingTests
{
    [Theory]
    [InlineData(0, "asked")]
    [InlineData(-3600, "asked")]
    [InlineData(600, "asked")]
    [InlineData(600.001, "humansOnly")]
    [InlineData(43200, "humansOnly")]
    [InlineData(43200.001, "tooOld")]
    public void How_old_an_alert_was_on_arrival_decides_who_hears_of_it(double seconds, string expected)
    {
        var decision = Raising.Raise(null, Press(Need.Health) with { ComposedAt = At(-seconds) }, Night);
        Assert.Equal(expected, decision is Decision.Refused ? decision.Outcome() : decision.Now().Late ? "humansOnly" : "asked");
    }

    [Fact]
    public void A_late_alert_rings_at_once_and_nobody_near_her_is_asked()
    {
        var story = Story.Of(Press(Need.Health) with { ComposedAt = At(-3600) }, Rules(), People(9));
        Assert.True(story.Alert.Ring is { Reason: RingReason.Late, Begun: true });
        Assert.Empty(story.At(3600).Alert.Offers);
        Assert.NotNull(story.Alert.Ring!.BackupToldAt);
    }

    [Fact]
    public void Waits_count_from_the_arrival_whatever_the_phone_s_clock_says()
    {
        var story = Story.Of(Press(Need.Health) with { ComposedAt = At(-599) }, Rules(), People(9));
        Assert.Equal(Night, story.Alert.RaisedAt);
        Assert.Equal(At(60), story.Alert.Ring!.At);
    }

    [Fact]
    public void Nothing_but_the_channel_and_the_time_is_mandatory()
    {
        var story = Story.Of(Press(), Rules(), Person("p"), Person("q", Need.Psychosocial));
        Assert.Equal([Need.Health, Need.Psychosocial], story.Alert.Needs.Select(n => n.Need));
        Assert.Equal(["p", "q"], story.Asked);
        Assert.Null(story.Alert.Place);
        Assert.Null(story.Alert.AgeBand);
    }

    [Fact]
    public void An_exercise_outside_a_drill_window_is_refused_so_that_it_cannot_bury_a_real_alert()
    {
        Assert.Equal("exerciseOutsideWindow", Raising.Raise(null, Press() with { Exercise = true }, Night).Outcome());
        Assert.True(Raising.Raise(null, Press() with { Exercise = true, DrillWindowOpen = true }, Night).Now().Exercise);
        Assert.False(Raising.Raise(null, Press() with { DrillWindowOpen = true }, Night).Now().Exercise);
    }

    [Fact]
    public void An_exercise_reaches_only_people_on_drill_duty()
    {
        var story = Story.Of(Press(Need.Health) with { Exercise = true, DrillWindowOpen = true }, Rules(), Person("real"), Person("drill") with { Drill = true });
        Assert.Equal(["drill"], story.At(600).Alert.Offers.Select(o => o.Responder));
    }

    [Fact]
    public void A_repeat_answers_the_same_even_much_later_and_after_the_end()
    {
        var story = Story.Of(People(2));
        Assert.Equal("same", Raising.Raise(story.Alert, Press(Need.Health), At(100_000)).Outcome());
        story.Cancels(PinVerdict.Right);
        Assert.Same(story.Alert, Raising.Raise(story.Alert, Press(Need.Health), At(100_000)).As<Decision.Unchanged>().Alert);
    }

    [Fact]
    public void Wishes_given_twice_count_once()
    {
        var alert = Raising.Raise(null, Press(Need.Legal, Need.Legal) with { Modes = [Mode.CallsHer, Mode.CallsHer] }, Night).Now();
        Assert.Single(alert.Wished);
        Assert.Single(alert.WishedModes);
    }
}
