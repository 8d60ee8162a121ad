using Dispatch.Grains.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatch.Cluster;

/// <summary>A host that is gone took the timers of its alerts along: each of those that remain wakes every open alert once.</summary>
internal sealed class MembershipSweep(IClusterMembershipService membership, WatchSweep sweep, ILogger<MembershipSweep> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        HashSet<SiloAddress> known = [];
        try
        {
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
            {
                // A host that is stopping still has its alerts; what is woken there now would go with it.
                var there = snapshot.Members.Values.Where(m => m.Status is not SiloStatus.Dead).Select(m => m.SiloAddress).ToHashSet();
                var left = known.Any(host => !there.Contains(host));
                known = there;
                if (left) await WakeAll();
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task WakeAll()
    {
        log.LogInformation("A host left the cluster; every open alert is woken");
        try
        {
            await sweep.Everything();
        }
#pragma warning disable CA1031 // The sweep of what is due goes on beside it, every two seconds.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogError(failure, "The sweep after a host had left failed");
        }
    }
}
