using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Protocols;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>Nobody learns what she did not choose to share (promise 2, R1, R2, R4).</summary>
public sealed class DisclosureTests
{
    [Theory]
    [InlineData(OrganisationKind.Police, false, false, false, true)]
    [InlineData(OrganisationKind.ArmedForces, false, false, false, true)]
    [InlineData(OrganisationKind.Health, false, false, false, false)]
    [InlineData(OrganisationKind.Health, true, false, false, true)]
    [InlineData(OrganisationKind.OneStopCentre, false, true, false, true)]
    [InlineData(OrganisationKind.Health, false, false, true, true)]
    [InlineData(OrganisationKind.Hotline, true, false, false, true)]
    [InlineData(OrganisationKind.WomensGroup, false, false, false, false)]
    public void An_organisation_needs_a_basis_when_telling_it_may_tell_police_or_army(OrganisationKind kind, bool run, bool present, bool armed, bool needs) =>
        Assert.Equal(needs, new OrganisationFacts("o", kind, run, present, armed).NeedsBasis);

    [Fact]
    public void Police_are_never_among_the_defaults()
    {
        Assert.Equal("police_by_default", (Rules() with { DefaultNeeds = [Need.Health, Need.Police] }).Fault());
        Assert.Null(Rules().Fault());
        var story = Story.Of(Press(), Rules() with { DefaultNeeds = [Need.Health, Need.Police] }, Person("sergeant", Need.Police, Need.Health).From(PoliceStation));
        Assert.Equal(NeedStage.Closed, story.NeedOf(Need.Police).Stage);
        Assert.Empty(story.At(3600).Alert.Offers);
    }

    [Fact]
    public void Police_that_she_asked_for_without_consent_stay_a_closed_need_until_she_consents()
    {
        var story = Story.Of(Press(Need.Health, Need.Police), Rules(), Person("p"), Person("sergeant", Need.Police).From(PoliceStation)).At(10);
        Assert.Equal(NeedStage.Closed, story.NeedOf(Need.Police).Stage);
        Assert.Equal("pinRequired", story.Adds(ByPhone() with { Consent = Yes(10) }).Outcome());
        story.Adds(ByPhone() with { Consent = Yes(10), Authorised = true });
        Assert.Equal(["p", "sergeant"], story.At(10).Asked);
    }

    [Fact]
    public void Police_with_consent_at_the_press_are_asked_like_anybody()
    {
        var story = Story.Of(Press(Need.Police) with { PoliceConsent = Yes() }, Rules(), Person("sergeant", Need.Police).From(PoliceStation));
        Assert.Equal(["sergeant"], story.Asked);
        Assert.Equal("v1", Assert.Single(story.Alert.Consents).WordingVersion);
    }

    [Fact]
    public void Withdrawing_takes_everything_from_every_holder_in_the_same_decision()
    {
        var story = WithPoliceOnIt();
        Assert.True(Slices.For(story.Alert, story.OfferOf("sergeant", Need.Police).No, "sergeant")!.Open);
        story.Adds(ByPhone() with { WithdrawConsent = true, Authorised = true });

        Assert.Equal(NeedStage.Closed, story.NeedOf(Need.Police).Stage);
        Assert.Equal(WithdrawnFor.ConsentWithdrawn, story.OfferOf("matron").Withdrawn);
        Assert.Equal(AssignmentState.CallOff, story.OfferOf("sergeant", Need.Police).Assignment!.State);
        Assert.False(Slices.For(story.Alert, story.OfferOf("sergeant", Need.Police).No, "sergeant")?.Open ?? false);
        Assert.All(["matron", "sergeant"], who => Assert.Contains(story.Alert.Outbox, p => p.ResponderId == who && p.Version == story.Alert.Version));
        Assert.Equal("offerClosed", story.Accepts("matron").Outcome());
        Assert.Equal("offerClosed", story.Reports("sergeant", Progress.EnRoute, need: Need.Police).Outcome());
        Assert.NotNull(Assert.Single(story.Alert.Consents).WithdrawnAt);
    }

    [Fact]
    public void Taken_back_by_a_call_taker_only_the_basis_that_she_names_goes_and_the_other_one_still_holds()
    {
        var story = Story.Of(Press(Need.Police) with { PoliceConsent = Yes() }, Rules() with { HumanBases = [DisclosureBasis.LifeThreat] }, Person("sergeant", Need.Police).From(PoliceStation)).At(5);
        story.Adds(ByCallTaker() with { Consent = new Consent(DisclosureBasis.LifeThreat, "fatou", At(5), "voice", "", "fr", "weapon") });
        story.Adds(ByCallTaker() with { TakesBack = 0 });
        Assert.Equal([true, false], story.Alert.Consents.Select(c => c.WithdrawnAt is not null));
        Assert.Equal(["sergeant"], story.Asked);
        Assert.Equal("same", story.Adds(ByCallTaker() with { TakesBack = 0 }).Outcome());
        story.Adds(ByCallTaker() with { TakesBack = 1 });
        Assert.Empty(story.Asked);
        Assert.Contains(story.Alert.Trail, e => e is { Kind: HistoryKind.ConsentWithdrawn, Who: "fatou" });
    }

    [Fact]
    public void When_she_no_longer_agrees_what_a_human_decided_in_her_place_stands()
    {
        var story = Story.Of(Press(Need.Police) with { PoliceConsent = Yes() }, Rules() with { HumanBases = [DisclosureBasis.LifeThreat] }, Person("sergeant", Need.Police).From(PoliceStation)).At(5);
        story.Adds(ByCallTaker() with { Consent = new Consent(DisclosureBasis.LifeThreat, "fatou", At(5), "voice", "", "fr", "weapon") });
        story.Adds(ByCallTaker() with { WithdrawConsent = true });
        Assert.Equal([true, false], story.Alert.Consents.Select(c => c.WithdrawnAt is not null));
        Assert.Equal("notAllowedHere", story.Adds(ByPhone() with { TakesBack = 1, Authorised = true }).Outcome());
    }

    [Fact]
    public void A_police_clinic_that_was_stood_down_is_not_asked_again_after_she_withdrew()
    {
        var story = WithPoliceOnIt();
        story.Accepts("nurse");
        Assert.Equal(WithdrawnFor.Filled, story.OfferOf("matron").Withdrawn);
        story.Adds(ByPhone() with { WithdrawConsent = true, Authorised = true });
        story.Reports("nurse", Progress.Released);
        Assert.DoesNotContain("matron", story.At(20).Asked);
    }

    [Fact]
    public void Somebody_excluded_after_being_stood_down_is_not_asked_again()
    {
        var story = Story.Of(People(3)).At(5);
        story.Accepts("p01");
        story.Adds(ByCallTaker() with { Exclusions = new Exclusions { Responders = ["p02"] } });
        story.Reports("p01", Progress.Released);
        Assert.DoesNotContain("p02", story.At(5).Asked);
    }

    [Fact]
    public void When_the_police_need_closes_nobody_is_left_asked_for_it()
    {
        var story = Story.Of(Press(Need.Police) with { PoliceConsent = Yes() }, Rules(), Person("companion", Need.Police).From(WomensGroup)).At(5);
        story.Adds(ByPhone() with { WithdrawConsent = true, Authorised = true });
        Assert.Empty(story.Asked);
        Assert.Contains(story.Alert.Outbox, p => p.ResponderId == "companion" && p.Version == story.Alert.Version);
    }

    [Theory]
    [InlineData(DisclosureBasis.LifeThreat, true, "weapon", true, "changed")]
    [InlineData(DisclosureBasis.LifeThreat, false, "weapon", true, "notAllowedHere")]
    [InlineData(DisclosureBasis.BestInterest, true, null, true, "reasonRequired")]
    [InlineData(DisclosureBasis.LegalDuty, true, "law", false, "refused")]
    public void A_human_act_without_her_consent_needs_a_protocol_that_allows_it_and_a_reason(DisclosureBasis basis, bool allowed, string? reason, bool byStaff, string expected)
    {
        var rules = Rules() with { HumanBases = allowed ? [basis] : [] };
        var story = Story.Of(Press(Need.Health), rules, Person("p")).At(5);
        var consent = new Consent(basis, byStaff ? "fatou" : Consent.Survivor, At(5), "voice", "v1", "fr", reason);
        var decision = story.Adds((byStaff ? ByCallTaker() : ByPhone() with { Authorised = true }) with { Consent = consent });
        Assert.Equal(expected, expected == "refused" && decision is Decision.Refused ? "refused" : decision.Outcome());
    }

    [Fact]
    public void What_comes_with_the_press_is_her_consent_or_nothing()
    {
        var forged = Yes() with { Basis = DisclosureBasis.LifeThreat };
        var decision = Raising.Raise(null, Press(Need.Police) with { PoliceConsent = forged }, Night);
        Assert.True(decision is Decision.Refused || decision.Now().Consents.IsEmpty);
    }

    /// <summary>She consented: a police sergeant has accepted, a nurse and the matron of the police clinic are asked for health.</summary>
    private static Story WithPoliceOnIt()
    {
        var story = Story.Of(
            Press(Need.Health, Need.Police) with { PoliceConsent = Yes(), Place = Box<Place>("place") }, Rules(),
            Person("nurse"), Person("matron").From(PoliceClinic), Person("sergeant", Need.Police).From(PoliceStation)).At(10);
        story.Accepts("sergeant", need: Need.Police);
        story.Reports("sergeant", Progress.NoConflict, need: Need.Police);
        return story;
    }
}
