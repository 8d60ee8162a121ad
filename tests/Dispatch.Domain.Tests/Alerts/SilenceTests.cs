using Dispatch.Domain.Alerts;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>Design §3, step 6: accepted, but silent.</summary>
public sealed class SilenceTests
{
    [Theory]
    // mode, ETA in minutes, seconds from the acceptance at which the need is opened again
    [InlineData(Mode.CallsHer, null, 5 * 60)]
    [InlineData(Mode.ReceivesHer, null, 15 * 60)]
    [InlineData(Mode.Escorts, null, 15 * 60)]
    [InlineData(Mode.MeetsAt, null, 15 * 60)]
    [InlineData(Mode.ComesToHer, null, 15 * 60)]
    [InlineData(Mode.ReceivesHer, 2, 12 * 60)]
    [InlineData(Mode.ReceivesHer, 90, 15 * 60)]
    [InlineData(Mode.CallsHer, 1, 5 * 60)]
    [InlineData(Mode.CallsHer, 5, 5 * 60)]
    // Before any sign of progress the mode's limit holds, whatever was promised.
    [InlineData(Mode.CallsHer, 6, 5 * 60)]
    [InlineData(Mode.CallsHer, 60, 5 * 60)]
    public void After_an_acceptance_without_progress_the_need_opens_again(Mode mode, int? eta, int after)
    {
        var story = Accepted(mode, eta);
        story.At(10 + after - 0.001);
        Assert.False(story.OfferOf("p01").Assignment!.Silent);
        Assert.Equal(NeedStage.Filled, story.NeedOf().Stage);
        story.At(10 + after);
        Assert.True(story.OfferOf("p01").Assignment!.Silent);
        Assert.Equal(NeedStage.Asking, story.NeedOf().Stage);
        Assert.True(story.Alert.Ring is { Reason: RingReason.Silent, Begun: true });
        Assert.Contains(story.Alert.Trail, e => e.Kind is HistoryKind.Silent && e.Who == "p01");
    }

    [Theory]
    [InlineData(20, 20 * 60 + 10 * 60)]
    [InlineData(40, 40 * 60 + 10 * 60)]
    [InlineData(60, 60 * 60 + 15 * 60)]
    [InlineData(41, 41 * 60 + 615)]
    public void On_the_way_the_eta_may_pass_by_the_larger_of_ten_minutes_and_a_quarter(int eta, int after)
    {
        var story = Accepted(Mode.ReceivesHer, null);
        story.Reports("p01", Progress.NoConflict);
        story.Reports("p01", Progress.EnRoute, eta);
        Assert.False(story.At(10 + after - 0.001).OfferOf("p01").Assignment!.Silent);
        Assert.True(story.At(10 + after).OfferOf("p01").Assignment!.Silent);
    }

    [Fact]
    public void A_new_eta_is_a_new_promise()
    {
        var story = Accepted(Mode.ReceivesHer, null);
        story.Reports("p01", Progress.NoConflict);
        story.Reports("p01", Progress.EnRoute, 20);
        story.At(1000).Reports("p01", Progress.EnRoute, 20);
        Assert.False(story.At(1000 + 1799).OfferOf("p01").Assignment!.Silent);
        Assert.True(story.At(1000 + 1800).OfferOf("p01").Assignment!.Silent);
    }

    [Fact]
    public void Saying_that_she_knows_nobody_there_is_a_sign_of_life()
    {
        var story = Accepted(Mode.CallsHer, null).At(250);
        story.Reports("p01", Progress.NoConflict);
        Assert.False(story.At(549.999).OfferOf("p01").Assignment!.Silent);
        Assert.True(story.At(550).OfferOf("p01").Assignment!.Silent);
    }

    [Fact]
    public void Somebody_on_the_way_without_an_eta_is_missed_at_last()
    {
        var story = Accepted(Mode.ReceivesHer, null);
        story.Reports("p01", Progress.NoConflict);
        story.Reports("p01", Progress.EnRoute);
        Assert.NotNull(Silence.NextDue(story.Alert));
        Assert.True(story.At(24 * 3600).OfferOf("p01").Assignment!.Silent);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(Answering.MaxEtaMinutes + 1)]
    [InlineData(-30)]
    public void An_eta_that_makes_no_sense_is_no_promise(int eta)
    {
        var story = Story.Of(People(9)).At(10);
        var accepted = story.Accepts("p01", Mode.CallsHer, eta);
        if (accepted is Decision.Refused) return;
        Assert.InRange(story.OfferOf("p01").Assignment!.EtaMinutes ?? 0, 0, Answering.MaxEtaMinutes);
        Assert.True(Silence.NextDue(story.Alert) <= At(10).AddMinutes(Answering.MaxEtaMinutes * 1.25));
    }

    [Fact]
    public void Who_has_arrived_is_not_hurried() => Assert.Null(Silence.NextDue(Arrived().Alert));

    [Fact]
    public void When_the_need_opens_again_the_next_step_begins_at_once_and_those_stood_down_are_asked_anew()
    {
        var story = Accepted(Mode.CallsHer, null).At(310);
        Assert.Equal(["p02", "p03", "p04"], story.Asked);
        Assert.Equal(1, story.OfferOf("p02").Round);
        Assert.Equal(At(310), story.OfferOf("p02").At);
        Assert.Equal(WithdrawnFor.Filled, Accepted(Mode.CallsHer, null).OfferOf("p02").Withdrawn);
    }

    [Theory]
    [InlineData(Progress.Released)]
    [InlineData(Progress.Conflict)]
    public void Handing_back_opens_the_need_at_once_and_the_console_rings_when_it_would_have_rung(Progress progress)
    {
        var story = Accepted(Mode.CallsHer, null).At(20);
        story.Reports("p01", progress);
        Assert.Equal(RingReason.Reopened, story.Alert.Ring!.Reason);
        Assert.Equal(At(60), story.Alert.Ring.At);
        Assert.Equal(["p02", "p03", "p04"], story.At(20).Asked);

        var late = Accepted(Mode.CallsHer, null).At(200);
        late.Reports("p01", progress);
        Assert.Equal(At(200), late.Alert.Ring!.At);
    }

    [Fact]
    public void Handing_back_rings_in_its_time_although_the_clock_was_set_back()
    {
        var story = Accepted(Mode.CallsHer, null).At(20).ClockReads(-7200);
        story.Reports("p01", Progress.Released);
        Assert.Equal(At(-7200 + 60), story.Alert.Ring!.At);
    }

    [Fact]
    public void After_silence_who_comes_back_counts_again_and_the_need_is_filled()
    {
        var story = Accepted(Mode.CallsHer, null).At(320);
        story.Reports("p01", Progress.NoConflict);
        Assert.Equal(NeedStage.Filled, story.NeedOf().Stage);
        Assert.Empty(story.Asked);
        Assert.Null(story.Alert.Ring);
    }

    [Fact]
    public void When_it_is_resolved_somebody_who_had_fallen_silent_is_called_off()
    {
        var story = Accepted(Mode.CallsHer, null).At(310);
        story.Accepts("p02");
        story.Reports("p02", Progress.NoConflict);
        story.Reports("p02", Progress.Done);
        Assert.Equal(Stage.Ended, story.Alert.Stage);
        Assert.Equal(AssignmentState.CallOff, story.OfferOf("p01").Assignment!.State);
        Assert.Contains(story.Alert.Outbox, p => p.ResponderId == "p01" && p.Version == story.Alert.Version);
        Assert.Equal("offerClosed", story.Reports("p01", Progress.NoConflict).Outcome());
    }

    private static Story Accepted(Mode mode, int? eta)
    {
        var story = Story.Of(Press(Need.Health) with { Verification = Verification.InPerson, Modes = [mode] }, Rules(), People(9)).At(10);
        Assert.Equal("changed", story.Accepts("p01", mode, eta).Outcome());
        return story;
    }

    private static Story Arrived()
    {
        var story = Accepted(Mode.ReceivesHer, 20);
        story.Reports("p01", Progress.NoConflict);
        story.Reports("p01", Progress.Arrived);
        return story;
    }
}
