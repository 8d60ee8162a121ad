using Dispatch.Domain.Shelters;
using Dispatch.Web.Tenancy;

namespace Dispatch.Web.Shelters;

/// <summary>Where somebody sleeps when every house is full, in the order in which the line asks. It keeps no list of beds: a human asks.</summary>
public sealed class OverflowSettings
{
    public string Id { get; set; } = "";
    public OverflowKind Kind { get; set; } = OverflowKind.HostFamily;
    public string Organisation { get; set; } = "";
    public IList<string> Areas { get; set; } = [];
    /// <summary>The number at which the line rings it; for the line alone.</summary>
    public string? Telephone { get; set; }
    public int JourneyMinutes { get; set; }
    public bool Children { get; set; } = true;
    public int? BoysUpTo { get; set; }
    public bool Wheelchair { get; set; }
    public int? MaxNights { get; set; }

    internal OverflowPlace Place(TenantSettings tenant, int order) => new(
        Id, Kind, tenant.Id, tenant.Organisations.First(o => o.Id == Organisation).Facts, [.. Areas],
        new HouseRules(Children: Children, BoysUpTo: BoysUpTo, Wheelchair: Wheelchair, MaxNights: MaxNights), TravelHours.Always, order, TimeSpan.FromMinutes(JourneyMinutes));
}
