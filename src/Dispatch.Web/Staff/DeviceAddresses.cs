using System.Collections.Immutable;
using Dispatch.Channels.Devices;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Responders;
using Dispatch.Grains.Responders;
using Dispatch.Web.Sealing;
using Orleans;

namespace Dispatch.Web.Staff;

/// <summary>Opens a person's devices for the channels. Asked anew for each notice: what she removed or signed out of is reached no more.</summary>
internal sealed class DeviceAddresses(IGrainFactory grains, Vault vault, DeadDevices dead) : IDeviceAddresses
{
    public async Task<ImmutableArray<ReachableDevice>> Of(string responder, ChannelKind kind, CancellationToken deadline)
    {
        var devices = await grains.GetGrain<IResponderGrain>(responder).Devices().WaitAsync(deadline);
        var key = vault.StaffKey(responder);
        return [.. devices.Where(d => d.Kind == kind).Select(d => new ReachableDevice(d, key.Open(SealedFields.Device, d.Address)))];
    }

    public void Dead(string responder, Device device) => dead.Report(responder, device);
}
