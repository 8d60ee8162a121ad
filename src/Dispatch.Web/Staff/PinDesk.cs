using Dispatch.Domain.Accounts;
using Dispatch.Grains.Accounts;
using Dispatch.Web.Audit;
using Dispatch.Web.Sealing;
using Orleans;

namespace Dispatch.Web.Staff;

/// <summary>The PIN of a colleague: kept as a keyed hash, every wrong one counted and written down.</summary>
internal sealed class PinDesk(IGrainFactory grains, Macs macs, IAudit audit)
{
    public async Task Set(string account, string pin)
    {
        await audit.Write(account, "pin.set");
        await grains.GetGrain<IAccountGrain>(account).SetPin(macs.StaffPin(account, pin));
    }

    /// <summary>Whose session or number it is must be known before: this says nothing about who is asking.</summary>
    public async Task<StaffPinCheck> Check(string account, string pin)
    {
        var check = await grains.GetGrain<IAccountGrain>(account).CheckPin(macs.StaffPin(account, pin));
        if (check.Verdict is StaffPinVerdict.Wrong or StaffPinVerdict.Locked) await audit.Write(account, "pin.refused");
        return check;
    }
}
