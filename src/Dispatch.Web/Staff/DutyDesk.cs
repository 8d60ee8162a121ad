using Dispatch.Domain.Accounts;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Grains.Accounts;
using Dispatch.Grains.Responders;
using Dispatch.Grains.ServiceAreas;
using Dispatch.Web.Audit;
using Orleans;

namespace Dispatch.Web.Staff;

/// <summary>Puts a person on duty in each of her areas, or off. Repeating it is harmless, and a call that failed half-way is repeated by the page.</summary>
internal sealed class DutyDesk(IGrainFactory grains, OpenOffers offers, IAudit audit, TimeProvider clock)
{
    /// <summary>Her own word: it holds before any roster while it lasts.</summary>
    public Task<Duty> Set(StaffMember staff, Duty wished) => Set(staff.Account, staff.Account, staff.Profile, wished, rosterHolds: false);

    /// <summary>She leaves her page, or somebody ends her sessions. Whom a roster names is asked all the same, on what she still carries.</summary>
    public Task End(string by, string account, Profile profile) => Set(by, account, profile, new Duty(false, null, false), rosterHolds: true);

    /// <summary>What she said herself while it lasts, and the rosters of her areas from then on.</summary>
    public async Task<Duty> Now(string account, Profile profile, Duty said)
    {
        var now = clock.GetUtcNow();
        if (said.OnDuty && !(said.Until <= now)) return said;
        var areas = profile.Needs.IsEmpty ? [] : profile.Areas;
        var rostered = (await Task.WhenAll(areas.Select(area => grains.GetGrain<IServiceAreaGrain>(area).OnDutyNow(account)))).OfType<Candidate>().Where(c => c.ByRoster).ToArray();
        if (rostered is not []) return new Duty(true, rostered.Max(c => c.OnDutyUntil), rostered.Any(c => c.Drill));
        return said.OnDuty || said.Until <= now ? new Duty(false, null, false) : said;
    }

    private async Task<Duty> Set(string by, string account, Profile profile, Duty wished, bool rosterHolds)
    {
        await audit.Write(by, wished.OnDuty ? "duty.on" : "duty.off", subject: by == account ? null : account);
        var duty = await grains.GetGrain<IAccountGrain>(account).SetDuty(wished);
        var person = grains.GetGrain<IResponderGrain>(account);
        await (duty.OnDuty && !profile.Needs.IsEmpty
            ? person.OnDuty(CandidateOf(account, profile, duty), profile.Areas)
            : person.OffDuty(profile.Areas, duty.Until, rosterHolds));
        if (!duty.OnDuty) await offers.Look(account);
        return duty;
    }

    private Candidate CandidateOf(string account, Profile profile, Duty duty) =>
        Candidates.Of(account, profile) with { OnDutySince = clock.GetUtcNow(), OnDutyUntil = duty.Until, Drill = duty.Drill };
}
