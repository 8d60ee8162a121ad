using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Beds;

/// <summary>A house had given her up, and she stands at its door.</summary>
public sealed class AfterAllStories
{
    [Fact]
    public void Who_came_after_all_is_known_to_her_alert_and_nobody_searches_on()
    {
        using var city = Homes.With(("rose", 1), ("lily", 1));
        var alert = GivenUp(city);
        Assert.Equal(BedState.Held, city.Requests(alert)[1].State);

        Assert.Null(city.Host(() => city.House("rose").Arrive(Homes.HoldOf(alert, city.Requests(alert)[0]), "staff")).Refused);
        city.Advance(16);

        Assert.Equal((Stage.Ended, EndedHow.Resolved), (city.State(alert).Stage, city.State(alert).Ending?.How));
        Assert.Equal([BedState.Occupied, BedState.Over], city.Requests(alert).Select(r => r.State));
        Assert.Equal((1, 1), (city.Beds("rose").Occupied, city.Beds("lily").Free));
    }

    /// <summary>Neither the house nor the alert keeps a bed for somebody whom nobody follows.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public void Said_too_early_of_her_the_search_goes_on_and_her_bed_is_free(int seconds)
    {
        using var city = Homes.With(new CityOptions { Rules = Homes.Rules() with { DefaultNeeds = [Need.Shelter, Need.Legal] } }, ("rose", 1), ("lily", 1));
        var alert = GivenUp(city);
        var hold = Homes.HoldOf(alert, city.Requests(alert)[0]);
        Assert.Null(city.Host(() => city.House("rose").Arrive(hold, "staff")).Refused);
        city.Advance(seconds);

        var put = city.Host(() => city.House("rose").Correct(new CorrectHold(hold, HoldStage.Booked, null, CorrectionReason.SaidTooEarly, "staff")));
        city.Advance(16);

        Assert.Equal((null, GoneHow.NotCome), (put.Refused, put.Hold?.Over));
        Assert.Equal(new BoardLine(BedKind.Bed, 1, 1, 0, 0, 0, 0), city.Beds("rose"));
        Assert.Equal((BedState.Over, NeedStage.Asking), (city.Requests(alert)[0].State, city.ShelterNeed(alert)));
        Assert.Contains(city.Requests(alert), r => r is { Shelter: "lily", State: BedState.Held });
    }

    /// <summary>Her alert has heard that she did not come, and the next house holds a bed for her.</summary>
    private static string GivenUp(City city)
    {
        var alert = city.Raise();
        city.Answers("rose", alert);
        var request = city.Requests(alert)[0];
        city.Host(() => city.House("rose").Release(new ReleaseBeds(Homes.HoldOf(alert, request), request.AskedAt, "staff", NotCome: true)));
        city.Advance(16);
        Assert.Equal((BedOver.NotCome, NeedStage.Asking), (city.Requests(alert)[0].Over, city.ShelterNeed(alert)));
        return alert;
    }
}
