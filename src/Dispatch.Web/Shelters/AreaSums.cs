using Dispatch.Domain.ServiceAreas;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Shelters;
using Orleans;

namespace Dispatch.Web.Shelters;

internal static class AreaSums
{
    /// <summary>The beds of the houses that serve an area, now. Null when they are too few to be counted.</summary>
    public static async Task<AreaBeds?> Of(AreaSetup area, IGrainFactory grains)
    {
        var houses = await Task.WhenAll((area.Houses ?? []).Select(house => grains.GetGrain<IShelterGrain>(house.Shelter).Summary()));
        return AreaBeds.Of(houses.OfType<HouseSummary>());
    }
}
