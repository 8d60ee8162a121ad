using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Shelters;
using Dispatch.Web.Audit;
using Dispatch.Web.Hotline;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;
using Dispatch.Web.Staff;
using Orleans;

namespace Dispatch.Web.Shelters;

/// <summary>Looks whose hold it is, records the act, says it to the house, and nudges the alert that asked.</summary>
internal sealed class HoldDesk(IGrainFactory grains, AlertDesk alerts, Nudges nudges, Vault vault, IAudit audit)
{
    public async Task<IResult> Say(string holdId, StaffMember staff, string action, Func<IShelterGrain, string, Task<HoldResult>> say)
    {
        if (await Mine(holdId, staff) is not { } id) return Problem.Of(Code.NotFound);
        await audit.Write(staff.Account, action, id.Alert, holdId);
        return Answer(id, await say(grains.GetGrain<IShelterGrain>(id.Shelter), staff.Account));
    }

    /// <summary>Staff of the house release in its own list; the line through the alert, which also gives up what the house has not heard of yet.</summary>
    public async Task<IResult> Release(string holdId, bool notCome, StaffMember staff)
    {
        if (await Mine(holdId, staff) is not { } id) return Problem.Of(Code.NotFound);
        await audit.Write(staff.Account, notCome ? "hold.notCome" : "hold.release", id.Alert, holdId);
        var house = grains.GetGrain<IShelterGrain>(id.Shelter);
        if (staff.IsOf(id.Shelter))
        {
            return await house.Holds([holdId]) is [var hold] ? Answer(id, await house.Release(new ReleaseBeds(holdId, hold.AskedAt, staff.Account, notCome))) : Problem.Of(Code.NotFound);
        }

        var released = await grains.GetGrain<IAlertGrain>(id.Alert).ReleaseBed(new ReleaseBed(id.No, staff.Account, notCome));
        return released.Refused is { } why ? Problem.Of(why) : Results.Ok(new HoldAnswerBody(id.Shelter, null, null));
    }

    private IResult Answer(HoldId id, HoldResult result)
    {
        nudges.Wake(id.Alert);
        return result.Refused is { } why ? Problem.Of(Code.Of(why)) : Results.Ok(new HoldAnswerBody(id.Shelter, result.Hold is { } hold ? HouseHoldBody.Of(hold).Meeting(hold, vault) : null, result.Version));
    }

    /// <summary>Of her house, or of an alert that she may read and that asked for it; any other does not exist for her.</summary>
    private async Task<HoldId?> Mine(string holdId, StaffMember staff)
    {
        if (!HoldId.TryParse(holdId, out var id)) return null;
        if (staff.IsOf(id.Shelter)) return id;
        return staff.Profile.Roles.Any(Policies.IsHotline) && await alerts.Read(id.Alert, staff) is { } alert && alert.Beds?.Find(id.No)?.Shelter == id.Shelter ? id : null;
    }
}
