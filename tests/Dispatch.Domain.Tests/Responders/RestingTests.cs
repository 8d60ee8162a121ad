using Dispatch.Domain.Alerts;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.Responders;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Responders;

public sealed class RestingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly RestRule Rule = new(10, 22, 6, 60);

    [Theory]
    [InlineData(21, 0, true)]
    [InlineData(20, 59, false)]
    [InlineData(4, 59, true)]
    [InlineData(5, 0, false)]
    public void What_is_done_at_night_by_local_time_gives_a_rest_and_a_talk(int hour, int minute, bool rests)
    {
        var at = new DateTimeOffset(2026, 11, 20, hour, minute, 0, TimeSpan.Zero);
        var work = new Workload().After([], [Told("a1", AssignmentState.Done, at.AddMinutes(-20), at)]);
        Assert.Equal(rests ? new Rest(at, at.AddHours(10)) : null, work.Rest);
        Assert.Equal(rests ? [new DebriefDue("a1.0", at, RestReason.Night)] : Array.Empty<DebriefDue>(), work.Debriefs.AsEnumerable());
    }

    [Fact]
    public void Standing_off_is_severe_at_any_hour_and_handing_back_or_being_called_off_at_night_is_not()
    {
        Assert.Equal(RestReason.Severe, Assert.Single(Resting.Causes([Told("a1", AssignmentState.StandOff, Noon, Noon)])).Why);
        Assert.Empty(Resting.Causes([Told("a1", AssignmentState.Released, Night, Night), Told("a2", AssignmentState.CallOff, Night, Night)]));
        Assert.Empty(Resting.Causes([Told("a1", AssignmentState.StandOff, Night, Night) with { Exercise = true }]));
    }

    [Fact]
    public void The_third_assignment_within_a_day_gives_a_rest_and_nothing_to_talk_about()
    {
        AlertTold[] two = [Told("a1", AssignmentState.Done, Noon, Noon), Told("a2", AssignmentState.Accepted, Noon.AddHours(1), Noon)];
        Assert.Empty(Resting.Causes(two));
        var third = Told("a3", AssignmentState.Accepted, Noon.AddHours(23.9), Noon);
        var work = new Workload().After(two, [.. two, third]);
        Assert.Equal(new Rest(Noon.AddHours(23.9), Noon.AddHours(33.9)), work.Rest);
        Assert.Empty(work.Debriefs);
        Assert.Empty(Resting.Causes([.. two, Told("a3", AssignmentState.Accepted, Noon.AddHours(24), Noon)]));
        Assert.Empty(Resting.Causes([.. two, Told("a3", AssignmentState.Released, Noon.AddHours(2), Noon)]));
    }

    [Fact]
    public void A_talk_that_took_place_does_not_come_back_and_telling_again_asks_for_no_new_one()
    {
        var told = Told("a1", AssignmentState.Done, Night, Night);
        var work = new Workload().After([], [told]);
        Assert.Same(work, work.After([told], [told with { Version = 2 }]));
        var done = work.Debriefed("a1.0");
        Assert.Empty(done.Debriefs);
        Assert.Same(done, done.Debriefed("a1.0"));
        Assert.Same(done, done.After([told], [told with { Version = 2 }]));
        Assert.Equal(work.Rest, done.Rest);
    }

    [Fact]
    public void Talks_are_bounded_and_a_longer_rest_is_never_shortened()
    {
        var work = Enumerable.Range(1, Workload.MaxDebriefs + 5).Aggregate(new Workload(), (w, i) => w.Severe(Resting.Cause($"a{i}.0", RestReason.Severe, Noon.AddHours(-i), Rule)));
        Assert.Equal(Workload.MaxDebriefs, work.Debriefs.Length);
        Assert.Equal($"a{Workload.MaxDebriefs + 5}.0", work.Debriefs[^1].Id);
        Assert.Equal(Noon.AddHours(9), work.Rest!.Until);
        Assert.Equal(1, work.Version);
    }

    [Fact]
    public void Where_the_protocol_gives_no_rest_only_the_talk_remains()
    {
        var none = Told("a1", AssignmentState.Done, Night, Night) with { Rest = Rule with { Hours = 0 } };
        var work = new Workload().After([], [none]);
        Assert.Null(work.Rest);
        Assert.Equal(0, work.Version);
        Assert.Single(work.Debriefs);
    }

    [Theory]
    [InlineData(-1, 22, 6, 0)]
    [InlineData(73, 22, 6, 0)]
    [InlineData(12, 24, 6, 0)]
    [InlineData(12, 22, 24, 0)]
    [InlineData(12, 22, 6, 900)]
    public void A_rule_that_makes_no_sense_is_no_protocol(int hours, int from, int until, int offset) =>
        Assert.Equal("rest_out_of_bounds", (Rules() with { Rest = new RestRule(hours, from, until, offset) }).Fault());

    private static AlertTold Told(string alert, AssignmentState state, DateTimeOffset accepted, DateTimeOffset progress) => new()
    {
        AlertId = alert, Version = 1, RaisedAt = accepted, Exercise = false, Area = "XX/demo", Rest = Rule,
        Offers =
        [
            new ToldOffer
            {
                No = 0, Round = 0, Need = Need.Health, Modes = [Mode.CallsHer], State = OfferState.Accepted, At = accepted,
                Assignment = new Assignment { Mode = Mode.CallsHer, AcceptedAt = accepted, ProgressAt = progress, State = state },
            },
        ],
    };
}
