using Dispatch.Domain.Channels;
using Dispatch.Domain.Responders;
using Dispatch.Grains.Responders;
using Dispatch.Web.Audit;
using Dispatch.Web.Sealing;
using Orleans;

namespace Dispatch.Web.Staff;

/// <summary>Keeps where a person's devices are reached, sealed with her own key.</summary>
internal sealed class DeviceDesk(IGrainFactory grains, Vault vault, IEnumerable<IChannel> channels, IAudit audit, TimeProvider clock)
{
    private readonly HashSet<ChannelKind> _here = [.. channels.Select(c => c.Kind)];

    public async Task<DeviceChannel> Put(string account, string deviceId, ChannelKind kind, DeviceAddress address)
    {
        await audit.Write(account, "device.put", subject: deviceId, detail: kind.ToString());
        await grains.GetGrain<IResponderGrain>(account).PutDevice(new Device(deviceId, kind, vault.StaffKey(account).Seal(SealedFields.Device, address), clock.GetUtcNow()));
        return _here.Contains(kind) ? DeviceChannel.Ready : DeviceChannel.NotConfigured;
    }

    public Task Forget(string account, string deviceId) => Forget(account, deviceId, by: account);

    private async Task Forget(string account, string deviceId, string by)
    {
        await audit.Write(by, "device.remove", subject: deviceId, detail: by == account ? null : account);
        await grains.GetGrain<IResponderGrain>(account).RemoveDevice(deviceId);
    }

    /// <summary>A number stays hers; a browser or an app that she signed out of is no longer.</summary>
    public async Task ForgetPushes(string account, string? by = null)
    {
        var devices = await grains.GetGrain<IResponderGrain>(account).Devices();
        foreach (var device in devices.Where(d => d.Kind is ChannelKind.WebPush or ChannelKind.Fcm)) await Forget(account, device.Id, by ?? account);
    }
}

/// <summary>Whether this host can send to such a device.</summary>
public enum DeviceChannel { Ready = 1, NotConfigured = 2 }
