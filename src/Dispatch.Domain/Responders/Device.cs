using System.Collections.Immutable;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Sealing;

namespace Dispatch.Domain.Responders;

/// <summary>Where a channel reaches a device: a push subscription, a token, a number. Always sealed.</summary>
/// <param name="Language">Hers when she registered a device that shows our words and not its own.</param>
public sealed record DeviceAddress(string? Endpoint = null, string? P256dh = null, string? Auth = null, string? Token = null, string? Number = null, string? Language = null);

/// <summary>One device of one person. The live channel needs none: it is there while a page is open.</summary>
public sealed record Device(string Id, ChannelKind Kind, Sealed<DeviceAddress> Address, DateTimeOffset At);

/// <summary>A person's devices, as she registered them.</summary>
public sealed record DeviceBook
{
    public const int CurrentSchema = 1;

    /// <summary>More than anybody carries; the oldest one goes.</summary>
    public const int Max = 8;

    public int SchemaVersion { get; init; } = CurrentSchema;
    public ImmutableArray<Device> Devices { get; init; } = [];

    public DeviceBook With(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return this with { Devices = [.. Devices.Where(d => d.Id != device.Id).Append(device).TakeLast(Max)] };
    }

    public DeviceBook Without(string id) => this with { Devices = [.. Devices.Where(d => d.Id != id)] };

    /// <summary>A device whose address turned out dead. The same book when it was registered anew meanwhile or is not there: then nothing is to be written.</summary>
    public DeviceBook Retire(Device dead)
    {
        ArgumentNullException.ThrowIfNull(dead);
        return Devices.Contains(dead) ? this with { Devices = Devices.Remove(dead) } : this;
    }
}
