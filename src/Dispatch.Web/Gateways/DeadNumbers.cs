using Dispatch.Channels.Devices;
using Dispatch.Grains.Responders;
using Orleans;

namespace Dispatch.Web.Gateways;

/// <summary>A network says that nobody is or will be reached at the number of a device. One that was registered anew since stays.</summary>
internal sealed class DeadNumbers(IDeviceAddresses devices, IGrainFactory grains)
{
    public async Task Retire(string recipient, string deviceId, DateTimeOffset registeredAt)
    {
        foreach (var device in await grains.GetGrain<IResponderGrain>(recipient).Devices())
        {
            if (device.Id == deviceId && device.At == registeredAt) devices.Dead(recipient, device);
        }
    }
}
