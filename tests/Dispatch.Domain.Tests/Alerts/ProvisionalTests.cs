using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>A yes by text: anybody could have sent it, so it fills the need and opens nothing before she has confirmed it in her own session.</summary>
public sealed class ProvisionalTests
{
    private static readonly RaiseAlert Told = Press(Need.Health) with
    {
        Verification = Verification.InPerson, Place = Box<Place>("place"), Modes = [Mode.Escorts],
        Note = Box<string>("note"),
    };

    [Fact]
    public void It_fills_the_need_and_stands_the_others_down()
    {
        var story = Story.Of(People(2));
        Assert.Equal("changed", Texts(story, "p01").Outcome());
        Assert.Equal(NeedStage.Filled, story.NeedOf().Stage);
        Assert.Equal(OfferState.Withdrawn, story.OfferOf("p02").State);
        Assert.True(story.OfferOf("p01").Assignment is { Via: ChannelKind.Sms, Provisional: true });
    }

    [Fact]
    public void Before_she_confirms_she_is_told_nothing_beyond_the_offer_and_then_what_anybody_is()
    {
        var story = Story.Of(Told, Rules(), Person("p"));
        Texts(story, "p");
        var before = SliceOf(story);
        Assert.Equal((null, null, null, false), (before.Area, before.Place, before.WrappedKey, before.Open));
        Assert.Empty(before.Notes);

        Assert.Equal("changed", story.Reports("p", Progress.Confirmed).Outcome());
        Assert.Equal(("XX/demo", false), (SliceOf(story).Area, SliceOf(story).Open));
        story.Reports("p", Progress.NoConflict);
        Assert.NotNull(SliceOf(story).Place);
        Assert.NotEmpty(SliceOf(story).Notes);
    }

    /// <summary>She has not seen the area: she cannot know whether she knows the people there.</summary>
    [Theory]
    [InlineData(Progress.NoConflict)]
    [InlineData(Progress.EnRoute)]
    [InlineData(Progress.Arrived)]
    [InlineData(Progress.Done)]
    public void Nothing_is_reported_before_it_is_confirmed(Progress progress)
    {
        var story = Story.Of(People(1));
        Texts(story, "p01");
        Assert.Equal("wrongProgress", story.Reports("p01", progress).Outcome());
    }

    [Fact]
    public void Accepting_again_in_her_session_confirms_and_a_text_never_does()
    {
        var story = Story.Of(People(1));
        Texts(story, "p01");
        Assert.Equal("same", Texts(story, "p01").Outcome());
        Assert.True(story.OfferOf("p01").Assignment!.Provisional);
        Assert.Equal("changed", story.Accepts("p01").Outcome());
        Assert.False(story.OfferOf("p01").Assignment!.Provisional);
        Assert.Equal("same", story.Accepts("p01").Outcome());
        Assert.Equal("same", story.Reports("p01", Progress.Confirmed).Outcome());
    }

    [Fact]
    public void What_was_accepted_in_the_session_needs_no_confirmation()
    {
        var story = Story.Of(People(1));
        story.Accepts("p01");
        Assert.Equal("same", Texts(story, "p01").Outcome());
        Assert.Null(story.OfferOf("p01").Assignment!.Via);
    }

    [Fact]
    public void Of_two_that_cross_one_wins()
    {
        var story = Story.Of(People(2));
        story.Accepts("p02");
        Assert.Equal("alreadyFilled", Texts(story, "p01").Outcome());
        var other = Story.Of(People(2));
        Texts(other, "p01");
        Assert.Equal("alreadyFilled", other.Accepts("p02").Outcome());
    }

    [Fact]
    public void Who_never_confirms_falls_silent_as_anybody_and_others_are_asked()
    {
        var story = Story.Of(Press(Need.Health) with { Modes = [Mode.CallsHer] }, Rules(), People(2));
        Texts(story, "p01");
        story.At(299);
        Assert.Equal(NeedStage.Filled, story.NeedOf().Stage);
        story.At(301);
        Assert.Equal((NeedStage.Asking, OfferState.Open), (story.NeedOf().Stage, story.OfferOf("p02").State));
        Assert.Equal("changed", story.Reports("p01", Progress.Confirmed).Outcome());
        Assert.False(story.OfferOf("p01").Assignment!.Silent);
    }

    [Fact]
    public void What_was_only_texted_may_be_taken_back_by_text_and_what_was_confirmed_may_not()
    {
        var story = Story.Of(People(1));
        Texts(story, "p01");
        Assert.Equal("changed", TextsNo(story, "p01").Outcome());
        Assert.Equal(AssignmentState.Released, story.OfferOf("p01").Assignment!.State);

        var other = Story.Of(People(1));
        Texts(other, "p01");
        other.Accepts("p01");
        Assert.Equal("wrongProgress", TextsNo(other, "p01").Outcome());
    }

    /// <summary>Somebody who forged a text must not be the second of a pair that lets a nurse walk into a trap.</summary>
    [Fact]
    public void Whoever_only_texted_is_nobody_to_set_out_with()
    {
        var story = Story.Of(Press(Need.Health) with { Modes = [Mode.Escorts] }, Rules(), Person("p"), Person("q"));
        story.Accepts("p", Mode.Escorts);
        story.Reports("p", Progress.NoConflict);
        story.Try((a, now) => Answering.Accept(a, story.OfferOf("q").No, "q", Mode.Escorts, null, now, ChannelKind.Sms));
        Assert.Equal(NeedStage.Filled, story.NeedOf().Stage);
        Assert.Equal("pairMissing", story.Reports("p", Progress.EnRoute).Outcome());
        story.At(600);
        story.Reports("q", Progress.Confirmed);
        Assert.Equal(At(600) + TimeSpan.FromSeconds(story.Alert.Rules!.JourneyWithinSeconds), Silence.SilentAt(story.Alert, story.OfferOf("p")));
        Assert.Equal("changed", story.Reports("p", Progress.EnRoute).Outcome());
    }

    private static Decision Texts(Story story, string who) => story.Try((a, now) => Answering.Accept(a, story.OfferOf(who).No, who, null, null, now, ChannelKind.Sms));

    private static Decision TextsNo(Story story, string who) => story.Try((a, now) => Answering.Decline(a, story.OfferOf(who).No, who, DeclineReason.Other, now, ChannelKind.Sms));

    private static AssignmentSlice SliceOf(Story story) => Slices.For(story.Alert, story.Alert.Offers[0].No, story.Alert.Offers[0].Responder)!;
}
