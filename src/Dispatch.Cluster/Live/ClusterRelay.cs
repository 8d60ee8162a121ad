using Dispatch.Channels.Live;
using Dispatch.Domain.Channels;
using Microsoft.Extensions.Logging;

namespace Dispatch.Cluster.Live;

/// <summary>Hands notices to the pages of this host and, in one hop more, to the hosts that say that the recipient has a page there.</summary>
internal sealed class ClusterRelay(IOpenPages pages, LivePeers peers, IClusterMembershipService membership, TimeProvider clock, ILogger<ClusterRelay> log) : ILiveRelay
{
    private static readonly TimeSpan CutWithin = TimeSpan.FromSeconds(3);

    public async Task<LiveReach> Deliver(Notice notice, CancellationToken deadline)
    {
        var elsewhere = peers.Listening(LiveAddress.Of(notice)).Select(peer => peer.Hand(notice, deadline));
        var reached = await Task.WhenAll(elsewhere.Prepend(pages.Deliver(notice, deadline)));
        if (reached.Contains(LiveReach.Handed)) return LiveReach.Handed;
        return AllKnown() ? reached.Max() : LiveReach.Unknown;
    }

    /// <summary>False while a host that joined has not said who listens there: whom it has a page for cannot be told yet.</summary>
    private bool AllKnown() => membership.CurrentSnapshot.Members.Values.All(member => member.Status is not SiloStatus.Active || peers.Knows(member.SiloAddress));

    public async Task Cut(CutOff cut)
    {
        pages.Cut(cut);
        try
        {
            await Task.WhenAll(peers.HostsListening(LiveAddress.Responder(cut.Account)).Union(peers.HostsListening(LiveAddress.Tablet(cut.Account))).Select(host => host.Cut(cut))).WaitAsync(CutWithin, clock);
        }
#pragma warning disable CA1031 // The session has ended all the same: such a page shows what it has and gets nothing when it fetches.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("Pages of an ended session could not be closed on another host: {Failure}", failure.GetType().Name);
        }
    }

    public Task<bool> Announced() => peers.Announced();
}
