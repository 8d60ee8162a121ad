using Dispatch.Domain.Alerts;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

public sealed class QuorumTests
{
    [Fact]
    public void With_a_quorum_of_two_the_second_acceptance_fills_the_need()
    {
        var story = OfTwo().At(5);
        story.Accepts("p01");
        Assert.Equal(NeedStage.Asking, story.NeedOf().Stage);
        Assert.Equal(["p02"], story.Asked);
        Assert.Equal(["p02", "p03", "p04"], story.At(40).Asked);
        story.Accepts("p03");
        Assert.Equal(NeedStage.Filled, story.NeedOf().Stage);
        Assert.Empty(story.Asked);
        Assert.Equal("alreadyFilled", story.Accepts("p02").Outcome());
    }

    [Fact]
    public void Repeating_ones_own_acceptance_does_not_count_twice()
    {
        var story = OfTwo().At(5);
        story.Accepts("p01");
        Assert.Equal("same", story.Accepts("p01").Outcome());
        Assert.Equal(NeedStage.Asking, story.NeedOf().Stage);
    }

    [Fact]
    public void When_one_of_two_hands_back_the_need_opens_again_and_a_third_fills_it()
    {
        var story = OfTwo().At(5);
        story.Accepts("p01");
        story.Accepts("p02");
        story.Reports("p01", Progress.Released);
        Assert.Equal(NeedStage.Asking, story.NeedOf().Stage);
        Assert.Equal(["p03", "p04"], story.At(5).Asked);
        story.Accepts("p04");
        Assert.Equal(NeedStage.Filled, story.NeedOf().Stage);
    }

    [Fact]
    public void When_one_of_two_falls_silent_the_need_opens_again()
    {
        var story = OfTwo().At(5);
        story.Accepts("p01");
        story.At(10).Accepts("p02");
        story.At(100).Reports("p02", Progress.NoConflict);
        story.At(305);
        Assert.Equal(NeedStage.Asking, story.NeedOf().Stage);
        Assert.True(story.OfferOf("p01").Assignment!.Silent);
        Assert.False(story.OfferOf("p02").Assignment!.Silent);
    }

    [Fact]
    public void One_who_is_done_still_counts_and_the_alert_ends_when_both_are()
    {
        var story = OfTwo().At(5);
        story.Accepts("p01");
        story.Accepts("p02");
        foreach (var who in new[] { "p01", "p02" })
        {
            Assert.Equal(Stage.Open, story.Alert.Stage);
            story.Reports(who, Progress.NoConflict);
            story.Reports(who, Progress.Done);
        }

        Assert.Equal(EndedHow.Resolved, story.Alert.Ending!.How);
        Assert.Null(story.Alert.Ring);
        Assert.Null(Silence.NextDue(story.Alert));
    }

    [Fact]
    public void Done_before_the_second_has_accepted_does_not_end_the_alert()
    {
        var story = OfTwo().At(5);
        story.Accepts("p01");
        story.Reports("p01", Progress.NoConflict);
        story.Reports("p01", Progress.Done);
        Assert.Equal(Stage.Open, story.Alert.Stage);
        Assert.NotNull(story.Alert.Ring);
    }

    private static Story OfTwo() => Story.Of(Press(Need.Health), Rules(quorum: 2), People(9));
}
