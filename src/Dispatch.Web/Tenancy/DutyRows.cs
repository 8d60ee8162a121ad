using Dispatch.Domain.Accounts;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Grains.ServiceAreas;
using Dispatch.Web.Staff;
using Orleans;

namespace Dispatch.Web.Tenancy;

/// <summary>
/// Who is on duty outlives a restart; what the settings say of her may have changed in between. Whoever left is not asked any more, and the others are asked as what they
/// are now: a clinic with police in it since today is not told what yesterday's was.
/// </summary>
internal sealed class DutyRows(IGrainFactory grains, Tenant tenant)
{
    /// <summary>Every area whose people are asked here.</summary>
    public IEnumerable<string> Areas => tenant.Settings.Areas.SelectMany(a => a.Neighbours.Prepend(a.Id)).Distinct();

    public async Task BringUpToDate(string id, IReadOnlyDictionary<string, Profile> profiles)
    {
        var area = grains.GetGrain<IServiceAreaGrain>(id);
        if (await area.Plan() is not { } plan) return;
        foreach (var known in plan.OnDuty) await (Today(known, id, profiles) is { } today ? area.OnDuty(today) : area.OffDuty(known.Responder));
    }

    private static Candidate? Today(Candidate known, string area, IReadOnlyDictionary<string, Profile> profiles) =>
        profiles.GetValueOrDefault(known.Responder) is { Needs.IsEmpty: false } profile && profile.Areas.Contains(area)
            ? Candidates.Of(known.Responder, profile) with { OnDutySince = known.OnDutySince, OnDutyUntil = known.OnDutyUntil, Drill = known.Drill }
            : null;
}
