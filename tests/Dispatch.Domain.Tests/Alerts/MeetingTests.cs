using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using Dispatch.Domain.Survivors;
using static Dispatch.Domain.Tests.Alerts.Journey;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>A safe place to meet: proposed by the line or the house, and shown to whoever meets her only once she said yes.</summary>
public sealed class MeetingTests
{
    [Fact]
    public void What_is_proposed_she_is_asked_and_what_she_agreed_to_the_driver_sees()
    {
        var story = UnderWay();
        story.Proposes("mill").Now();
        Assert.Equal((0, false, "mill"), Hers(story, Need.Transport));
        Assert.Empty(His(story));

        story.Answers(0, yes: true).Now();
        Assert.Equal((0, true, "mill"), Hers(story, Need.Transport));
        Assert.Equal([(Need.Transport, "mill")], His(story));
        Assert.Equal([HistoryKind.MeetingProposed, HistoryKind.MeetingAgreed], Kinds(story));
        Assert.Contains(story.Alert.Outbox, p => p.ResponderId == Issa && p.Version == story.Alert.Version);
    }

    [Fact]
    public void A_call_taker_says_it_for_her_in_the_same_act()
    {
        var story = UnderWay();
        story.Proposes("mill", agreed: true).Now();
        Assert.Equal([(Need.Transport, "mill")], His(story));
        Assert.Equal("fatou", Meetings.Agreed(story.Alert, Need.Transport)!.Answer!.By);
    }

    [Fact]
    public void While_another_place_is_asked_the_agreed_one_stands_for_the_driver()
    {
        var story = UnderWay();
        story.Proposes("mill", agreed: true).Now();
        story.Proposes("school", key: "key-2").Now();
        Assert.Equal((1, false, "school"), Hers(story, Need.Transport));
        Assert.Equal([(Need.Transport, "mill")], His(story));
        story.Answers(1, yes: true).Now();
        Assert.Equal([(Need.Transport, "school")], His(story));
    }

    [Fact]
    public void After_her_no_a_human_finds_another_place()
    {
        var story = UnderWay();
        story.Proposes("mill").Now();
        story.Answers(0, yes: false).Now();
        Assert.Null(Hers(story, Need.Transport));
        Assert.Equal(1, story.Called(RingReason.MeetingRefused));
        Assert.Equal("same", story.Answers(0, yes: false).Outcome());
        Assert.Equal(1, story.Called(RingReason.MeetingRefused));

        story.Proposes("school", key: "key-2").Now();
        Assert.Equal(0, story.Called(RingReason.MeetingRefused));
    }

    /// <summary>A place for the driver is none where the house's people meet her.</summary>
    [Fact]
    public void Another_place_for_one_need_does_not_silence_her_no_to_the_other()
    {
        var story = UnderWay().Booked();
        story.Answers(0, yes: false).Now();
        story.Proposes("mill").Now();
        Assert.Equal(1, story.Called(RingReason.MeetingRefused));
        story.Answers(1, yes: true).Now();
        Assert.Equal(1, story.Called(RingReason.MeetingRefused));

        story.Proposes("market", Need.Shelter, key: "key-2").Now();
        Assert.Equal(0, story.Called(RingReason.MeetingRefused));
    }

    /// <summary>Two houses said yes; the second one's bed is to be given back, and nobody meets her there.</summary>
    [Fact]
    public void A_house_whose_bed_is_not_hers_proposes_nothing()
    {
        var story = UnderWay().Booked();
        story.Answers(0, yes: false).Now();
        story.Alert = story.Alert with { Beds = story.Alert.Beds!.With(story.Alert.Beds.Requests[0] with { No = 1, Shelter = "lily", State = BedState.Held }) };
        story.Try((a, now) => BedAnswers.Pulled(a, 1, Beds.GivenSearch.Hold(HoldStage.Booked) with { MeetAt = Box<Place>("other-box") }, now)).Now();
        Assert.Single(Meetings.All(story.Alert));
        Assert.Equal(1, story.Called(RingReason.MeetingRefused));

        story.Try((a, now) => BedReleasing.Release(a, 0, "fatou", notCome: false, now)).Now();
        story.Try((a, now) => BedAnswers.Pulled(a, 1, Beds.GivenSearch.Hold(HoldStage.Booked) with { MeetAt = Box<Place>("other-box") }, now)).Now();
        Assert.Equal((1, false, "other-box"), Hers(story, Need.Shelter));
    }

    [Fact]
    public void She_may_take_her_yes_back_and_the_driver_no_longer_sees_it()
    {
        var story = UnderWay();
        story.Proposes("mill", agreed: true).Now();
        story.Answers(0, yes: false).Now();
        Assert.Empty(His(story));
    }

    [Fact]
    public void A_late_answer_brings_no_old_place_back()
    {
        var story = UnderWay();
        story.Proposes("mill").Now();
        story.Proposes("school", key: "key-2", agreed: true).Now();
        Assert.Equal("offerClosed", story.Answers(0, yes: true).Outcome());
        Assert.Equal([(Need.Transport, "school")], His(story));
        Assert.Equal("notFound", story.Answers(7, yes: true).Outcome());
    }

    [Fact]
    public void The_same_command_proposes_once_and_the_same_key_with_other_words_is_a_mistake()
    {
        var story = UnderWay();
        story.Proposes("mill").Now();
        Assert.Equal("same", story.Proposes("another-nonce").Outcome());
        Assert.Equal("keyReused", story.Proposes("mill", body: "body-2").Outcome());
        Assert.Single(Meetings.All(story.Alert));
    }

    [Fact]
    public void Unverified_under_duress_after_the_end_or_without_the_need_nothing_is_proposed()
    {
        var unverified = Story.Of(Press(Need.Transport), Rules(), Person(Issa, Need.Transport));
        Assert.Equal("notAllowedHere", unverified.Proposes("mill").Outcome());
        Assert.Equal("notAllowedHere", UnderWay().Proposes("mill", Need.Legal).Outcome());
        var forced = UnderWay();
        forced.Cancels(PinVerdict.Duress).Now();
        Assert.Equal("notAllowedHere", forced.Proposes("mill").Outcome());
        var over = UnderWay();
        over.Cancels(PinVerdict.NotSet).Now();
        Assert.Equal("ended", over.Proposes("mill").Outcome());
    }

    [Fact]
    public void More_places_than_anybody_needs_are_refused()
    {
        var story = UnderWay();
        for (var i = 0; i < MeetingPoint.MaxPoints; i++) story.Proposes("mill", key: $"key-{i}").Now();
        Assert.Equal("tooMany", story.Proposes("mill", key: "one-more").Outcome());
    }

    /// <summary>Whoever holds a phone that was silenced is answered as after a cancel; a call-taker goes on.</summary>
    [Fact]
    public void A_silenced_phone_answers_nothing_and_is_shown_nothing()
    {
        var story = UnderWay();
        story.Proposes("mill").Now();
        story.Try((a, now) => MarkingPhone.Unsafe(a, "fatou", now)).Now();
        Assert.Equal("ended", story.Answers(0, yes: true).Outcome());
        Assert.Empty(SurvivorViews.Of(story.Alert, 0, story.Now).Needs);
        Assert.Equal("changed", story.Answers(0, yes: true, by: "fatou").Outcome());
    }

    [Fact]
    public void Where_the_house_meets_her_is_proposed_to_her_once_and_is_all_that_the_driver_learns_of_it()
    {
        var story = UnderWay().Booked();
        Assert.Equal((0, false, "house-box"), Hers(story, Need.Shelter));
        Assert.Equal("rose", SurvivorViews.Of(story.Alert, 0, story.Now).Needs.Single(n => n.Need is Need.Shelter).Meeting!.House);

        HouseSays(story, "house-box");
        Assert.Single(Meetings.All(story.Alert));

        story.Answers(0, yes: true).Now();
        Assert.Equal([(Need.Shelter, "house-box")], His(story));

        HouseSays(story, "another-box");
        Assert.Equal((1, false, "another-box"), Hers(story, Need.Shelter));
        Assert.Equal([(Need.Shelter, "house-box")], His(story));
    }

    [Fact]
    public void The_house_is_heard_once_a_call_taker_has_spoken_with_her()
    {
        var story = Story.Of(Press(Need.Transport), Rules(), Person(Issa, Need.Transport)).Booked();
        Assert.Empty(Meetings.All(story.Alert));
        story.Adds(ByCallTaker() with { Verification = Verification.Voice }).Now();
        HouseSays(story, "house-box");
        Assert.Equal((0, false, "house-box"), Hers(story, Need.Shelter));
    }

    [Fact]
    public void With_the_bed_goes_the_place_that_led_to_it()
    {
        var story = UnderWay().Booked();
        story.Answers(0, yes: true).Now();
        story.Try((a, now) => BedReleasing.Release(a, 0, "fatou", notCome: false, now)).Now();
        Assert.Empty(His(story));
        Assert.Null(Hers(story, Need.Shelter));
        Assert.Equal("offerClosed", story.Answers(0, yes: false).Outcome());
    }

    [Fact]
    public void Who_only_calls_her_who_has_not_answered_the_question_and_who_helps_otherwise_sees_no_place()
    {
        var called = Accepted(mode: Mode.CallsHer);
        called.Says(Progress.NoConflict).Now();
        called.Proposes("mill", agreed: true).Now();
        Assert.Empty(His(called));

        var unsaid = Accepted();
        unsaid.Proposes("mill", agreed: true).Now();
        Assert.Empty(His(unsaid));

        var story = Story.Of(Press(Need.Transport, Need.Legal) with { Verification = Verification.Voice }, Rules(), Person(Issa, Need.Transport), Person("salif", Need.Legal));
        story.At(10).Accepts("salif", Mode.MeetsAt, need: Need.Legal).Now();
        story.Reports("salif", Progress.NoConflict, need: Need.Legal).Now();
        story.Proposes("mill", agreed: true).Now();
        Assert.Empty(Slices.For(story.Alert, story.OfferOf("salif", Need.Legal).No, "salif")!.Meetings);
        story.Proposes("court", Need.Legal, agreed: true, key: "key-2").Now();
        Assert.Equal("court", Slices.For(story.Alert, story.OfferOf("salif", Need.Legal).No, "salif")!.Meetings.Single().Where.Box);
    }

    private static void HouseSays(Story story, string box) =>
        story.Try((a, now) => BedAnswers.Pulled(a, 0, Beds.GivenSearch.Hold(HoldStage.Booked) with { MeetAt = Box<Place>(box) }, now));

    private static (int No, bool Agreed, string Box)? Hers(Story story, Need need) =>
        SurvivorViews.Of(story.Alert, 0, story.Now).Needs.FirstOrDefault(n => n.Need == need)?.Meeting is { } seen ? (seen.No, seen.Agreed, seen.Where.Box) : null;

    private static IEnumerable<(Need, string)> His(Story story) => Slices.For(story.Alert, story.Drive().No, Issa)!.Meetings.Select(m => (m.Need, m.Where.Box));

    private static IEnumerable<HistoryKind> Kinds(Story story) => story.Alert.Trail.Where(e => e.Kind is >= HistoryKind.MeetingProposed and <= HistoryKind.MeetingRefused).Select(e => e.Kind);
}
