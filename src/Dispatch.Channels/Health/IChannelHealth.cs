using System.Collections.Immutable;
using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Health;

/// <summary>How the ways out of this host are, as its own sends found them.</summary>
public interface IChannelHealth
{
    ImmutableArray<WayHealth> Ways { get; }
}

/// <param name="Name">The gateway, as the settings name it.</param>
/// <param name="Why">The code of the last failure, where the last send failed.</param>
/// <param name="Since">When it came to be so; null where nothing was sent yet.</param>
public sealed record WayHealth(ChannelKind Channel, string Name, WayState State, string? Why, DateTimeOffset? Since);

/// <summary>
/// Degraded: the last send failed, and the next one is tried. Down: it is left alone for a moment. Full: more messages waited for it than may, now or in the last five minutes;
/// none is dropped, each is tried again.
/// </summary>
public enum WayState { Up = 1, Degraded = 2, Down = 3, Full = 4 }
