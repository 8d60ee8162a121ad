using Dispatch.Domain.Alerts;
using Dispatch.Domain.Sealing;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>Under eighteen: limits of confidence before questions, guardians told only where a named human decided so.</summary>
public sealed class ChildPathTests
{
    private static readonly Table Cells = Table.Of("""
        she is      | staff note    | phone note | staff place | limits said    | guardians      | guardians without a reason | note after the limits
        of no age   | changed       | changed    | changed     | notAllowedHere | notAllowedHere | notAllowedHere             | changed
        under12     | limitsNotSaid | changed    | changed     | changed        | changed        | reasonRequired             | changed
        from12To14  | limitsNotSaid | changed    | changed     | changed        | changed        | reasonRequired             | changed
        from15To17  | limitsNotSaid | changed    | changed     | changed        | changed        | reasonRequired             | changed
        adult       | changed       | changed    | changed     | notAllowedHere | notAllowedHere | notAllowedHere             | changed
        """);

    public static TheoryData<string, string, string> AllCells() => Cells.Cells();

    [Theory, MemberData(nameof(AllCells))]
    public void What_may_be_done_for_each_age(string age, string command, string expected)
    {
        var story = Of(age == "of no age" ? null : Enum.Parse<AgeBand>(age, ignoreCase: true));
        Assert.Equal(expected, Do(story, command).Outcome());
    }

    [Fact]
    public void The_table_has_every_age() => Cells.HasRows(Enum.GetValues<AgeBand>().Select(Word).Append("of no age"));

    [Fact]
    public void A_call_takers_words_at_the_raise_wait_for_the_limits_as_later_ones_do()
    {
        var call = Press(Need.Health) with { AgeBand = AgeBand.From12To14, By = "fatou", Note = new Sealed<string>("box") };
        Assert.Equal("limitsNotSaid", Raising.Raise(null, call, Night).Outcome());
        var told = ((Decision.Changed)Raising.Raise(null, call with { LimitsWording = "v1" }, Night)).Alert;
        Assert.Equal(new LimitsSaid("fatou", Night, "v1"), told.LimitsSaid);
        Assert.Contains(told.Trail, e => e is { Kind: HistoryKind.LimitsSaid, Who: "fatou" });
        Assert.Equal("changed", Raising.Raise(null, call with { Note = null }, Night).Outcome());
        Assert.Equal("changed", Raising.Raise(null, call with { By = null }, Night).Outcome());
        Assert.Equal("changed", Raising.Raise(null, call with { AgeBand = AgeBand.Adult }, Night).Outcome());
        Assert.Null(((Decision.Changed)Raising.Raise(null, call with { By = null, LimitsWording = "v1" }, Night)).Alert.LimitsSaid);
    }

    [Fact]
    public void The_first_who_said_the_limits_stands_and_nothing_is_recorded_after_the_end()
    {
        var story = Of(AgeBand.From12To14);
        Do(story, "limits said");
        Assert.Equal("same", story.Try((a, now) => ChildPath.SayLimits(a, "awa", "v9", now)).Outcome());
        Assert.Equal(("fatou", "v1"), (story.Alert.LimitsSaid!.By, story.Alert.LimitsSaid.WordingVersion));
        var over = Of(AgeBand.From12To14);
        over.Cancels(PinVerdict.Right);
        Assert.Equal("ended", Do(over, "limits said").Outcome());
        Assert.Equal("ended", Do(over, "guardians").Outcome());
    }

    [Fact]
    public void Guardians_must_not_be_told_until_somebody_decides_and_again_when_that_is_taken_back()
    {
        var story = Of(AgeBand.Under12);
        story.Accepts("p01");
        story.Reports("p01", Progress.NoConflict);
        Assert.True(Slice().GuardiansMustNotBeTold);
        Do(story, "guardians");
        Assert.False(Slice().GuardiansMustNotBeTold);
        Assert.Contains(story.Alert.Outbox, p => p.ResponderId == "p01" && p.Version == story.Alert.Version);
        Assert.Equal("same", Do(story, "guardians").Outcome());
        story.Try((a, now) => ChildPath.Guardians(a, false, "awa", "changed", now));
        Assert.True(Slice().GuardiansMustNotBeTold);
        Assert.False(Of(AgeBand.Adult).Alert.GuardiansMustNotBeTold);
        Assert.False(Of(null).Alert.GuardiansMustNotBeTold);

        AssignmentSlice Slice() => Slices.For(story.Alert, story.OfferOf("p01").No, "p01")!;
    }

    private static Decision Do(Story story, string command)
    {
        switch (command)
        {
            case "staff note": return story.Adds(ByCallTaker() with { Note = Box<string>("n") });
            case "phone note": return story.Adds(ByPhone() with { Note = Box<string>("n") });
            case "staff place": return story.Adds(ByCallTaker() with { Place = Box<Place>("p") });
            case "limits said": return story.Try((a, now) => ChildPath.SayLimits(a, "fatou", "v1", now));
            case "guardians": return story.Try((a, now) => ChildPath.Guardians(a, true, "fatou", "asked", now));
            case "guardians without a reason": return story.Try((a, now) => ChildPath.Guardians(a, true, "fatou", " ", now));
            case "note after the limits": Do(story, "limits said"); return Do(story, "staff note");
            default: throw new System.Diagnostics.UnreachableException(command);
        }
    }

    private static Story Of(AgeBand? age) => Story.Of(Press(Need.Health) with { AgeBand = age }, Rules(), People(3));
}
