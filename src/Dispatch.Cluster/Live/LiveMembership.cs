using Dispatch.Channels.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatch.Cluster.Live;

/// <summary>Keeps this host in the directory and the hosts that are gone out of its relay.</summary>
internal sealed class LiveMembership(
    LivePeers peers,
    IGrainFactory grains,
    IClusterMembershipService membership,
    ILocalSiloDetails self,
    TimeProvider clock,
    ILogger<LiveMembership> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var me = grains.CreateObjectReference<ILiveHost>(peers);
        peers.Me = me;
        try
        {
            await Task.WhenAll(Register(me, stoppingToken), Watch(me, stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await Directory.Leave(self.SiloAddress);
        }
#pragma warning disable CA1031 // The others find out by themselves.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogInformation("The directory of hosts could not be told that this one stops: {Failure}", failure.GetType().Name);
        }
    }

    private ILiveDirectoryGrain Directory => grains.GetGrain<ILiveDirectoryGrain>(ILiveDirectoryGrain.Key);

    private async Task Register(ILiveHost me, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do await Announce(me);
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task Watch(ILiveHost me, CancellationToken stopping)
    {
        await foreach (var _ in membership.MembershipUpdates.WithCancellation(stopping))
        {
            await Announce(me);
        }
    }

    /// <summary>As this host knows it; the directory's host may hear of a death later.</summary>
    private bool IsDead(SiloAddress host) => membership.CurrentSnapshot.GetSiloStatus(host) is SiloStatus.Dead;

    private async Task Announce(ILiveHost me)
    {
        peers.Prune(IsDead);
        try
        {
            var hosts = await Directory.Register(self.SiloAddress, me);
            await peers.Meet(hosts.Where(host => !IsDead(host.Key)));
        }
#pragma warning disable CA1031 // The hosts that are known already go on; the directory is asked again in a few seconds.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("The directory of hosts did not answer: {Failure}", failure.GetType().Name);
        }
    }
}

internal static class ClusterLiveServices
{
    /// <summary>In place of the relay that reaches this host's pages alone. The host must have registered <see cref="IOpenPages"/>.</summary>
    public static IServiceCollection AddClusterLive(this IServiceCollection services)
    {
        services.AddSingleton<LivePeers>();
        services.Replace(ServiceDescriptor.Singleton<ILiveRelay, ClusterRelay>());
        services.AddHostedService<LiveMembership>();
        return services;
    }
}
