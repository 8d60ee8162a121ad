using System.Collections.Immutable;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Responders;

namespace Dispatch.Channels.Devices;

/// <summary>The host's book of devices as a channel sees it: asked just before bytes leave, and told which address turned out dead.</summary>
public interface IDeviceAddresses
{
    /// <summary>Her devices of this kind, opened; what she removed a moment ago is not among them. Throws when the book cannot be asked: the notice is tried again.</summary>
    Task<ImmutableArray<ReachableDevice>> Of(string responder, ChannelKind kind, CancellationToken deadline);

    /// <summary>
    /// The far side says that nobody is at this address any more. Returns at once and never throws; the book forgets it off the turn. Saying it twice changes
    /// nothing, a device that was registered anew meanwhile stays, and a report that is lost is made again by the next send.
    /// </summary>
    void Dead(string responder, Device device);
}

/// <param name="Device">As registered.</param>
/// <param name="Address">Its address, opened: for the far side alone, never for a log.</param>
public sealed record ReachableDevice(Device Device, DeviceAddress Address);
