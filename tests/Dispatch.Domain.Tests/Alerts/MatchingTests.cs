using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.Responders;
using Dispatch.Domain.ServiceAreas;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>Who may be asked, and in which order.</summary>
public sealed class MatchingTests
{
    /// <summary>One person for every reason not to be asked; everything else about her fits.</summary>
    private static readonly Dictionary<NotAsked, Func<(Alert Alert, Candidate Person)>> Reasons = new()
    {
        [NotAsked.OtherTenant] = () => (Opened(), Person("p") with { Tenant = "YY" }),
        [NotAsked.OtherNeed] = () => (Opened(), Person("p", Need.Legal)),
        [NotAsked.OffDuty] = () => (Opened(), Person("p") with { OnDutyUntil = At(5) }),
        [NotAsked.VettingExpired] = () => (Opened(), Person("p") with { VettedUntil = At(5) }),
        [NotAsked.NoDisclosureBasis] = () => (Opened(), Person("p").From(PoliceClinic)),
        [NotAsked.Excluded] = () => (Opened() with { Exclusions = new Exclusions { Responders = ["p"] } }, Person("p")),
        [NotAsked.NotAWoman] = () => (Opened() with { WomenOnly = true }, Person("p") with { Woman = false }),
        [NotAsked.ChildPath] = () => (Opened() with { AgeBand = AgeBand.From15To17 }, Person("p") with { Children = false }),
        [NotAsked.AskedBefore] = () => (Asking.EnterStep(Opened(), Need.Health, [Person("p")], Night).Now(), Person("p")),
        [NotAsked.LoadCap] = () => (Opened(), Person("p") with { Load = 3, LoadCap = 3 }),
        [NotAsked.Resting] = () => (Opened(), Person("p") with { Rest = new Rest(At(-10), At(6)) }),
        [NotAsked.NotInDrill] = () => (Opened() with { Exercise = true }, Person("p")),
        [NotAsked.OtherOrganisation] = () => (Opened() with { Rules = Rules() with { Needs = [new NeedRule(Need.Health, [.. AllModes]) { AskedOf = [OrganisationKind.Health] }] } }, Person("p").From(WomensGroup)),
        [NotAsked.ConflictDeclared] = () => (Opened(), Person("p") with { Declared = new Declared { ConflictAreas = ["XX/demo"] } }),
        [NotAsked.ConductExpired] = () => (Opened(), Person("p") with { ConductUntil = At(5) }),
        [NotAsked.NoMode] = () => (Opened(), Person("p") with { Modes = [Mode.ComesToHer] }),
    };

    public static TheoryData<NotAsked> AllReasons() => new(Enum.GetValues<NotAsked>());

    [Theory, MemberData(nameof(AllReasons))]
    public void Each_reason_alone_keeps_a_person_from_being_asked(NotAsked reason)
    {
        var (alert, person) = Reasons[reason]();
        Assert.Equal(reason, Matching.WhyNot(alert, Need.Health, person, At(5)));
        Assert.Empty(Matching.Choose(alert, Need.Health, new StepRule(0, 5), [person], At(5)));
        Assert.Null(Matching.WhyNot(Opened(), Need.Health, Person("fits"), At(5)));
    }

    [Fact]
    public void Whoever_rests_is_asked_only_with_everybody_and_only_when_she_came_on_duty_anew()
    {
        var resting = Person("p") with { Rest = new Rest(At(-100), At(100)), OnDutySince = At(-200) };
        var anew = resting with { OnDutySince = At(-50) };
        Assert.Equal(NotAsked.Resting, Matching.WhyNot(Opened(), Need.Health, resting, Night, everybody: true));
        Assert.Equal(NotAsked.Resting, Matching.WhyNot(Opened(), Need.Health, anew, Night));
        Assert.Null(Matching.WhyNot(Opened(), Need.Health, anew, Night, everybody: true));
        Assert.Null(Matching.WhyNot(Opened(), Need.Health, resting, At(100)));
        Assert.Empty(Matching.Choose(Opened(), Need.Health, new StepRule(0, 5), [anew], Night));
        Assert.Single(Matching.Choose(Opened(), Need.Health, new StepRule(0, 5, Everybody: true), [anew], Night));
    }

    [Fact]
    public void A_supervisor_reads_why_each_one_is_not_asked_by_the_next_step()
    {
        Candidate[] people = [Person("c") with { VettedUntil = At(-1) }, Person("b"), Person("a") with { Rest = new Rest(At(-10), At(10)), OnDutySince = At(-5) }];
        Assert.Equal([("a", NotAsked.Resting), ("c", NotAsked.VettingExpired)], Matching.WhyNot(Opened(), Need.Health, people, Night).AsEnumerable());
        var last = Opened() with { Rules = Rules() with { Steps = [new StepRule(0, 2, Everybody: true)] } };
        Assert.Equal([("c", NotAsked.VettingExpired)], Matching.WhyNot(last, Need.Health, people, Night).AsEnumerable());
    }

    [Fact]
    public void Vetting_and_duty_end_to_the_millisecond()
    {
        var person = Person("p") with { VettedUntil = At(5), OnDutyUntil = At(9) };
        Assert.Null(Matching.WhyNot(Opened(), Need.Health, person, At(4.999)));
        Assert.Equal(NotAsked.VettingExpired, Matching.WhyNot(Opened(), Need.Health, person, At(5)));
        Assert.Equal(NotAsked.OffDuty, Matching.WhyNot(Opened(), Need.Health, person, At(9)));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(AgeBand.Adult, true)]
    [InlineData(AgeBand.From15To17, false)]
    [InlineData(AgeBand.From12To14, false)]
    [InlineData(AgeBand.Under12, false)]
    public void A_child_is_met_by_people_trained_for_it_only(AgeBand? age, bool untrainedIsAsked)
    {
        var alert = Opened() with { AgeBand = age };
        Assert.Equal(untrainedIsAsked, Matching.WhyNot(alert, Need.Health, Person("p") with { Children = false }, Night) is null);
        Assert.Null(Matching.WhyNot(alert, Need.Health, Person("q"), Night));
    }

    [Fact]
    public void An_organisation_that_must_not_know_is_not_asked_whoever_works_there()
    {
        var alert = Opened() with { Exclusions = new Exclusions { Organisations = ["clinic"] } };
        Assert.Equal(NotAsked.Excluded, Matching.WhyNot(alert, Need.Health, Person("p"), Night));
        Assert.Null(Matching.WhyNot(alert, Need.Health, Person("p").From(WomensGroup), Night));
    }

    [Fact]
    public void A_drill_reaches_only_people_on_drill_duty_and_they_stay_on_real_duty()
    {
        Candidate[] people = [Person("real"), Person("both") with { Drill = true }];
        Assert.Equal(["both"], Chosen(Opened() with { Exercise = true }, people));
        Assert.Equal(["both", "real"], Chosen(Opened(), people));
    }

    [Fact]
    public void Her_language_comes_first_then_the_lighter_load_then_the_longest_unasked()
    {
        var alert = Opened() with { Language = "bm" };
        Candidate[] people =
        [
            Person("a-busy") with { Load = 2 },
            Person("b-asked-just-now") with { LastAskedAt = At(-10) },
            Person("c-asked-long-ago") with { LastAskedAt = At(-9000) },
            Person("d-never-asked"),
            Person("e-speaks-bambara-and-is-busy") with { Languages = ["fr", "bm"], Load = 2 },
            Person("f-speaks-bambara") with { Languages = ["bm"], LastAskedAt = At(-10) },
        ];
        Assert.Equal(
            ["f-speaks-bambara", "e-speaks-bambara-and-is-busy", "d-never-asked", "c-asked-long-ago", "b-asked-just-now", "a-busy"],
            Chosen(alert, people));
        Assert.Equal(Chosen(alert, people), Chosen(alert, [.. people.Reverse()]));
    }

    [Fact]
    public void Who_declared_a_conflict_with_whoever_brought_her_is_not_asked()
    {
        var person = Person("p") with { Declared = new Declared { ConflictOrganisations = ["mac-1"], ConflictAreas = ["XX/elsewhere"] } };
        Assert.Equal(NotAsked.ConflictDeclared, Matching.WhyNot(Opened() with { RelayOrganisations = ["mac-2", "mac-1"] }, Need.Health, person, Night));
        Assert.Null(Matching.WhyNot(Opened() with { RelayOrganisations = ["mac-2"] }, Need.Health, person, Night));
    }

    [Fact]
    public void The_way_that_she_chose_comes_first_and_then_the_nearest_when_somebody_has_to_travel()
    {
        var alert = Opened() with { Language = "bm", WishedModes = [Mode.ReceivesHer] };
        Candidate[] people =
        [
            Near("a-far", TravelBand.Over60, At(-60)),
            Near("b-near", TravelBand.Under30, At(-60)),
            Near("c-was-nearest-long-ago", TravelBand.Under15, Night.AddDays(-30)),
            Near("d-near-and-speaks-bambara", TravelBand.Under30, At(-60)) with { Languages = ["bm"] },
            Near("e-nearest-but-only-calls", TravelBand.Under15, At(-60)) with { Modes = [Mode.CallsHer], Languages = ["bm"] },
            Person("f-never-said"),
        ];
        Assert.Equal(["d-near-and-speaks-bambara", "b-near", "c-was-nearest-long-ago", "f-never-said", "a-far", "e-nearest-but-only-calls"], Chosen(alert, people));

        var first = Matching.NextAsked(alert, Need.Health, people, Night)[0];
        Assert.Equal(new RankedBecause { WishedMode = true, Travel = TravelBand.Under30, Language = true }, first.Because);
        Assert.Equal(Chosen(alert, people), Matching.NextAsked(alert, Need.Health, people, Night).Select(r => r.Person.Responder));
    }

    [Fact]
    public void On_the_telephone_her_language_counts_and_no_way()
    {
        var alert = Opened() with { Language = "bm", WishedModes = [Mode.CallsHer] };
        Assert.Equal(["far", "near"], Chosen(alert, [Near("near", TravelBand.Under15, At(-60)), Near("far", TravelBand.Over60, At(-60)) with { Languages = ["bm"] }]));
        Assert.Null(Matching.NextAsked(alert, Need.Health, [Near("near", TravelBand.Under15, At(-60))], Night)[0].Because.Travel);
    }

    [Fact]
    public void A_person_who_appears_in_two_areas_is_asked_once() =>
        Assert.Equal(["p"], Chosen(Opened(), [Person("p"), Person("p") with { Load = 1 }]));

    [Fact]
    public void A_step_asks_as_many_as_its_rule_says_and_everybody_is_bounded()
    {
        Assert.Equal(2, Matching.Choose(Opened(), Need.Health, new StepRule(0, 2), People(9), Night).Length);
        Assert.Equal(300, People(300).Length);
        Assert.Equal(Dispatch.Domain.Protocols.Rules.MaxPerStep, Matching.Choose(Opened(), Need.Health, new StepRule(120, 2, Everybody: true), People(300), Night).Length);
    }

    [Fact]
    public void Her_own_area_comes_before_the_next_and_the_way_that_she_chose_before_both()
    {
        var alert = Opened() with { Language = "bm", WishedModes = [Mode.ReceivesHer] };
        Candidate[] people =
        [
            Near("a-next-door-and-near", TravelBand.Under15, At(-60)) with { NextDoor = true, Languages = ["bm"] },
            Near("b-here-and-far", TravelBand.Over60, At(-60)) with { Load = 2 },
            Person("c-here-but-only-calls") with { Modes = [Mode.CallsHer] },
        ];
        Assert.Equal(["b-here-and-far", "a-next-door-and-near", "c-here-but-only-calls"], Chosen(alert, people));
    }

    [Fact]
    public void A_way_that_safety_does_not_allow_yet_puts_nobody_first()
    {
        var alert = Opened() with { WishedModes = [Mode.MeetsAt] };
        Candidate[] people = [Person("a") with { Load = 1 }, Person("b") with { Modes = [Mode.CallsHer] }];
        Assert.Equal(["b", "a"], Chosen(alert, people));
        Assert.Equal(["a", "b"], Chosen(alert with { Verification = Verification.Voice }, people));
    }

    /// <summary>Every reason against the one after it: each comes first although everything below it speaks for the other.</summary>
    [Fact]
    public void Each_reason_weighs_more_than_all_that_come_after_it()
    {
        var alert = Opened() with { Language = "bm", WishedModes = [Mode.ReceivesHer] };
        Func<Candidate, Candidate>[] worse =
        [
            p => p with { Modes = [Mode.CallsHer] },
            p => p with { NextDoor = true },
            p => p with { Declared = new Declared().With("XX/demo", TravelBand.Under60, At(-60)) },
            p => p with { Languages = ["fr"] },
            p => p with { Load = 1 },
            p => p with { LastAskedAt = At(-20) },
            p => p with { Responder = "z" },
        ];
        var best = Near("a", TravelBand.Under30, At(-60)) with { Languages = ["bm"], LastAskedAt = At(-30) };
        for (var i = 0; i < worse.Length; i++)
        {
            var behind = worse[i](best with { Responder = "0" });
            var ahead = worse.Skip(i + 1).Aggregate(best, (p, change) => change(p));
            Assert.Equal([ahead.Responder, behind.Responder], Chosen(alert, [behind, ahead]));
        }
    }

    [Fact]
    public void A_way_counts_for_less_than_thirty_days_and_for_its_area_alone()
    {
        var far = new Declared().With("XX/demo", TravelBand.Over60, Night.AddDays(-30).AddTicks(1));
        Assert.Equal(TravelBand.Over60, far.To("XX/demo", Night));
        Assert.Null(far.To("XX/demo", Night.AddTicks(1)));
        Assert.Null(far.To("XX/north", Night));
        var nearer = far.With("XX/demo", TravelBand.Under15, Night).With("XX/north", TravelBand.Under30, Night);
        Assert.Equal((TravelBand.Under15, TravelBand.Under30, 2), (nearer.To("XX/demo", Night)!.Value, nearer.To("XX/north", Night)!.Value, nearer.Travel.Length));
        Assert.Null(nearer.With("XX/demo", null, Night).To("XX/demo", Night));
        var many = Enumerable.Range(0, Declared.MaxTravel + 1).Aggregate(new Declared(), (d, i) => d.With($"XX/{i}", TravelBand.Under15, Night));
        Assert.Equal((Declared.MaxTravel, "XX/1"), (many.Travel.Length, many.Travel[0].Area));
    }

    [Fact]
    public void Why_she_was_chosen_stands_in_her_offer_except_where_everybody_was_asked()
    {
        Candidate[] people = [Person("p") with { Load = 1, LastAskedAt = At(-20) }];
        var asked = Asking.EnterStep(Opened(), Need.Health, people, Night).Now();
        Assert.Equal(new RankedBecause { Language = true, Load = 1, LastAskedAt = At(-20) }, Assert.Single(asked.Offers).Because);
        var last = Opened() with { Rules = Rules() with { Steps = [new StepRule(0, 2, Everybody: true)] } };
        Assert.Null(Assert.Single(Asking.EnterStep(last, Need.Health, people, Night).Now().Offers).Because);
    }

    private static Candidate Near(string id, TravelBand band, DateTimeOffset setAt) => Person(id) with { Declared = new Declared().With("XX/demo", band, setAt) };

    private static string[] Chosen(Alert alert, IEnumerable<Candidate> people) =>
        [.. Matching.Choose(alert, Need.Health, new StepRule(0, 99), people, Night).Select(c => c.Person.Responder)];

    private static Alert Opened() => Asking.Open(Raising.Raise(null, Press(Need.Health), Night).Now(), Rules(), Night).Now();
}
