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
    public Task<Duty> Set(StaffMember staff, Duty wished) => Set(staff.Account, staff.Account, staff.Profile, wished);

    /// <summary>By somebody who may take her off duty in her place.</summary>
    public Task End(string by, string account, Profile profile) => Set(by, account, profile, new Duty(false, null, false));

    private async Task<Duty> Set(string by, string account, Profile profile, Duty wished)
    {
        await audit.Write(by, wished.OnDuty ? "duty.on" : "duty.off", subject: by == account ? null : account);
        var duty = await grains.GetGrain<IAccountGrain>(account).SetDuty(wished);
        var person = grains.GetGrain<IResponderGrain>(account);
        await (duty.OnDuty && !profile.Needs.IsEmpty
            ? person.OnDuty(CandidateOf(account, profile, duty), profile.Areas)
            : person.OffDuty(profile.Areas));
        return duty;
    }

    private Candidate CandidateOf(string account, Profile profile, Duty duty) =>
        Candidates.Of(account, profile) with { OnDutySince = clock.GetUtcNow(), OnDutyUntil = duty.Until, Drill = duty.Drill };
}
