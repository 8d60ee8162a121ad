using System.Text.Json;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Survivors;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Survivors;

/// <summary>She sees what is true and nothing else (R19); under duress, what a real cancel shows (R17).</summary>
public sealed class SurvivorViewTests
{
    [Fact]
    public void The_statuses_follow_what_happened()
    {
        var story = Story.Of(People(9));
        Assert.Equal(SurvivorStatus.Received, Status(story, told: 0));
        Assert.Equal(SurvivorStatus.Asking, Status(story, told: 1));
        Assert.Equal(SurvivorStatus.Asking, Status(story.At(29.999), told: 2));
        Assert.Equal(SurvivorStatus.NobodyYet, Status(story.At(30), told: 2));
        story.Accepts("p01", eta: 20);
        Assert.Equal(SurvivorStatus.Accepted, Status(story, told: 2));
        story.Reports("p01", Progress.Released);
        Assert.Equal(SurvivorStatus.NobodyYet, Status(story, told: 2));
        story.Takes("fatou");
        Assert.Equal(SurvivorStatus.WithHuman, Status(story, told: 2));
        story.Closes("fatou", story.Alert.Taken!.ItemId);
        Assert.Equal(SurvivorStatus.Ended, Status(story, told: 2));
    }

    [Fact]
    public void Every_status_can_be_reached_and_is_told_apart() =>
        Assert.Equal(["received", "asking", "nobodyYet", "accepted", "withHuman", "ended", "cancelled"], Enum.GetValues<SurvivorStatus>().Select(Word));

    [Fact]
    public void Accepted_says_how_and_when_and_is_taken_back_when_the_person_falls_silent()
    {
        var story = Story.Of(People(9)).At(10);
        story.Accepts("p01", Mode.CallsHer, eta: 4);
        var need = Assert.Single(View(story, 1).Needs);
        Assert.Equal(new SurvivorNeed(Need.Health, NeedStage.Filled, Mode.CallsHer, 4, At(250), At(10)), need);
        need = Assert.Single(View(story.At(310), 1).Needs);
        Assert.Equal(new SurvivorNeed(Need.Health, NeedStage.Asking), need);
    }

    [Fact]
    public void The_view_names_nobody_and_no_organisation()
    {
        var story = Story.Of(People(9)).At(10);
        story.Accepts("p01");
        story.Takes("fatou", "a1:newAlert");
        var text = JsonSerializer.Serialize(View(story, 2), DispatchJson.Options);
        Assert.All(["p01", "p02", "clinic", "fatou", "demo", "XX"], name => Assert.DoesNotContain(name, text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_count_of_people_told_is_the_number_that_phones_confirmed()
    {
        Assert.Equal(3, View(Story.Of(People(9)), 3).ToldCount);
        Assert.Equal(0, View(Story.Of(People(9)), 0).ToldCount);
    }

    [Theory]
    [InlineData(PinVerdict.Duress)]
    [InlineData(PinVerdict.Wrong)]
    public void Under_duress_she_reads_to_the_byte_what_a_real_cancel_shows_now_and_whatever_happens_later(PinVerdict pin)
    {
        foreach (var before in new[] { 0, 5, 45, 130, 400 })
        {
            var real = Story.Of(People(9)).At(before);
            var forced = Story.Of(People(9)).At(before);
            real.Cancels(PinVerdict.Right);
            forced.Cancels(pin);
            SameBytes(real, forced, 2);
            SameBytes(real.At(4000), forced.At(4000), 5);
            forced.Takes("supervisor");
            SameBytes(real, forced, 5);
            forced.Adds(ByCallTaker() with { Needs = [Need.Legal] });
            SameBytes(real, forced, 6);
            forced.Closes("supervisor", forced.Alert.Taken!.ItemId, EndedHow.Referred);
            SameBytes(real, forced, 6);
        }
    }

    [Theory]
    [InlineData(PinVerdict.NotSet)]
    [InlineData(PinVerdict.Right)]
    [InlineData(PinVerdict.Duress)]
    [InlineData(PinVerdict.Wrong)]
    public void Cancelling_never_makes_the_version_of_her_view_fall(PinVerdict pin)
    {
        var story = Story.Of(People(9)).At(50);
        var before = View(story, 3).Version;
        story.Cancels(pin);
        Assert.True(View(story, 3).Version >= before, $"version {before}, after the cancel {View(story, 3).Version}");
    }

    [Fact]
    public void When_the_words_she_reads_change_by_time_alone_the_version_changes_too()
    {
        var story = Story.Of(People(9)).At(29);
        var asking = SurvivorViews.Of(story.Alert, 2, At(29));
        var nobody = SurvivorViews.Of(story.Alert, 2, At(31));
        Assert.NotEqual(asking.Status, nobody.Status);
        Assert.NotEqual(asking.Version, nobody.Version);
    }

    private static void SameBytes(Story real, Story forced, int told) =>
        Assert.Equal(
            JsonSerializer.SerializeToUtf8Bytes(View(real, told), DispatchJson.Options),
            JsonSerializer.SerializeToUtf8Bytes(View(forced, told), DispatchJson.Options));

    private static SurvivorView View(Story story, int told) => SurvivorViews.Of(story.Alert, told, story.Now);

    private static SurvivorStatus Status(Story story, int told) => View(story, told).Status;
}
