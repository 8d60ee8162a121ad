using Dispatch.Domain.Accounts;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Grains.Accounts;
using Dispatch.Grains.Responders;
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
        var person = grains.GetGrain<IResponderGrain>(staff.Account);
        await (duty.OnDuty && !staff.Profile.Needs.IsEmpty
            ? person.OnDuty(CandidateOf(staff, duty), staff.Profile.Areas)
            : person.OffDuty(staff.Profile.Areas));
        return duty;
    }

    private Candidate CandidateOf(StaffMember staff, Duty duty) =>
        Candidates.Of(staff.Account, staff.Profile) with { OnDutySince = clock.GetUtcNow(), OnDutyUntil = duty.Until, Drill = duty.Drill };
}
