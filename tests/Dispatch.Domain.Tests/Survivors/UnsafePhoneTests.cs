using System.Text.Json;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Survivors;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Survivors;

/// <summary>The hotline can mark a phone unsafe: whoever holds it reads that it is over and changes nothing; help goes on.</summary>
public sealed class UnsafePhoneTests
{
    [Theory]
    [InlineData("open")]
    [InlineData("accepted")]
    [InlineData("ended")]
    public void The_phone_reads_to_the_byte_what_a_real_cancel_shows_now_and_later(string when)
    {
        var (real, marked) = (Story.Of(People(9)).At(10), Story.Of(People(9)).At(10));
        real.Cancels(PinVerdict.Right);
        if (when is not "open") marked.Accepts("p01", Mode.ReceivesHer);
        if (when is "ended") Ended(marked);
        marked.Try((a, now) => MarkingPhone.Unsafe(a, "fatou", now));
        Assert.Equal(Shown(real), Shown(marked));
        Assert.Equal(Shown(real), Shown(marked.At(900)));

        static void Ended(Story story)
        {
            story.Reports("p01", Progress.NoConflict);
            story.Reports("p01", Progress.Done);
        }
    }

    [Fact]
    public void People_go_on_being_asked_but_nobody_to_call_her()
    {
        var story = Story.Of(People(9)).At(10);
        story.Try((a, now) => MarkingPhone.Unsafe(a, "fatou", now));
        Assert.Equal("modeNotOffered", story.Accepts("p01", Mode.CallsHer).Outcome());
        story.At(41);
        Assert.DoesNotContain(Mode.CallsHer, story.OfferOf("p03").Modes);
        Assert.Equal("changed", story.Accepts("p02").Outcome());
        Assert.Equal(Mode.ReceivesHer, story.OfferOf("p02").Assignment!.Mode);
    }

    [Fact]
    public void Who_is_on_it_is_told_that_the_phone_is_unsafe()
    {
        var story = Story.Of(People(9)).At(10);
        story.Accepts("p01", Mode.CallsHer);
        story.Reports("p01", Progress.NoConflict);
        story.Alert = story.Alert with { Outbox = [] };
        story.Try((a, now) => MarkingPhone.Unsafe(a, "fatou", now));
        Assert.Contains(story.Alert.Outbox, p => p.ResponderId == "p01");
        Assert.True(Slices.For(story.Alert, story.OfferOf("p01").No, "p01")!.PhoneUnsafe);
    }

    [Fact]
    public void What_a_call_taker_takes_down_afterwards_is_hers_again_and_what_came_before_is_not()
    {
        var story = Story.Of(People(9)).At(10);
        story.Accepts("p01", Mode.ReceivesHer);
        story.Reports("p01", Progress.NoConflict);
        story.Adds(ByCallTaker() with { Reach = Reach.Call });
        Assert.True(SliceOf(story).ContactGiven);
        story.Try((a, now) => MarkingPhone.Unsafe(a, "fatou", now));
        Assert.False(SliceOf(story).ContactGiven);

        story.Alert = story.Alert with { Outbox = [] };
        story.Adds(ByCallTaker() with { Reach = Reach.Call });
        Assert.True(SliceOf(story) is { PhoneUnsafe: true, ContactGiven: true });
        Assert.Equal(Reach.Call, story.Alert.Reach);
        Assert.Contains(story.Alert.Outbox, p => p.ResponderId == "p01");
        story.Reports("p01", Progress.Released);
        Assert.Equal("changed", story.Accepts("p02", Mode.CallsHer).Outcome());
    }

    [Fact]
    public void A_phone_marked_after_a_forced_cancel_makes_what_was_taken_down_in_between_doubtful_too()
    {
        var story = Story.Of(People(9)).At(10);
        story.Cancels(PinVerdict.Duress);
        story.Adds(ByCallTaker() with { Reach = Reach.Call });
        Assert.True(story.Alert.ContactAnew);
        story.Try((a, now) => MarkingPhone.Unsafe(a, "fatou", now));
        Assert.False(story.Alert.ContactAnew);
    }

    [Fact]
    public void Another_number_on_the_same_channel_is_told_to_who_is_on_it()
    {
        var story = Story.Of(Press(Need.Health) with { Reach = Reach.Call }, Rules(), People(9)).At(10);
        story.Accepts("p01", Mode.CallsHer);
        story.Alert = story.Alert with { Outbox = [] };
        Assert.Equal("changed", story.Adds(ByCallTaker() with { Reach = Reach.Call }).Outcome());
        Assert.Contains(story.Alert.Outbox, p => p.ResponderId == "p01");
        Assert.Contains(story.Alert.Trail, e => e is { Kind: HistoryKind.Addition, Detail: "safeContact", Who: not Consent.Survivor });
    }

    [Theory]
    [InlineData(PinVerdict.NotSet)]
    [InlineData(PinVerdict.Right)]
    [InlineData(PinVerdict.Wrong)]
    [InlineData(PinVerdict.Duress)]
    public void A_cancel_from_it_ends_nothing_and_calls_a_supervisor(PinVerdict pin)
    {
        var story = Story.Of(People(9)).At(10);
        story.Accepts("p01", Mode.ReceivesHer);
        story.Try((a, now) => MarkingPhone.Unsafe(a, "fatou", now));
        var shown = Shown(story);
        story.Cancels(pin);
        Assert.Equal(Stage.Open, story.Alert.Stage);
        Assert.Equal(RingReason.Duress, story.Alert.Ring!.Reason);
        Assert.Equal(AssignmentState.StandOff, story.OfferOf("p01").Assignment!.State);
        Assert.Equal(shown, Shown(story));
    }

    private static AssignmentSlice SliceOf(Story story) => Slices.For(story.Alert, story.OfferOf("p01").No, "p01")!;

    private static string Shown(Story story) => JsonSerializer.Serialize(SurvivorViews.Of(story.Alert, 3, story.Now), DispatchJson.Options);
}
