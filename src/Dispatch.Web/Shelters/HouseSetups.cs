using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Shelters;
using Dispatch.Web.Sealing;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Shelters;

/// <summary>Brings houses to what the settings say. It touches no bed, except for the first count of a demo's house.</summary>
internal sealed class HouseSetups(IGrainFactory grains, Tenant tenant, HouseStaff staff, Vault vault)
{
    public async Task SetUp(HouseSettings house)
    {
        var grain = grains.GetGrain<IShelterGrain>(house.Id);
        await grain.Configure(Of(house));
        if (house.FirstBeds > 0 && await grain.Board() is { Version: 0 }) await grain.ConfirmCounts(new ConfirmCounts(0, [new BedFigures(BedKind.Bed, house.FirstBeds, 0, 0)], "demo"));
    }

    internal ShelterSetup Of(HouseSettings house) => new()
    {
        Tenant = tenant.Id,
        Organisation = tenant.Organisation(house.Organisation)!.Facts,
        Staff = staff.Of(house.Id),
        Areas = [.. house.Areas],
        Rules = house.Rules,
        Travel = new TravelHours { UtcOffsetMinutes = tenant.Settings.UtcOffsetMinutes, Closed = [.. house.Closed.Select(c => new ClosedHours(c.From, c.Until, c.Why))] },
        MeetingPoint = string.IsNullOrWhiteSpace(house.MeetingPoint) ? null : vault.ShelterKey(house.Id).SealSame(ShelterFields.MeetingPoint, new Place(Landmark: house.MeetingPoint)),
    };
}

internal static class ShelterFields
{
    public const string MeetingPoint = "meetingPoint";
    public const string Address = "address";
}
