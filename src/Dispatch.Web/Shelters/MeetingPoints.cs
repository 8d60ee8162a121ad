using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using Dispatch.Web.Limits;
using Dispatch.Web.Sealing;
using Dispatch.Web.Survivors;

namespace Dispatch.Web.Shelters;

/// <summary>Where staff of a house meet a party: in words, or on the map, and never the house itself.</summary>
internal static class MeetingPoints
{
    /// <summary>Short: a house's list keeps one for each party that it waits for.</summary>
    private const int MaxLandmark = 120;

    /// <summary>The member that is out of bounds, or null.</summary>
    public static string? Fault(LocationBody body) =>
        Fields.Place(body) is null || body.Landmark?.Length > MaxLandmark ? "landmark" : RaiseChecks.Fault(body);

    public static HouseHoldBody Meeting(this HouseHoldBody body, HoldView hold, Vault vault) =>
        hold.MeetAt is { } at && HoldId.TryParse(hold.HoldId, out var id) ? body with { MeetAt = Fields.Body(vault.ShelterKey(id.Shelter).Open(ShelterFields.MeetingPoint, at)) } : body;
}
