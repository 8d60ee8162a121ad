using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Live;

/// <summary>The open pages of this host, or of all hosts, as the live channel sees them.</summary>
public interface ILiveRelay
{
    /// <summary>
    /// Hands the notice to every open page of its recipient, each send on its own with its own deadline. Ends by <paramref name="deadline"/>; never throws
    /// for a page that went away.
    /// </summary>
    Task<LiveReach> Deliver(Notice notice, CancellationToken deadline);
}

public enum LiveReach
{
    /// <summary>The recipient has no page open.</summary>
    NotConnected = 1,

    /// <summary>At least one page took it.</summary>
    Handed = 2,

    /// <summary>Pages are open and none took it in time.</summary>
    Stalled = 3,
}
