using System.Collections.Immutable;

namespace Dispatch.Cluster.Live;

/// <summary>Which host processes are there, for their relays. Key: <see cref="Key"/>.</summary>
[Alias("dispatch.live.directory")]
internal interface ILiveDirectoryGrain : IGrainWithStringKey
{
    const string Key = "hosts";

    /// <summary>Called by every host every few seconds, because the directory is not persisted: with its own host it forgets everybody. Answers who is known now.</summary>
    [Alias("register"), ResponseTimeout("00:00:03")]
    Task<ImmutableDictionary<SiloAddress, ILiveHost>> Register(SiloAddress host, ILiveHost observer);

    [Alias("leave"), ResponseTimeout("00:00:03")]
    Task Leave(SiloAddress host);
}

[GrainType("live-directory")]
internal sealed class LiveDirectoryGrain(IClusterMembershipService membership) : Grain, ILiveDirectoryGrain
{
    private ImmutableDictionary<SiloAddress, ILiveHost> _hosts = ImmutableDictionary<SiloAddress, ILiveHost>.Empty;

    public Task<ImmutableDictionary<SiloAddress, ILiveHost>> Register(SiloAddress host, ILiveHost observer)
    {
        var members = membership.CurrentSnapshot;
        _hosts = _hosts.SetItem(host, observer).RemoveRange(_hosts.Keys.Where(known => members.GetSiloStatus(known) is SiloStatus.Dead));
        return Task.FromResult(_hosts);
    }

    public Task Leave(SiloAddress host)
    {
        _hosts = _hosts.Remove(host);
        return Task.CompletedTask;
    }
}
