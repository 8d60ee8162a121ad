using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>A human may disclose in her place where the country's protocol allows it, with a reason, and a second person looks at it within a day.</summary>
public sealed class ReviewTests
{
    private const double Day = 24 * 3600;

    private static readonly Table Cells = Table.Of("""
        the act is          | fatou upholds        | awa upholds     | awa overturns   | awa upholds another | awa upholds a consent
        new                 | secondPersonRequired | changed         | changed         | notFound            | notFound
        due                 | secondPersonRequired | changed         | changed         | notFound            | notFound
        withdrawn           | secondPersonRequired | changed         | changed         | notFound            | notFound
        afterTheEnd         | secondPersonRequired | changed         | changed         | notFound            | notFound
        upheldByAwa         | secondPersonRequired | same            | alreadyReviewed | notFound            | notFound
        overturnedByAwa     | secondPersonRequired | alreadyReviewed | same            | notFound            | notFound
        upheldByBinta       | secondPersonRequired | alreadyReviewed | alreadyReviewed | notFound            | notFound
        """);

    private static readonly Table Bases = Table.Of("""
        the protocol allows | consent | bestInterest  | legalDuty     | lifeThreat    | lifeThreat without a reason | lifeThreat from the phone
        nothing             | changed | notAllowedHere | notAllowedHere | notAllowedHere | notAllowedHere          | notAllowedHere
        lifeThreat          | changed | notAllowedHere | notAllowedHere | changed       | reasonRequired              | notAllowedHere
        legalDuty           | changed | notAllowedHere | changed       | notAllowedHere | notAllowedHere             | notAllowedHere
        """);

    public static TheoryData<string, string, string> AllCells() => Cells.Cells();

    public static TheoryData<string, string, string> AllBases() => Bases.Cells();

    [Theory, MemberData(nameof(AllCells))]
    public void A_review_of_an_act_in_each_state(string state, string command, string expected)
    {
        var (alert, now) = ActIn(state);
        var no = command switch { "awa upholds another" => 7, "awa upholds a consent" => 0, _ => 1 };
        var outcome = command.Contains("overturns", StringComparison.Ordinal) ? ReviewOutcome.Overturned : ReviewOutcome.Upheld;
        Assert.Equal(expected, Reviewing.Review(alert, no, command.Split(' ')[0], outcome, now).Outcome());
    }

    [Theory, MemberData(nameof(AllBases))]
    public void A_human_decides_only_where_the_protocol_allows_it_and_with_a_reason(string allowed, string given, string expected)
    {
        var rules = Rules() with { HumanBases = allowed == "nothing" ? [] : [Enum.Parse<DisclosureBasis>(allowed, ignoreCase: true)] };
        var act = Act(Enum.Parse<DisclosureBasis>(given.Split(' ')[0], ignoreCase: true), given.Contains("without", StringComparison.Ordinal) ? " " : "weapon");
        var by = given.Contains("phone", StringComparison.Ordinal) ? ByPhone() with { Authorised = true } : ByCallTaker();
        Assert.Equal(expected, Story.Of(Press(Need.Health), rules, People(3)).Adds(by with { Consent = act }).Outcome());
    }

    [Fact]
    public void Due_and_unreviewed_it_rings_beside_everything_else_and_calls_the_officer_and_the_backup()
    {
        var story = Disclosed().At(Day - 0.001);
        Assert.Empty(story.Alert.Alarms);
        var alarm = Assert.Single(story.At(Day).Alert.Alarms);
        Assert.Equal((RingReason.ReviewDue, At(Day), true), (alarm.Ring.Reason, alarm.Ring.At, alarm.Ring.Begun));
        Assert.Contains(WatchRow.Of(story.Alert).Items, i => i.ItemId == "a1:reviewDue");
        Assert.Equal(At(Day + 60), Assert.Single(story.At(Day + 60).Alert.Alarms).Ring.DutyOfficerToldAt);
        Assert.Equal(At(Day + 120), Assert.Single(story.At(Day + 120).Alert.Alarms).Ring.BackupToldAt);
        Assert.Single(Ringing.Calling(story.Alert, Pending.Backup), r => r.Reason is RingReason.ReviewDue);
    }

    [Fact]
    public void It_rings_after_the_end_too_and_closing_the_item_without_a_review_makes_it_ring_again()
    {
        var story = Disclosed();
        story.Takes("fatou");
        story.Closes("fatou", story.Alert.Taken!.ItemId);
        Assert.False(story.Alert.Over);
        Assert.Equal(At(Day), WatchRow.Of(story.Alert).NextDue);
        story.At(Day + 5);
        Assert.Equal("a1:reviewDue", Assert.Single(story.Alert.Alarms).Ring.ItemId);
        Assert.Equal("changed", story.Takes("fatou", "a1:reviewDue").Outcome());
        Assert.Equal(At((2 * Day) + 5), Silence.NextDue(story.Alert));
        Assert.Equal("changed", story.Closes("fatou", "a1:reviewDue").Outcome());
        story.At(Day + 6);
        Assert.Equal("a1:reviewDue.2", Assert.Single(story.Alert.Alarms).Ring.ItemId);
        story.Try((a, now) => Reviewing.Review(a, 0, "awa", ReviewOutcome.Upheld, now));
        Assert.Empty(story.Alert.Alarms);
        Assert.True(story.Alert.Over);
    }

    [Fact]
    public void Taken_and_forgotten_it_rings_again_with_the_next_that_falls_due_and_after_a_day()
    {
        var story = Story.Of(Press(Need.Health), Rules() with { HumanBases = [DisclosureBasis.LifeThreat, DisclosureBasis.LegalDuty] }, People(9));
        story.Adds(ByCallTaker() with { Consent = Act() });
        story.At(3600).Adds(ByCallTaker() with { Consent = Act(DisclosureBasis.LegalDuty) with { At = At(3600) } });
        story.At(Day).Takes("awa", "a1:reviewDue");
        story.At(Day + 3599.999);
        Assert.NotNull(Assert.Single(story.Alert.Alarms).Taken);
        story.At(Day + 3600);
        Assert.Equal(("a1:reviewDue.2", null), (Assert.Single(story.Alert.Alarms).Ring.ItemId, story.Alert.Alarms[0].Taken));
        story.Takes("awa", "a1:reviewDue.2");
        story.At((2 * Day) + 3600);
        Assert.Equal(("a1:reviewDue.3", null), (Assert.Single(story.Alert.Alarms).Ring.ItemId, story.Alert.Alarms[0].Taken));
    }

    [Fact]
    public void Overturned_the_police_lose_access_as_when_she_withdraws_her_consent()
    {
        var story = Story.Of(Press(Need.Health, Need.Police), Allowing(), Person("nurse"), Person("officer", Need.Police).From(PoliceStation));
        story.Adds(ByCallTaker() with { Consent = Act() });
        story.DoWhatIsDue();
        story.Accepts("officer", need: Need.Police);
        story.Reports("officer", Progress.NoConflict, need: Need.Police);
        var no = story.OfferOf("officer", Need.Police).No;
        Assert.True(Slices.For(story.Alert, no, "officer")!.Open);

        story.Try((a, now) => Reviewing.Review(a, 0, "awa", ReviewOutcome.Overturned, now));
        Assert.False(Slices.For(story.Alert, no, "officer")!.Open);
        Assert.Equal((OfferState.Withdrawn, WithdrawnFor.ConsentWithdrawn), (story.OfferOf("officer", Need.Police).State, story.OfferOf("officer", Need.Police).Withdrawn!.Value));
        Assert.Equal(NeedStage.Closed, story.NeedOf(Need.Police).Stage);
        Assert.Equal(OfferState.Open, story.OfferOf("nurse").State);
    }

    [Fact]
    public void Upheld_nobody_loses_access_and_her_own_consent_outlives_an_overturned_act()
    {
        foreach (var outcome in Enum.GetValues<ReviewOutcome>())
        {
            var story = Story.Of(Press(Need.Police), Allowing(), Person("officer", Need.Police).From(PoliceStation));
            if (outcome is ReviewOutcome.Overturned) story.Adds(ByCallTaker() with { Consent = Yes() });
            story.Adds(ByCallTaker() with { Consent = Act() });
            story.DoWhatIsDue();
            story.Try((a, now) => Reviewing.Review(a, a.Consents.Length - 1, "awa", outcome, now));
            Assert.Equal(OfferState.Open, story.OfferOf("officer", Need.Police).State);
        }
    }

    private static (Alert Alert, DateTimeOffset Now) ActIn(string state)
    {
        var story = Story.Of(Press(Need.Health), Allowing(), People(3));
        story.Adds(ByCallTaker() with { Consent = Yes() });
        story.Adds(ByCallTaker() with { Consent = Act() });
        switch (state)
        {
            case "due": story.At(Day + 1); break;
            case "withdrawn": story.Adds(ByCallTaker() with { TakesBack = 1 }); break;
            case "afterTheEnd": story.Cancels(PinVerdict.Right); break;
            case "upheldByAwa": Reviewed("awa", ReviewOutcome.Upheld); break;
            case "overturnedByAwa": Reviewed("awa", ReviewOutcome.Overturned); break;
            case "upheldByBinta": Reviewed("binta", ReviewOutcome.Upheld); break;
        }

        return (story.Alert, story.Now);

        void Reviewed(string by, ReviewOutcome outcome) => story.Try((a, now) => Reviewing.Review(a, 1, by, outcome, now));
    }

    private static Story Disclosed()
    {
        var story = Story.Of(Press(Need.Health), Allowing(), People(9));
        Assert.Equal("changed", story.Adds(ByCallTaker() with { Consent = Act() }).Outcome());
        return story;
    }

    private static Consent Act(DisclosureBasis basis = DisclosureBasis.LifeThreat, string reason = "weapon") => new(basis, "fatou", Night, "hotline", "v1", "fr", reason);

    private static Dispatch.Domain.Protocols.Rules Allowing() => Rules() with { HumanBases = [DisclosureBasis.LifeThreat] };
}
