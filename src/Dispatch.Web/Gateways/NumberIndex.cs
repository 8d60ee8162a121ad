using System.Collections.Immutable;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Numbers;
using Dispatch.Domain.Responders;
using Dispatch.Grains.Responders;
using Dispatch.Grains.Rows;
using Dispatch.Web.Sealing;
using Dispatch.Web.Staff;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Gateways;

/// <summary>
/// From a number to who registered it, by a keyed fingerprint: the rows alone tell no number. They are a hint only; the person's own book of devices decides, so one that was left
/// behind by a crash opens nothing. Two people may share a phone.
/// </summary>
internal sealed class NumberIndex(IGrainFactory grains, IRows rows, Vault vault, Macs macs, Tenant tenant, TimeProvider clock)
{
    /// <summary>More people than share one phone.</summary>
    private const int MaxOwners = 20;

    /// <summary>Called once the device is in her book: a row without a device is harmless, a device without its row could not answer.</summary>
    public Task Add(string account, PhoneNumber number) =>
        rows.Write([new RowChange(Tables.Numbers, macs.Number(number), account, new NumberRow(clock.GetUtcNow()))]);

    /// <summary>Forgets it where none of her devices has it any more, unless it is registered anew in this moment.</summary>
    public async Task Tidy(string account, PhoneNumber number)
    {
        var row = await rows.Read<NumberRow>(Tables.Numbers, macs.Number(number), account);
        if (row is null || (await Of(account)).Any(d => d.Number == number)) return;
        await rows.Write([new RowChange(Tables.Numbers, row.Partition, account, null, IfMatch: row.ETag)]);
    }

    public async Task<ImmutableArray<NumberOwner>> Owners(PhoneNumber number)
    {
        var hints = await rows.List<NumberRow>(Tables.Numbers, macs.Number(number), null, MaxOwners);
        var owners = await Task.WhenAll(hints.Where(h => tenant.Lists(h.Key)).Select(async h => (Account: h.Key, Devices: await Of(h.Key))));
        return [.. owners.SelectMany(o => o.Devices.Where(d => d.Number == number).Take(1).Select(d => new NumberOwner(o.Account, d.Language)))];
    }

    /// <summary>The number of a device, opened; null where it has none that can be read.</summary>
    public PhoneNumber? NumberOf(string account, Device device) =>
        device.Kind is ChannelKind.Sms && PhoneNumber.TryParse(vault.StaffKey(account).Open(SealedFields.Device, device.Address).Number, out var number) ? number : null;

    private async Task<ImmutableArray<(PhoneNumber? Number, string? Language)>> Of(string account)
    {
        var devices = await grains.GetGrain<IResponderGrain>(account).Devices();
        return [.. devices.Where(d => d.Kind is ChannelKind.Sms).Select(d => (NumberOf(account, d), vault.StaffKey(account).Open(SealedFields.Device, d.Address).Language))];
    }
}

internal sealed record NumberOwner(string Account, string? Language);

internal sealed record NumberRow(DateTimeOffset At)
{
    public const int CurrentSchema = 1;
    public int SchemaVersion { get; init; } = CurrentSchema;
}
