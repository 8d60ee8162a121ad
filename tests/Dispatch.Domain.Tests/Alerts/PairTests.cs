using System.Globalization;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Protocols;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>Nobody makes an unverified journey alone, and at night none that is not verified as well as the protocol says.</summary>
public sealed class PairTests
{
    private static readonly Table Nights = Table.Of("""
        local time | 20-6  | 6-20  | 20-20
        00:00:00   | night | day   | day
        05:59:59   | night | day   | day
        06:00:00   | day   | night | day
        12:00:00   | day   | night | day
        19:59:59   | day   | night | day
        20:00:00   | night | day   | day
        23:59:59   | night | day   | day
        """);

    private static readonly Table Cells = Table.Of("""
        verified | none by day | none at night | voice by day | voice at night | relay by day | relay at night
        none     | 2           | 2             | 2            | 2              | 2            | 2
        voice    | 1           | 1             | 1            | 2              | 1            | 2
        relay    | 1           | 1             | 1            | 1              | 1            | 2
        inPerson | 1           | 1             | 1            | 1              | 1            | 1
        """);

    public static TheoryData<string, string, string> AllNights() => Nights.Cells();

    public static TheoryData<string, string, string> AllCells() => Cells.Cells();

    [Theory, MemberData(nameof(AllNights))]
    public void Night_by_the_local_clock_with_both_edges(string local, string hours, string expected)
    {
        foreach (var offset in new[] { 0, 60, -60 })
        {
            var (from, to) = (int.Parse(hours.Split('-')[0], CultureInfo.InvariantCulture), int.Parse(hours.Split('-')[1], CultureInfo.InvariantCulture));
            var rules = Rules() with { Rest = new RestRule(12, from, to, offset) };
            var now = new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero) + TimeSpan.Parse(local, null) - TimeSpan.FromMinutes(offset);
            Assert.Equal(expected, rules.Rest.IsNight(now) ? "night" : "day");
        }
    }

    /// <summary>Columns: up to which verification the protocol wants pairs at night.</summary>
    [Theory, MemberData(nameof(AllCells))]
    public void How_many_a_journey_takes(string verified, string when, string people)
    {
        var rules = Rules() with { NightPairsUpTo = Enum.Parse<Verification>(when.Split(' ')[0], ignoreCase: true), Rest = RestRule.Default with { NightFromHour = when.EndsWith("night", StringComparison.Ordinal) ? 22 : 23 } };
        var story = Story.Of(Press(Need.Health) with { Verification = Enum.Parse<Verification>(verified, ignoreCase: true), Modes = [Mode.Escorts] }, rules, Person("p"), Person("q"));
        Assert.Equal(people, $"{story.NeedOf().Quorum}");
        story.Accepts("p", Mode.Escorts);
        story.Reports("p", Progress.NoConflict);
        Assert.Equal(people == "1" ? "changed" : "pairMissing", story.Reports("p", Progress.EnRoute, 10).Outcome());
        if (people == "1") return;
        Assert.Equal(NeedStage.Asking, story.NeedOf().Stage);
        story.Accepts("q", Mode.Escorts);
        Assert.Equal(NeedStage.Filled, story.NeedOf().Stage);
        Assert.Equal("changed", story.Reports("p", Progress.EnRoute, 10).Outcome());
    }

    [Fact]
    public void A_journey_that_nobody_wished_for_takes_two_as_well()
    {
        var story = Story.Of(Press(Need.Health) with { Verification = Verification.Voice }, Rules() with { NightPairsUpTo = Verification.Voice }, Person("p"), Person("q"));
        Assert.Equal(1, story.NeedOf().Quorum);
        story.Accepts("p", Mode.Escorts);
        Assert.Equal(NeedStage.Asking, story.NeedOf().Stage);
        story.Reports("p", Progress.NoConflict);
        Assert.Equal("pairMissing", story.Reports("p", Progress.EnRoute).Outcome());
        story.Accepts("q", Mode.Escorts);
        Assert.Equal(NeedStage.Filled, story.NeedOf().Stage);
    }

    [Fact]
    public void Waiting_for_the_second_of_a_pair_is_no_silence_and_her_time_runs_from_when_she_has_her()
    {
        var story = Story.Of(Press(Need.Health) with { Modes = [Mode.Escorts] }, Rules(), Person("p"), Person("q"));
        story.Accepts("p", Mode.Escorts, 20);
        story.Reports("p", Progress.NoConflict);
        story.At(3600);
        Assert.False(story.OfferOf("p").Assignment!.Silent);

        story.Accepts("q", Mode.Escorts);
        story.At(3600 + 899);
        Assert.False(story.OfferOf("p").Assignment!.Silent);
        story.At(3600 + 901);
        Assert.True(story.OfferOf("p").Assignment!.Silent);
    }

    [Fact]
    public void Saying_again_that_she_is_ready_is_a_sign_of_life()
    {
        var story = Story.Of(Press(Need.Health) with { Verification = Verification.InPerson, Modes = [Mode.Escorts] }, Rules(), Person("p"));
        story.Accepts("p", Mode.Escorts);
        Assert.Equal("changed", story.Reports("p", Progress.NoConflict).Outcome());
        Assert.Equal("same", story.Reports("p", Progress.NoConflict).Outcome());
        story.At(800);
        Assert.Equal("changed", story.Reports("p", Progress.NoConflict).Outcome());
        story.At(1600);
        Assert.False(story.OfferOf("p").Assignment!.Silent);
    }

    [Fact]
    public void Better_verified_she_may_set_out_alone_and_a_need_that_opens_by_day_takes_one()
    {
        var rules = Rules() with { NightPairsUpTo = Verification.Voice };
        var story = Story.Of(Press(Need.Health) with { Verification = Verification.Voice }, rules, Person("p"), Person("d", Need.Legal));
        story.Accepts("p", Mode.Escorts);
        story.Reports("p", Progress.NoConflict);
        story.Adds(ByCallTaker() with { Verification = Verification.InPerson });
        Assert.Equal("changed", story.Reports("p", Progress.EnRoute, 10).Outcome());

        var morning = Story.Of(Press(Need.Health) with { Verification = Verification.Voice }, rules).At(8 * 3600);
        morning.Adds(ByCallTaker() with { Needs = [Need.Legal] });
        Assert.False(Pairs.Needed(morning.Alert, morning.NeedOf(Need.Legal)));
        Assert.True(Pairs.Needed(morning.Alert, morning.NeedOf()));
    }
}
