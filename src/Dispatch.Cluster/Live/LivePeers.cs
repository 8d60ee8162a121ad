using System.Collections.Concurrent;
using Dispatch.Channels.Live;
using Dispatch.Domain.Channels;

namespace Dispatch.Cluster.Live;

/// <summary>The other hosts, and this one as they see it.</summary>
internal sealed class LivePeers : ILiveHost
{
    private static readonly TimeSpan AnnounceWithin = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<SiloAddress, Peer> _peers = new();
    private readonly IOpenPages _pages;
    private readonly SiloAddress _self;
    private readonly TimeProvider _clock;

    public LivePeers(IOpenPages pages, ILocalSiloDetails self, TimeProvider clock)
    {
        (_pages, _self, _clock) = (pages, self.SiloAddress, clock);
        pages.Changed += Tell;
    }

    /// <summary>This host as the others call it; null until it has joined.</summary>
    public ILiveHost? Me { get; set; }

    /// <summary>Other hosts that have said who listens there.</summary>
    public int Heard => _peers.Values.Count(peer => peer.Spoke);

    /// <summary>Whether that host has said who listens there. This one always has.</summary>
    public bool Knows(SiloAddress host) => host.Equals(_self) || (_peers.TryGetValue(host, out var peer) && peer.Spoke);

    public IEnumerable<Peer> Listening(string address) => _peers.Values.Where(peer => peer.Listens(address));

    public IEnumerable<ILiveHost> HostsListening(string address) => Listening(address).Select(peer => peer.Host).OfType<ILiveHost>();

    /// <summary>The hosts that the directory knows; each is told what it does not know of this one.</summary>
    public async Task Meet(IEnumerable<KeyValuePair<SiloAddress, ILiveHost>> hosts)
    {
        foreach (var (address, host) in hosts)
        {
            if (!address.Equals(_self)) Of(address).Host = host;
        }

        await TellAll();
    }

    /// <summary>Nothing is sent any more to a host that is no member: what it had open is gone, and its people come back elsewhere.</summary>
    public void Prune(Func<SiloAddress, bool> isDead)
    {
        foreach (var address in _peers.Keys.Where(isDead))
        {
            if (_peers.TryRemove(address, out var gone)) gone.Dispose();
        }
    }

    /// <summary>True where there are others. Ends within a second, whoever does not answer.</summary>
    public async Task<bool> Announced()
    {
        if (_peers.IsEmpty) return false;
        try
        {
            await TellAll().WaitAsync(AnnounceWithin, _clock);
        }
        catch (TimeoutException)
        {
            // Told again every few seconds; until then the page fetches by its own clock.
        }

        return true;
    }

    public Task<LiveReach> Hand(Notice notice) => _pages.Deliver(notice, CancellationToken.None);

    public Task<bool> Hear(SiloAddress from, ILiveHost host, Listeners news)
    {
        var peer = Of(from);
        var isNew = peer.Host is null;
        peer.Host = host;
        var known = peer.Hear(news);
        // Whoever speaks first may already have a page's alert to send on: it must not wait for this host's next look into the directory.
        if (isNew) _ = Tell(peer);
        return Task.FromResult(known);
    }

    public Task Cut(CutOff cut)
    {
        _pages.Cut(cut);
        return Task.CompletedTask;
    }

    private Peer Of(SiloAddress address) => _peers.GetOrAdd(address, _ => new Peer(_self, _pages));

    private void Tell(string address)
    {
        foreach (var peer in _peers.Values) peer.Changed(address);
        _ = TellAll();
    }

    private Task TellAll() => Task.WhenAll(_peers.Values.Select(Tell));

    private async Task Tell(Peer peer)
    {
        try
        {
            if (Me is { } me) await peer.Tell(me);
        }
#pragma warning disable CA1031 // One host that does not answer is told everything the next time; the others are told now.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
