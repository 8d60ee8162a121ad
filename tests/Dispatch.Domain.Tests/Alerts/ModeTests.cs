using Dispatch.Domain.Alerts;
using Dispatch.Domain.Protocols;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>How help reaches her. A visit can expose her; an unverified alert can be a trap for who comes.</summary>
public sealed class ModeTests
{
    private static readonly Table Cells = Table.Of("""
        she wished   | none                          | voice                                  | relay                                  | inPerson
        nothing      | callsHer receivesHer          | callsHer receivesHer meetsAt escorts   | callsHer receivesHer meetsAt escorts   | callsHer receivesHer meetsAt escorts
        callsHer     | callsHer receivesHer          | callsHer receivesHer meetsAt escorts   | callsHer receivesHer meetsAt escorts   | callsHer receivesHer meetsAt escorts
        receivesHer  | receivesHer callsHer          | receivesHer callsHer meetsAt escorts   | receivesHer callsHer meetsAt escorts   | receivesHer callsHer meetsAt escorts
        meetsAt      | callsHer receivesHer          | meetsAt callsHer receivesHer escorts   | meetsAt callsHer receivesHer escorts   | meetsAt callsHer receivesHer escorts
        escorts      | escorts callsHer receivesHer  | escorts callsHer receivesHer meetsAt   | escorts callsHer receivesHer meetsAt   | escorts callsHer receivesHer meetsAt
        comesToHer   | comesToHer callsHer receivesHer | comesToHer callsHer receivesHer meetsAt escorts | comesToHer callsHer receivesHer meetsAt escorts | comesToHer callsHer receivesHer meetsAt escorts
        """);

    public static TheoryData<string, string, string> AllCells() => Cells.Cells();

    [Theory, MemberData(nameof(AllCells))]
    public void The_modes_offered_for_each_wish_and_verification(string wish, string verification, string expected)
    {
        var story = Story.Of(PressWith(wish, verification), Rules(), Person("p"), Person("q"));
        Assert.Equal(expected, string.Join(' ', story.OfferOf("p").Modes.Select(Word)));
    }

    [Fact]
    public void The_table_has_every_wish_and_every_verification()
    {
        Cells.HasRows(Enum.GetValues<Mode>().Select(Word).Append("nothing"));
        Cells.HasColumns(Enum.GetValues<Verification>().Select(Word));
    }

    [Fact]
    public void The_protocol_decides_which_modes_a_need_has_and_without_a_rule_people_only_call()
    {
        var rules = Rules() with { Needs = [new NeedRule(Need.Shelter, [Mode.ReceivesHer])] };
        var story = Story.Of(Press(Need.Health, Need.Shelter), rules, Person("p", Need.Health, Need.Shelter));
        Assert.Equal(Mode.CallsHer, Assert.Single(story.OfferOf("p").Modes));
        Assert.Equal(Mode.ReceivesHer, Assert.Single(story.OfferOf("p", Need.Shelter).Modes));
    }

    [Fact]
    public void An_acceptance_in_a_mode_that_was_not_offered_is_refused()
    {
        var story = Story.Of(Person("p"));
        Assert.Equal("modeNotOffered", story.Accepts("p", Mode.MeetsAt).Outcome());
        Assert.Equal("modeNotOffered", story.Accepts("p", Mode.ComesToHer).Outcome());
        Assert.Equal("changed", story.Accepts("p", Mode.ReceivesHer).Outcome());
    }

    [Theory]
    [InlineData("comesToHer", "none", 2)]
    [InlineData("escorts", "none", 2)]
    [InlineData("receivesHer", "none", 1)]
    [InlineData("nothing", "none", 1)]
    [InlineData("comesToHer", "voice", 1)]
    [InlineData("escorts", "relay", 1)]
    public void An_unverified_journey_needs_two(string wish, string verification, int quorum) =>
        Assert.Equal(quorum, Story.Of(PressWith(wish, verification), Rules(), Person("p")).NeedOf().Quorum);

    [Fact]
    public void Two_acceptances_of_which_only_one_is_a_journey_are_not_a_pair()
    {
        var story = Story.Of(PressWith("comesToHer", "none"), Rules(), Person("p"), Person("q"));
        story.Accepts("p", Mode.ComesToHer);
        story.Accepts("q", Mode.CallsHer);
        Assert.False(story.NeedOf().Stage is NeedStage.Filled && story.Alert.Offers.Count(o => o.Counts && o.Assignment!.Mode is Mode.ComesToHer) == 1);
    }

    [Fact]
    public void Nobody_sets_out_alone_on_an_unverified_journey()
    {
        var story = Story.Of(PressWith("comesToHer", "none"), Rules(), Person("p"), Person("q"));
        story.Accepts("p", Mode.ComesToHer);
        story.Reports("p", Progress.NoConflict);
        Assert.IsType<Decision.Refused>(story.Reports("p", Progress.EnRoute, 20));
        story.Accepts("q", Mode.ComesToHer);
        Assert.Equal("changed", story.Reports("p", Progress.EnRoute, 20).Outcome());
    }

    [Theory]
    [InlineData(Progress.Released)]
    [InlineData(Progress.Conflict)]
    public void When_the_lone_traveller_hands_back_two_who_call_her_are_enough(Progress progress)
    {
        var story = Story.Of(PressWith("comesToHer", "none"), Rules(), People(9)).At(1);
        story.Accepts("p01", Mode.CallsHer);
        story.Accepts("p02", Mode.ComesToHer);
        story.At(50).Accepts("p03", Mode.CallsHer);
        Assert.Equal(NeedStage.Asking, story.NeedOf().Stage);
        story.Reports("p02", progress);
        Assert.Equal(NeedStage.Filled, story.NeedOf().Stage);
        Assert.Empty(story.Asked);
        Assert.Null(story.Alert.Ring);
    }

    private static RaiseAlert PressWith(string wish, string verification) => Press(Need.Health) with
    {
        Modes = wish == "nothing" ? [] : [Enum.Parse<Mode>(wish, ignoreCase: true)],
        Verification = Enum.Parse<Verification>(verification, ignoreCase: true),
    };
}
