using Dispatch.Domain.Alerts;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.Responders;
using Dispatch.Grains.Responders;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.ServiceAreas;

/// <summary>What a person says of herself reaches her areas and outlives a crash, her duty and the next profile.</summary>
public sealed class DeclaredTests
{
    [Fact]
    public void A_conflict_holds_for_alerts_of_that_area_until_she_takes_it_back()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        Declare(city, City.Area);
        Assert.Empty(city.State(city.Raise()).Offers);
        city.CrashAndRestart();
        city.OffDuty("amal");
        city.OnDuty("amal");
        Assert.Empty(city.State(city.Raise()).Offers);

        Declare(city);
        Assert.Single(city.State(city.Raise()).Offers);
    }

    [Fact]
    public void The_nearest_is_asked_first_where_somebody_has_to_travel()
    {
        using var city = City.Start(new CityOptions { Rules = City.DefaultRules(new NeedRule(Need.Health, [Mode.ReceivesHer])) with { Steps = [new(0, 1), new(300, 1)] } });
        city.OnDuty("amal");
        city.OnDuty("noor");
        city.Host(() => city.Grains.GetGrain<IResponderGrain>("noor").DeclareTravel(City.Area, TravelBand.Under15));
        city.Host(() => WorkNews.Tell(city.Grains, "noor"));

        Assert.Equal("noor", Assert.Single(city.State(city.Raise()).Offers).Responder);
        city.Host(() => city.Grains.GetGrain<IResponderGrain>("noor").DeclareTravel(City.Area, null));
        city.Host(() => WorkNews.Tell(city.Grains, "noor"));
        Assert.Equal("amal", Assert.Single(city.State(city.Raise()).Offers).Responder);
    }

    private static void Declare(City city, params string[] areas)
    {
        city.Host(() => city.Grains.GetGrain<IResponderGrain>("amal").DeclareConflicts([], [.. areas]));
        city.Host(() => WorkNews.Tell(city.Grains, "amal"));
    }
}
