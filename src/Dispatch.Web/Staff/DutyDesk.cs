using Dispatch.Domain.Accounts;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Grains.Accounts;
using Dispatch.Grains.ServiceAreas;
using Dispatch.Web.Audit;
using Orleans;

namespace Dispatch.Web.Staff;

/// <summary>Puts a person on duty in each of her areas, or off. Repeating it is harmless, and a call that failed half-way is repeated by the page.</summary>
internal sealed class DutyDesk(IGrainFactory grains, IAudit audit, TimeProvider clock)
{
    public async Task<Duty> Set(StaffMember staff, Duty wished)
    {
        await audit.Write(staff.Account, wished.OnDuty ? "duty.on" : "duty.off");
        var duty = await grains.GetGrain<IAccountGrain>(staff.Account).SetDuty(wished);
        var areas = staff.Profile.Areas.Select(id => grains.GetGrain<IServiceAreaGrain>(id)).ToArray();
        await Task.WhenAll(duty.OnDuty && !staff.Profile.Needs.IsEmpty
            ? areas.Select(area => area.OnDuty(CandidateOf(staff, duty)))
            : areas.Select(area => area.OffDuty(staff.Account)));
        return duty;
    }

    private Candidate CandidateOf(StaffMember staff, Duty duty) =>
        Candidates.Of(staff.Account, staff.Profile) with { OnDutySince = clock.GetUtcNow(), OnDutyUntil = duty.Until, Drill = duty.Drill };
}
