using System.Text.Json;
using Dispatch.Domain.Alerts;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>R20: area first, then "do you know the people?", then the place; declaring a conflict removes access at once.</summary>
public sealed class ConflictTests
{
    [Fact]
    public void Before_the_conflict_question_is_answered_she_knows_the_area_and_nothing_more()
    {
        var story = Accepted();
        var slice = SliceOf(story);
        Assert.Equal("XX/demo", slice.Area);
        Assert.False(slice.Open);
        Assert.Null(slice.Place);
        Assert.Null(slice.Party);
        Assert.Empty(slice.Notes);
    }

    private static readonly Table Cells = Table.Of("""
        she helps as | accepted | noConflict                   | enRoute                      | arrived
        callsHer     | nothing  | note                         | note                         | note
        receivesHer  | nothing  | party note                   | party note                   | party note
        meetsAt      | nothing  | party note                   | party note                   | party note
        escorts      | nothing  | place laterPlace party note  | place laterPlace party note  | place laterPlace party note
        comesToHer   | nothing  | place laterPlace party note  | place laterPlace party note  | place laterPlace party note
        """);

    public static TheoryData<string, string, string> AllCells() => Cells.Cells();

    [Theory, MemberData(nameof(AllCells))]
    public void Afterwards_she_has_what_her_way_of_helping_needs_still_sealed(string mode, string reached, string expected)
    {
        var helps = Enum.Parse<Mode>(mode, ignoreCase: true);
        var story = Accepted(helps);
        story.Adds(ByPhone() with { Place = Box<Place>("later") });
        story.Adds(ByCallTaker() with { Note = Box<string>("of the line") });
        if (reached != "accepted") story.Reports("p01", Progress.NoConflict);
        if (reached is "enRoute" or "arrived") story.Reports("p01", Enum.Parse<Progress>(reached, ignoreCase: true), 10);
        var slice = SliceOf(story);
        Assert.Equal(expected != "nothing", slice.Open);
        string?[] seen = [slice.Place?.Box, slice.LaterPlaces.SingleOrDefault()?.What.Box is { } ? "laterPlace" : null, slice.Party?.Box, slice.Notes.SingleOrDefault()?.Text.Box];
        Assert.Equal(expected, seen.Any(s => s is not null) ? string.Join(' ', seen.OfType<string>()) : "nothing");
    }

    [Fact]
    public void The_table_has_every_mode() => Cells.HasRows(Enum.GetValues<Mode>().Select(Word));

    [Theory]
    [InlineData(Progress.Conflict)]
    [InlineData(Progress.Done)]
    [InlineData(Progress.Released)]
    public void Access_ends_with_the_task(Progress ending)
    {
        var story = Accepted();
        story.Reports("p01", Progress.NoConflict);
        story.Reports("p01", ending);
        Assert.False(SliceOf(story).Open);
    }

    [Theory]
    [InlineData(PinVerdict.Right)]
    [InlineData(PinVerdict.Duress)]
    public void Access_ends_with_the_alert_and_under_duress(PinVerdict pin)
    {
        var story = Accepted();
        story.Reports("p01", Progress.NoConflict);
        story.Cancels(pin);
        Assert.False(SliceOf(story).Open);
        Assert.Equal(pin is PinVerdict.Right ? AssignmentState.CallOff : AssignmentState.StandOff, story.OfferOf("p01").Assignment!.State);
    }

    [Fact]
    public void Somebody_with_a_conflict_is_never_asked_again_for_this_alert()
    {
        var story = Story.Of(Press(Need.Health), Rules(), Person("p01", Need.Health, Need.Legal)).At(5);
        story.Declines("p01", DeclineReason.Conflict);
        story.Adds(ByPhone() with { Needs = [Need.Legal] });
        Assert.Empty(story.At(600).Asked);
        Assert.Equal("offerClosed", story.Accepts("p01").Outcome());
    }

    [Fact]
    public void A_conflict_declared_when_declining_one_need_takes_her_off_every_other()
    {
        var story = AskedForTwo();
        story.Accepts("p01", need: Need.Psychosocial);
        story.Declines("p01", DeclineReason.Conflict);
        IsOff(story, Need.Psychosocial);
    }

    [Fact]
    public void A_conflict_declared_on_one_assignment_takes_her_off_every_other()
    {
        var story = AskedForTwo();
        story.Accepts("p01");
        story.Accepts("p01", need: Need.Psychosocial);
        story.Reports("p01", Progress.Conflict);
        IsOff(story, Need.Psychosocial);
    }

    [Fact]
    public void An_open_offer_for_another_need_is_withdrawn_by_the_conflict()
    {
        var story = AskedForTwo();
        story.Declines("p01", DeclineReason.Conflict);
        Assert.DoesNotContain("p01", story.Asked);
    }

    [Fact]
    public void Declining_an_offer_withdrawn_because_she_left_duty_does_not_make_it_acceptable()
    {
        var story = Story.Of(People(3)).At(5);
        story.LeavesDuty("p01");
        Assert.Equal("offerClosed", story.Accepts("p01").Outcome());
        story.Declines("p01");
        Assert.Equal("offerClosed", story.Accepts("p01").Outcome());
    }

    [Fact]
    public void Somebody_who_left_duty_after_being_stood_down_is_not_asked_again()
    {
        var story = Story.Of(People(2)).At(5);
        story.Accepts("p01");
        story.LeavesDuty("p02");
        story.Reports("p01", Progress.Released);
        Assert.DoesNotContain("p02", story.At(5).Asked);
    }

    private static void IsOff(Story story, Need need)
    {
        Assert.False(story.OfferOf("p01", need).Counts);
        Assert.Equal(NeedStage.Asking, story.NeedOf(need).Stage);
    }

    [Fact]
    public void Whoever_knows_the_people_learns_nothing_of_what_happens_later()
    {
        var story = Accepted();
        story.Reports("p01", Progress.Conflict);
        var before = SliceOf(story);
        story.Try((a, now) => MarkingPhone.Unsafe(a, "fatou", now));
        story.Adds(ByPhone() with { Note = Box<string>("n") });
        story.Cancels(PinVerdict.Duress);
        Assert.False(before.PhoneUnsafe);
        Assert.Equal(JsonSerializer.Serialize(before, DispatchJson.Options), JsonSerializer.Serialize(SliceOf(story), DispatchJson.Options));
    }

    [Fact]
    public void Whoever_has_not_yet_said_that_she_knows_nobody_does_not_read_that_it_is_a_child_or_about_the_phone()
    {
        var story = Story.Of(Press(Need.Health) with { AgeBand = AgeBand.Under12 }, Rules(), Person("p01") with { Children = true });
        story.Accepts("p01", Mode.ReceivesHer);
        story.Try((a, now) => MarkingPhone.Unsafe(a, "fatou", now));
        Assert.True(SliceOf(story) is { GuardiansMustNotBeTold: false, PhoneUnsafe: false });
        story.Reports("p01", Progress.NoConflict);
        Assert.True(SliceOf(story) is { GuardiansMustNotBeTold: true, PhoneUnsafe: true });
    }

    [Fact]
    public void What_a_call_taker_wrote_at_the_call_stays_with_the_line()
    {
        var story = Story.Of(Press(Need.Health) with { By = "fatou", Note = Box<string>("note") }, Rules(), People(3));
        story.Accepts("p01", Mode.ReceivesHer);
        story.Reports("p01", Progress.NoConflict);
        Assert.True(SliceOf(story).Open);
        Assert.Empty(SliceOf(story).Notes);
        Assert.Equal("fatou", Assert.Single(story.Alert.Notes).By);
    }

    private static Story AskedForTwo() => Story.Of(Press(), Rules(), Person("p01", Need.Health, Need.Psychosocial), Person("p02", Need.Health, Need.Psychosocial)).At(5);

    private static Story Accepted(Mode mode = Mode.ComesToHer)
    {
        var story = Story.Of(Press(Need.Health) with { Verification = Verification.InPerson, Modes = [mode], Place = Box<Place>("place"), Party = Box<Party>("party"), Note = Box<string>("note") }, Rules(), People(3)).At(5);
        story.Accepts("p01", mode);
        return story;
    }

    private static AssignmentSlice SliceOf(Story story) => Slices.For(story.Alert, story.OfferOf("p01").No, "p01")!;
}
