using Dispatch.Channels.Gateways;
using Dispatch.Channels.Sms;
using Dispatch.Channels.Voice;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Numbers;
using Dispatch.Domain.Responders;
using Dispatch.Grains.Responders;
using Dispatch.Web.Audit;
using Dispatch.Web.Gateways;
using Dispatch.Web.Sealing;
using Orleans;

namespace Dispatch.Web.Staff;

/// <summary>Keeps where a person's devices are reached, sealed with her own key.</summary>
internal sealed class DeviceDesk(IGrainFactory grains, Vault vault, IEnumerable<IChannel> channels, NumberIndex numbers, GatewayRoutes<SmsMessage> texts, GatewayRoutes<VoiceCall> calls, OpenOffers offers, IAudit audit, TimeProvider clock)
{
    private readonly HashSet<ChannelKind> _here = [.. channels.Select(c => c.Kind)];

    /// <summary>Her own devices; nobody else is shown them.</summary>
    public async Task<MyDevicesBody> Of(string account) => new(
        [.. Enum.GetValues<DeviceKind>().Where(kind => _here.Contains((ChannelKind)(int)kind))],
        [.. (await grains.GetGrain<IResponderGrain>(account).Devices()).OrderBy(d => d.At).Select(d => new MyDeviceBody(d.Id, (DeviceKind)(int)d.Kind, Masked(account, d), d.At))]);

    private string? Masked(string account, Device device) =>
        device.Kind is ChannelKind.Sms or ChannelKind.Voice && PhoneNumber.TryParse(vault.StaffKey(account).Open(SealedFields.Device, device.Address).Number, out var number) ? number.Masked : null;

    public async Task<DeviceChannel> Put(string account, string deviceId, ChannelKind kind, DeviceAddress address)
    {
        await audit.Write(account, "device.put", subject: deviceId, detail: kind.ToString());
        var before = await Find(account, deviceId) is { } known ? numbers.NumberOf(account, known) : null;
        await grains.GetGrain<IResponderGrain>(account).PutDevice(new Device(deviceId, kind, vault.StaffKey(account).Seal(SealedFields.Device, address), clock.GetUtcNow()));
        var number = PhoneNumber.TryParse(address.Number, out var parsed) ? parsed : null;
        // Who is called is known by the call; who texts is found by her number.
        var texted = kind is ChannelKind.Sms ? number : null;
        if (texted is not null) await numbers.Add(account, texted);
        if (before is not null && before != texted) await numbers.Tidy(account, before);
        return _here.Contains(kind) && (number is null || (kind is ChannelKind.Voice ? calls.Serves(number) : texts.Serves(number))) ? DeviceChannel.Ready : DeviceChannel.NotConfigured;
    }

    public Task Forget(string account, string deviceId) => Forget(account, deviceId, by: account);

    private async Task Forget(string account, string deviceId, string by)
    {
        await audit.Write(by, "device.remove", subject: deviceId, detail: by == account ? null : account);
        var device = await Find(account, deviceId);
        await grains.GetGrain<IResponderGrain>(account).RemoveDevice(deviceId);
        if (device is null) return;
        await offers.Without(account, device.Kind, "deviceRemoved");
        if (numbers.NumberOf(account, device) is { } number) await numbers.Tidy(account, number);
    }

    private async Task<Device?> Find(string account, string deviceId) =>
        (await grains.GetGrain<IResponderGrain>(account).Devices()).FirstOrDefault(d => d.Id == deviceId);

    /// <summary>A number stays hers; a browser or an app that she signed out of is no longer.</summary>
    public async Task ForgetPushes(string account, string? by = null)
    {
        var devices = await grains.GetGrain<IResponderGrain>(account).Devices();
        foreach (var device in devices.Where(d => d.Kind is ChannelKind.WebPush or ChannelKind.Fcm)) await Forget(account, device.Id, by ?? account);
    }
}

/// <summary>Whether this host can send to such a device.</summary>
public enum DeviceChannel { Ready = 1, NotConfigured = 2 }
