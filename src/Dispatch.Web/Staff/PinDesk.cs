using System.Collections.Immutable;
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
    public async Task<StaffPinCheck> Check(string account, string pin, bool byText = false)
    {
        var check = await grains.GetGrain<IAccountGrain>(account).CheckPin(macs.StaffPin(account, pin), byText);
        if (check.Verdict is StaffPinVerdict.Wrong or StaffPinVerdict.Locked) await audit.Write(account, "pin.refused");
        return check;
    }

    /// <summary>
    /// Whose it is, of those who share a phone and wrote a text. It counts against all of them where it is none of theirs, and against nobody else where it is one's; two who chose the same cannot be told
    /// apart.
    /// </summary>
    public async Task<(string? Account, StaffPinVerdict Verdict)> Whose(ImmutableArray<string> accounts, string pin)
    {
        var asked = accounts;
        if (accounts.Length > 1)
        {
            var hers = await Task.WhenAll(accounts.Select(account => grains.GetGrain<IAccountGrain>(account).IsPin(macs.StaffPin(account, pin))));
            asked = [.. accounts.Where((_, i) => hers[i])];
            if (asked.Length > 1) return (null, StaffPinVerdict.Wrong);
            if (asked.IsEmpty) asked = accounts;
        }

        var verdicts = (await Task.WhenAll(asked.Select(account => Check(account, pin, byText: true)))).Select(check => check.Verdict).ToArray();
        if (Array.IndexOf(verdicts, StaffPinVerdict.Right) is >= 0 and var right) return (asked[right], StaffPinVerdict.Right);
        return (null, verdicts.Contains(StaffPinVerdict.Wrong) ? StaffPinVerdict.Wrong : verdicts.Contains(StaffPinVerdict.Locked) ? StaffPinVerdict.Locked : StaffPinVerdict.None);
    }
}
