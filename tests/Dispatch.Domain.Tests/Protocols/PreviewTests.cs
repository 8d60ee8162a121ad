using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.ServiceAreas;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Protocols;

public sealed class PreviewTests
{
    private static readonly AreaSetup Setup = new() { Tenant = "XX", Line = "demo" };

    [Fact]
    public void It_says_who_is_told_when_if_nobody_answers()
    {
        var people = People(5);
        var neighbour = Person("q01");
        var health = Preview.Of(Rules(), Need.Health, Setup, "XX/demo", people, [.. people, neighbour], Night);

        // A step whose phones confirm nothing counts its wait from ten seconds after its start.
        Assert.Equal([(0, 0), (1, 40), (2, 95), (3, 150)], health.Steps.Select(s => (s.Step, s.AfterSeconds)));
        Assert.Equal(["p01", "p02"], health.Steps[0].People.Select(p => p.Responder));
        Assert.Equal(["p05"], health.Steps[2].People.Select(p => p.Responder));
        Assert.Equal((true, "q01"), (health.Steps[3].Everybody, Assert.Single(health.Steps[3].People).Responder));
        Assert.Empty(health.NotAsked);
    }

    [Fact]
    public void Whoever_is_on_duty_at_that_hour_counts_and_the_others_are_named_with_the_reason()
    {
        Candidate[] people = [Person("p01") with { OnDutyUntil = Night.AddHours(1) }, Person("p02"), Person("p03") with { VettedUntil = Night.AddDays(1) }];
        var later = Preview.Of(Rules(), Need.Health, Setup, "XX/demo", people, people, Night.AddDays(2));
        Assert.Equal(["p02"], later.Steps.SelectMany(s => s.People).Select(p => p.Responder));
        Assert.Equal([("p01", NotAsked.OffDuty), ("p03", NotAsked.VettingExpired)], later.NotAsked.AsEnumerable());
    }

    [Fact]
    public void Police_is_said_to_need_her_consent()
    {
        var police = Preview.Of(Rules(), Need.Police, Setup, "XX/demo", [Person("p01", Need.Police).From(PoliceStation)], [], Night);
        Assert.True(police.NeedsConsent);
        Assert.Empty(police.Steps);
    }

    [Fact]
    public void A_need_has_its_own_steps_and_asks_its_own_kinds_of_organisation()
    {
        var rules = Rules() with
        {
            Needs = [new NeedRule(Need.Health, [Mode.CallsHer]) { AskedOf = [OrganisationKind.Health], OwnSteps = [new(0, 1), new(15, 1)] }],
        };
        Candidate[] people = [Person("p01").From(WomensGroup), Person("p02"), Person("p03"), Person("p04")];
        var health = Preview.Of(rules, Need.Health, Setup, "XX/demo", people, people, Night);
        Assert.Equal([("p02", 0), ("p03", 25)], health.Steps.Select(s => (Assert.Single(s.People).Responder, s.AfterSeconds)));
        Assert.Contains(("p01", NotAsked.OtherOrganisation), health.NotAsked);
    }
}
