using Dispatch.Domain.Alerts;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>A supervisor ends the help for one need, with a reason; the others go on.</summary>
public sealed class CallingOffTests
{
    [Fact]
    public void Open_offers_are_withdrawn_who_is_on_the_way_is_called_off_and_nobody_is_asked_again()
    {
        var story = Story.Of(Press(Need.Health, Need.Legal), Rules(), [.. People(6, Need.Health), Person("law", Need.Legal)]).At(5);
        story.Accepts("p01");
        Assert.Equal("changed", CallOff(story).Outcome());
        Assert.Equal(AssignmentState.CallOff, story.OfferOf("p01").Assignment!.State);
        Assert.DoesNotContain(story.Alert.Offers, o => o is { Need: Need.Health, State: OfferState.Open });
        Assert.Contains("law", story.Asked);
        Assert.Equal(NeedStage.Closed, story.Alert.Needs.Single(n => n.Need is Need.Health).Stage);
        Assert.Contains(story.Alert.Trail, e => e is { Kind: HistoryKind.CalledOff, Need: Need.Health, Who: "djeneba", Detail: "notSafe" });
        Assert.Contains(story.Alert.Outbox, p => p.ResponderId == "p01" && p.Version == story.Alert.Version);
        story.At(600);
        Assert.DoesNotContain(story.Alert.Offers, o => o is { Need: Need.Health, State: OfferState.Open });
        Assert.Equal("same", CallOff(story).Outcome());
    }

    [Fact]
    public void With_nothing_left_to_ask_for_the_console_rings()
    {
        var story = Story.Of(People(2)).At(5);
        story.Accepts("p01");
        Assert.Null(story.Alert.Ring);
        CallOff(story);
        Assert.Equal((RingReason.Reopened, story.Now), (story.Alert.Ring!.Reason, story.Alert.Ring.At));
        Assert.Equal(Stage.Open, story.Alert.Stage);
    }

    [Fact]
    public void Whoever_has_her_in_the_car_brings_her()
    {
        var story = Story.Of(Press(Need.Transport) with { Verification = Verification.Voice }, Rules(), Person("issa", Need.Transport) with { Modes = [Mode.MeetsAt] }).At(5);
        story.Accepts("issa", Mode.MeetsAt, need: Need.Transport);
        foreach (var step in new[] { Progress.NoConflict, Progress.EnRoute, Progress.PickedUp }) story.Reports("issa", step, need: Need.Transport);
        CallOff(story, Need.Transport);
        Assert.Equal(AssignmentState.PickedUp, story.OfferOf("issa", Need.Transport).Assignment!.State);
    }

    [Fact]
    public void A_reason_is_required_and_the_need_must_be_one_of_hers()
    {
        var story = Story.Of(People(2)).At(5);
        Assert.Equal("reasonRequired", CallOff(story, reason: " ").Outcome());
        Assert.Equal("notFound", CallOff(story, Need.Legal).Outcome());
        story.Cancels(PinVerdict.NotSet);
        Assert.Equal("ended", CallOff(story).Outcome());
    }

    private static Decision CallOff(Story story, Need need = Need.Health, string reason = "notSafe") => story.Try((a, now) => CallingOff.CallOff(a, need, "djeneba", reason, now));
}
