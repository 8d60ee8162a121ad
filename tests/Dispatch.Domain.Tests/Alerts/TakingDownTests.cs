using Dispatch.Domain.Alerts;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>A call-taker adds to an alert that is open what she would have written into one of its own.</summary>
public sealed class TakingDownTests
{
    private static readonly Agreement HerYes = new(AgreedHow.HerWord, At(5), "v1", "bm") { By = "fatou" };

    [Fact]
    public void What_she_says_of_herself_becomes_the_alerts_and_stands_in_its_history()
    {
        var story = Story.Of(Press(), Rules());
        Assert.Equal("changed", story.Adds(Said(new TakenDown(AgeBand.From15To17, "bm", HerYes, "limits-1")) with { Note = Box<string>("in her words") }).Outcome());
        Assert.Equal((AgeBand.From15To17, "bm", HerYes, "fatou"), (story.Alert.AgeBand, story.Alert.Language, story.Alert.Agreed, story.Alert.LimitsSaid?.By));
        Assert.Equal(["ageBand", "language", "agreed"], story.Alert.Trail.Where(e => e is { Kind: HistoryKind.Addition, Who: "fatou" }).Select(e => e.Detail));
        Assert.Contains(story.Alert.Trail, e => e is { Kind: HistoryKind.LimitsSaid, Who: "fatou" });
        Assert.Single(story.Alert.Notes);
    }

    [Fact]
    public void A_childs_words_are_kept_only_after_she_knows_where_confidence_ends()
    {
        var story = Story.Of(Press(), Rules());
        Assert.Equal("limitsNotSaid", story.Adds(Said(new TakenDown(AgeBand.Under12, null, null, null)) with { Note = Box<string>("n") }).Outcome());
        Assert.Null(story.Alert.AgeBand);
    }

    [Fact]
    public void Her_first_yes_stands_and_a_child_stays_one()
    {
        var story = Story.Of(Press(), Rules());
        story.Adds(Said(new TakenDown(AgeBand.From12To14, null, HerYes, null)));
        story.Adds(Said(new TakenDown(AgeBand.Adult, null, HerYes with { WordingVersion = "v2" }, null)));
        Assert.Equal((AgeBand.From12To14, "v1"), (story.Alert.AgeBand, story.Alert.Agreed!.WordingVersion));
    }

    [Fact]
    public void Nothing_of_it_comes_from_a_phone()
    {
        var story = Story.Of(Press(), Rules());
        Assert.Equal("same", story.Adds(Said(new TakenDown(AgeBand.Adult, "bm", HerYes, "limits-1")) with { By = Consent.Survivor }).Outcome());
        Assert.Null(story.Alert.Agreed);
    }

    private static AddToAlert Said(TakenDown down) => new() { By = "fatou", Authorised = true, Down = down };
}
