using System.Globalization;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.Responders;
using Dispatch.Domain.Rosters;
using Dispatch.Domain.ServiceAreas;
using static Dispatch.Domain.Tests.Rosters.GivenRoster;

namespace Dispatch.Domain.Tests.Rosters;

/// <summary>Hours of the coming days in which nobody could be asked.</summary>
public sealed class GapsTests
{
    private static readonly Candidate Awa = Given.Person("awa") with { ByRoster = true };
    private static readonly Candidate Binta = Given.Person("binta") with { ByRoster = true };
    private static readonly Roster DayAndNight = Of(Shift("awa", "08:00-20:00"), Shift("binta", "20:00-08:00"));

    private static readonly Rules HealthOnly = Given.Rules() with { DefaultNeeds = [Need.Health], Needs = [new NeedRule(Need.Health, [Mode.CallsHer])] };

    [Fact]
    public void Where_somebody_is_always_there_nothing_is_missing() => Assert.Empty(Of3Days(DayAndNight, HealthOnly, Awa, Binta));

    [Fact]
    public void Without_the_one_every_hour_of_hers_is_a_gap() =>
        Assert.Equal([("Mon 00:00", "Mon 08:00"), ("Mon 20:00", "Tue 08:00"), ("Tue 20:00", "Wed 08:00"), ("Wed 20:00", "Thu 00:00")], Times(Of3Days(DayAndNight, HealthOnly, Awa)));

    [Fact]
    public void Vetting_that_runs_out_leaves_a_gap_from_then_on() =>
        Assert.Equal([("Tue 12:00", "Tue 20:00"), ("Wed 08:00", "Wed 20:00")], Times(Of3Days(DayAndNight, HealthOnly, Awa with { VettedUntil = At("Tue 12:00") }, Binta)));

    [Fact]
    public void So_does_a_code_of_conduct() =>
        Assert.Equal([("Tue 12:00", "Tue 20:00"), ("Wed 08:00", "Wed 20:00")], Times(Of3Days(DayAndNight, HealthOnly, Awa with { ConductUntil = At("Tue 12:00") }, Binta)));

    [Fact]
    public void Whoever_rests_or_is_off_by_her_own_word_fills_none() =>
        Assert.Equal([("Mon 08:00", "Mon 14:00"), ("Mon 20:00", "Tue 01:00")], Times(Of3Days(
            DayAndNight, HealthOnly, Awa with { Rest = new Rest(At("Mon 02:00"), At("Mon 14:00")) }, Binta.Left(At("Tue 01:00")), Awake("celine", until: "Mon 08:00"))));

    [Fact]
    public void Whoever_came_on_duty_in_her_rest_is_there_for_everybodys_step_and_fills_no_gap()
    {
        var tired = Given.Person("awa") with { OnDutySince = At("Mon 00:00"), OnDutyUntil = At("Mon 12:00"), Rest = new Rest(At("Sun 00:00").AddDays(-7), At("Mon 06:00")) };
        Assert.Equal([("Mon 00:00", "Mon 06:00"), ("Mon 12:00", "Thu 00:00")], Times(Of3Days(Of(), HealthOnly, tired)));
    }

    [Fact]
    public void A_need_that_is_asked_for_by_default_is_looked_at_though_no_rule_of_its_own_stands_there() =>
        Assert.Contains(Of3Days(Of(), HealthOnly with { Needs = [new NeedRule(Need.Legal, [Mode.CallsHer])] }), g => g is { Need: Need.Health, ByDefault: true });

    [Fact]
    public void Nobody_fills_a_need_in_no_way_that_the_protocol_allows()
    {
        (string, string)[] whole = [("Mon 00:00", "Thu 00:00")];
        var roster = Of(Shift("awa", "00:00-00:00"));
        Assert.Empty(Of3Days(roster, HealthOnly, Awa));
        Assert.Equal(whole, Times(Of3Days(roster, HealthOnly, Awa with { Modes = [Mode.ReceivesHer] })));
        Assert.Equal(whole, Times(Of3Days(roster, HealthOnly with { Needs = [new NeedRule(Need.Health, [Mode.CallsHer]) { AskedOf = [OrganisationKind.Legal] }] }, Awa)));
        Assert.Equal(whole, Times(Of3Days(roster with { Shifts = [roster.Shifts[0] with { Needs = [Need.Legal] }] }, HealthOnly, Awa)));
    }

    [Fact]
    public void Each_need_of_the_protocol_is_looked_at_and_says_whether_it_is_asked_for_by_default()
    {
        var rules = HealthOnly with { Needs = [.. HealthOnly.Needs, new NeedRule(Need.Legal, [Mode.CallsHer])] };
        var gap = Assert.Single(Of3Days(DayAndNight, rules, Awa, Binta));
        Assert.Equal((Need.Legal, false), (gap.Need, gap.ByDefault));
        Assert.True(Assert.Single(Of3Days(Of(), HealthOnly)).ByDefault);
    }

    [Fact]
    public void Whoever_came_without_saying_until_when_counts_for_half_a_day() =>
        Assert.Equal([("Mon 12:00", "Thu 00:00")], Times(Of3Days(Of(), HealthOnly, Given.Person("awa"))));

    private static Candidate Awake(string name, string until) => Given.Person(name) with { OnDutyUntil = At(until) };

    private static Gap[] Of3Days(Roster roster, Rules rules, params Candidate[] people) => [.. Gaps.Of(roster, people, rules, At("Mon 00:00"), At("Mon 00:00") + Gaps.Ahead)];

    private static (string, string)[] Times(Gap[] gaps) => [.. gaps.Select(g => (Spelled(g.From), Spelled(g.Until)))];

    private static string Spelled(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(1)).ToString("ddd HH:mm", CultureInfo.InvariantCulture);
}
