using Dispatch.Domain.Alerts;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>What a number asks for once more is part of the alert that is open.</summary>
public sealed class JoiningTests
{
    private static readonly RaiseAlert Again = Press() with { Id = "a2", KeyMac = "key-2", BodyMac = "body-2", Channel = IntakeChannel.Ussd };

    [Fact]
    public void What_is_new_in_it_is_asked_for_and_whoever_is_on_it_hears_of_it()
    {
        var story = Story.Of(Press(Need.Health), Rules(), Person("awa")).At(5);
        story.Accepts("awa", eta: 10);
        story.Alert = story.Alert with { Outbox = [] };
        Assert.Equal("changed", story.Adds(Joining.Of(story.Alert, Again with { Needs = [Need.Health, Need.Shelter], Reach = Reach.None }, Box<string>("words"))).Outcome());
        Assert.Contains(story.Alert.Needs, n => n.Need is Need.Shelter);
        Assert.Equal((1, Reach.None), (story.Alert.Notes.Length, story.Alert.Reach));
        Assert.Contains(story.Alert.Outbox, p => p.To == Pending.Responder("awa"));
        Assert.Equal("same", story.Adds(Joining.Of(story.Alert, Again with { Needs = [Need.Shelter] }, Box<string>("sealed anew"))).Outcome());
    }

    [Fact]
    public void What_says_nothing_new_is_for_the_line_alone()
    {
        var story = Story.Of(Press(Need.Health), Rules(), Person("awa")).At(5);
        story.Accepts("awa", eta: 10);
        story.Alert = story.Alert with { Outbox = [] };
        Assert.Equal("changed", story.Adds(Joining.Of(story.Alert, Again with { Needs = [Need.Health] }, null)).Outcome());
        Assert.DoesNotContain(story.Alert.Outbox, p => p.To == Pending.Responder("awa"));
        Assert.Contains(story.Alert.Trail, e => e is { Kind: HistoryKind.Joined, Detail: "ussd" });
    }

    /// <summary>The number lies elsewhere, and whoever writes it down there says so here.</summary>
    [Theory]
    [InlineData(Reach.Unknown, null)]
    [InlineData(Reach.Call, null)]
    [InlineData(Reach.Sms, Reach.Sms)]
    [InlineData(Reach.None, Reach.None)]
    public void What_she_does_not_want_holds_and_that_she_may_be_called_is_not_said_without_a_number(Reach said, Reach? taken) =>
        Assert.Equal(taken, Joining.Of(Story.Of(Press(Need.Health), Rules()).Alert, Again with { Reach = said }, null).Reach);

    [Fact]
    public void How_she_said_first_that_she_may_be_reached_stays()
    {
        var alert = Story.Of(Press(Need.Health) with { Reach = Reach.None }, Rules()).Alert;
        Assert.Null(Joining.Of(alert, Again with { Reach = Reach.Call }, null).Reach);
    }
}
