using Dispatch.Domain.Alerts;
using Dispatch.Domain.ServiceAreas;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.ServiceAreas;

public sealed class DrillsTests
{
    [Fact]
    public void A_drill_is_passed_when_somebody_said_yes_in_time_and_it_was_seen_through() => Assert.Equal(At(40), PassedAt(Drill(yesAt: 40)));

    [Fact]
    public void It_is_passed_until_the_console_would_have_rung_and_not_a_moment_later()
    {
        Assert.Equal(At(60), PassedAt(Drill(yesAt: 60)));
        Assert.Null(PassedAt(Drill(yesAt: 60.001)));
    }

    [Fact]
    public void A_real_alert_another_area_and_a_drill_that_is_still_open_prove_nothing()
    {
        var drill = Drill(yesAt: 10);
        Assert.Null(PassedAt(drill with { Exercise = false }));
        Assert.Null(Drills.PassedAt(drill, "XX/other"));
        Assert.Null(PassedAt(drill with { Stage = Stage.Open }));
        Assert.Null(PassedAt(drill with { Rules = null }));
    }

    [Fact]
    public void A_drill_that_nobody_answered_or_that_was_handed_back_is_not_passed()
    {
        var story = Story.Of(Press(Need.Health) with { Exercise = true, DrillWindowOpen = true }, Rules(), Person("p1") with { Drill = true });
        Assert.Null(PassedAt(Ended(story)));
        var drill = Drill(yesAt: 10);
        var released = drill.Offers[0] with { Assignment = drill.Offers[0].Assignment! with { State = AssignmentState.Released } };
        Assert.Null(PassedAt(drill with { Offers = [released] }));
    }

    [Fact]
    public void Where_two_are_needed_the_second_yes_counts()
    {
        var story = Story.Of(Press(Need.Health) with { Exercise = true, DrillWindowOpen = true }, Rules(quorum: 2), Person("p1") with { Drill = true }, Person("p2") with { Drill = true });
        story.At(10).Accepts("p1");
        Assert.Null(PassedAt(Ended(story)));
        story.At(20).Accepts("p2");
        Assert.Equal(At(20), PassedAt(Ended(story)));
    }

    private static DateTimeOffset? PassedAt(Alert alert) => Drills.PassedAt(alert, "XX/demo");

    private static Alert Drill(double yesAt)
    {
        var story = Story.Of(Press(Need.Health) with { Exercise = true, DrillWindowOpen = true }, Rules(), Person("p1") with { Drill = true }).At(yesAt);
        story.Accepts("p1", Mode.CallsHer);
        return Ended(story);
    }

    private static Alert Ended(Story story) => story.Alert with { Stage = Stage.Ended };
}
