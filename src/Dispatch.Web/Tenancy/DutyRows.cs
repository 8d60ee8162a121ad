using Dispatch.Domain.Accounts;
using Dispatch.Grains.Responders;
using Dispatch.Grains.ServiceAreas;
using Dispatch.Web.Staff;
using Orleans;

namespace Dispatch.Web.Tenancy;

/// <summary>
/// Who is on duty, and whom a roster names, outlives a restart; what the settings say of her may have changed in between. Whoever left is not asked any more, and the others are
/// asked as what they are now: a clinic with police in it since today is not told what yesterday's was.
/// </summary>
internal sealed class DutyRows(IGrainFactory grains, OpenOffers offers, Tenant tenant, TimeProvider clock)
{
    /// <summary>Every area whose people are asked here.</summary>
    public IEnumerable<string> Areas => tenant.Settings.Areas.SelectMany(a => a.Neighbours.Prepend(a.Id)).Distinct();

    public async Task BringUpToDate(string id, IReadOnlyDictionary<string, Profile> profiles)
    {
        var area = grains.GetGrain<IServiceAreaGrain>(id);
        var known = (await area.People(clock.GetUtcNow())).Select(p => p.Responder);
        foreach (var person in known.Union((await area.Roster()).People))
        {
            if (profiles.GetValueOrDefault(person) is { Needs.IsEmpty: false } profile && profile.Areas.Contains(id))
            {
                await grains.GetGrain<IResponderGrain>(person).Enrol(Candidates.Of(person, profile), id);
                continue;
            }

            await area.Forget(person);
            await offers.Look(person);
        }
    }
}
