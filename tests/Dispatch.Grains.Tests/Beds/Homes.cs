using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.ServiceAreas;
using Dispatch.Grains.Shelters;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Beds;

/// <summary>A city with houses, and short words for what alerts and their people do about beds.</summary>
internal static class Homes
{
    public static City With(params (string House, int Beds)[] houses) => With(null, houses);

    public static City With(CityOptions? options, params (string House, int Beds)[] houses)
    {
        var city = City.Start(options ?? new CityOptions { Rules = Rules() });
        foreach (var (house, beds) in houses)
        {
            var setup = new ShelterSetup { Tenant = City.Tenant, Organisation = new OrganisationFacts(house + "-org", OrganisationKind.Shelter), Areas = [City.Area] };
            city.Host(() => city.House(house).Configure(setup));
            Assert.Null(city.Host(() => city.House(house).ConfirmCounts(new ConfirmCounts(0, [new BedFigures(BedKind.Bed, beds, 0, 0)], "staff"))).Refused);
        }

        city.Host(() => city.Grains.GetGrain<IServiceAreaGrain>(City.Area).Configure(City.Setup with { Neighbours = [City.Neighbour], Houses = [.. houses.Select(h => new AreaHouse(h.House))] }));
        return city;
    }

    public static Rules Rules() => City.DefaultRules() with { DefaultNeeds = [Need.Shelter] };

    public static IShelterGrain House(this City city, string id) => city.Grains.GetGrain<IShelterGrain>(id);

    public static BoardLine Beds(this City city, string house) => Assert.Single(city.Host(() => city.House(house).Board()).Lines);

    public static BedRequest[] Requests(this City city, string alert) => [.. city.State(alert).Beds?.Requests ?? []];

    public static BedRequest Request(this City city, string alert) => Assert.Single(city.Requests(alert));

    public static string HoldOf(string alert, BedRequest request) => new HoldId(alert, request.No, request.Shelter).ToString();

    /// <summary>Staff of the house answer the newest request to it, and the host nudges the alert.</summary>
    public static HoldResult Answers(this City city, string house, string alert, bool yes = true)
    {
        var hold = HoldOf(alert, city.Requests(alert).Last(r => r.Shelter == house));
        var result = city.Host(() => city.House(house).Confirm(new AnswerHold(hold, yes, "staff")));
        city.Host(() => city.Alert(alert).Wake());
        return result;
    }

    public static HoldResult Arrives(this City city, string house, string alert)
    {
        var result = city.Host(() => city.House(house).Arrive(HoldOf(alert, city.Requests(alert).Last(r => r.Shelter == house)), "staff"));
        city.Host(() => city.Alert(alert).Wake());
        return result;
    }

    public static NeedStage ShelterNeed(this City city, string alert) => city.State(alert).Needs.Single(n => n.Need is Need.Shelter).Stage;
}
