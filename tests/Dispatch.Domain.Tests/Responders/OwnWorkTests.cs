using Dispatch.Domain.Alerts;
using Dispatch.Domain.Responders;
using Dispatch.Domain.Tests.Stored;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Responders;

public sealed class OwnWorkTests
{
    private static readonly ToldOffer Active = Samples.AlertTold.Offers[0] with { Assignment = Samples.AlertTold.Offers[0].Assignment! with { State = AssignmentState.EnRoute } };

    [Theory]
    [InlineData(AssignmentState.Done)]
    [InlineData(AssignmentState.Released)]
    [InlineData(AssignmentState.StandOff)]
    [InlineData(AssignmentState.CallOff)]
    public void What_ended_is_noted_once_and_names_nobody(AssignmentState state)
    {
        var (known, told) = (With(Active), With(Active with { Assignment = Active.Assignment! with { State = state } }));
        var (key, work) = Assert.Single(OwnWork.EndedIn(known, told, At(700)));
        Assert.Equal((Active.Need, Active.Assignment!.AcceptedAt, At(700), state, true), (work.Need, work.AcceptedAt, work.EndedAt, work.State, work.Exercise));
        Assert.DoesNotContain(told.AlertId, key + work, StringComparison.Ordinal);
        Assert.Equal(key, Assert.Single(OwnWork.EndedIn(null, told, At(900))).Key);
        Assert.Empty(OwnWork.EndedIn(told, told, At(900)));
        Assert.Empty(OwnWork.EndedIn(null, known, At(900)));
    }

    [Fact]
    public void The_newest_comes_first() => Assert.True(string.CompareOrdinal(NewestFirst.Key(At(10)), NewestFirst.Key(At(5))) < 0);

    private static AlertTold With(ToldOffer offer) => Samples.AlertTold with { Offers = [offer] };
}
