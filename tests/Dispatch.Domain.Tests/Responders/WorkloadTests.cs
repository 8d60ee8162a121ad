using Dispatch.Domain.Alerts;
using Dispatch.Domain.Responders;
using Dispatch.Domain.ServiceAreas;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Responders;

public sealed class WorkloadTests
{
    [Theory]
    [InlineData(AssignmentState.Accepted, 1)]
    [InlineData(AssignmentState.NoConflict, 1)]
    [InlineData(AssignmentState.EnRoute, 1)]
    [InlineData(AssignmentState.Arrived, 1)]
    [InlineData(AssignmentState.Done, 0)]
    [InlineData(AssignmentState.Released, 0)]
    [InlineData(AssignmentState.StandOff, 0)]
    [InlineData(AssignmentState.CallOff, 0)]
    public void An_assignment_counts_while_it_is_active(AssignmentState state, int counted)
    {
        Assert.Equal(counted, new Workload().After([], [Told("a1", state)]).Active);
        Assert.Equal(0, new Workload().After([], [Told("a1", state) with { Exercise = true }]).Active);
    }

    [Fact]
    public void The_version_grows_with_every_change_and_with_nothing_else()
    {
        var none = new Workload { Areas = ["XX/demo"] };
        var one = none.After([], [Told("a1", AssignmentState.Accepted)]);
        Assert.Same(one, one.After([Told("a1", AssignmentState.Accepted)], [Told("a1", AssignmentState.EnRoute)]));
        Assert.Equal((1, 1L), (one.Active, one.Version));
        Assert.Equal((0, 2L), (one.After([Told("a1", AssignmentState.EnRoute)], []).Active, one.After([], []).Version));
        Assert.Equal(none.Areas, one.Areas);
    }

    [Fact]
    public void An_area_never_goes_back_to_an_older_count()
    {
        var person = Person("p") with { Load = 2, LoadVersion = 5 };
        Assert.Same(person, person.With(new Workload { Version = 5, Active = 9 }));
        Assert.Same(person, person.With(new Workload { Version = 4, Active = 9 }));
        Assert.Equal((1, 6L), (person.With(new Workload { Version = 6, Active = 1 }).Load, person.With(new Workload { Version = 6, Active = 1 }).LoadVersion));
    }

    [Fact]
    public void Coming_on_duty_anew_forgets_neither_the_work_nor_the_turn()
    {
        var known = Person("p") with { Load = 2, LoadVersion = 5, LastAskedAt = At(3) };
        var anew = (Person("p") with { OnDutySince = At(9) }).KeepingFrom(known);
        Assert.Equal((2, 5L, At(3), At(9)), (anew.Load, anew.LoadVersion, anew.LastAskedAt, anew.OnDutySince));
        var newer = (Person("p") with { Load = 1, LoadVersion = 6 }).KeepingFrom(known);
        Assert.Equal((1, 6L), (newer.Load, newer.LoadVersion));
    }

    private static AlertTold Told(string alert, AssignmentState state) => new()
    {
        AlertId = alert, Version = 1, RaisedAt = Night, Exercise = false, Area = "XX/demo",
        Offers =
        [
            new ToldOffer
            {
                No = 0, Round = 0, Need = Need.Health, Modes = [Mode.CallsHer], State = OfferState.Accepted, At = Night,
                Assignment = new Assignment { Mode = Mode.CallsHer, AcceptedAt = Night, ProgressAt = Night, State = state },
            },
        ],
    };
}
