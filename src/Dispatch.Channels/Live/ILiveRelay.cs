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

    /// <summary>Closes pages of somebody whose session ended, on every host that can be reached.</summary>
    Task Cut(CutOff cut);

    /// <summary>
    /// Ends once every host knows who listens here, or did not answer in time. True where there are others to tell: what they sent before they knew
    /// may have missed a page that was opened meanwhile, and the page must fetch once more.
    /// </summary>
    Task<bool> Announced();
}

public enum LiveReach
{
    /// <summary>The recipient has no page open.</summary>
    NotConnected = 1,

    /// <summary>At least one page took it.</summary>
    Handed = 2,

    /// <summary>Pages are open and none took it in time.</summary>
    Stalled = 3,

    /// <summary>No page that is known of took it, and a host has not said yet which pages it has.</summary>
    Unknown = 4,
}

/// <param name="Session">Null: everything that the account has open.</param>
/// <param name="Others">The session is the one that stays, and all others end.</param>
public sealed record CutOff(string Account, string? Session = null, bool Others = false);
