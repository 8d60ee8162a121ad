using System.Diagnostics;
using Dispatch.Cluster.Tests.Harness;
using Dispatch.Cluster.Tests.Load;
using Dispatch.Cluster.Tests.Network;
using Xunit.Abstractions;

namespace Dispatch.Cluster.Tests;

/// <summary>Two hosts that do not reach each other any more while both reach the database and their callers.</summary>
public sealed class PartitionTests(ITestOutputHelper output)
{
    private const int Presses = 30;
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(15);

    [NamespaceFact]
    public async Task Two_hosts_that_lose_each_other_fill_no_need_twice_and_find_together_again()
    {
        Caller.Wrong.Clear();
        var (street, whyNot) = await Street.Build(houses: 2);
        Assert.True(street is not null, whyNot);
        await using var _ = street;
        await using var doors = new Doors();
        await using var cluster = await RunningCluster.Start(2, (n, server, database) =>
            new HostPlace(Street.AddressOf(n), $"{database};Host={Street.Gateway};Port={doors.To(server.Port)}", street.NamespaceOf(n)));
        await using var answering = await Answering.Start(cluster);
        var pressing = new Pressing(cluster.Addresses);
        await pressing.Another(Presses);
        await street.Cut(0, 1);
        await Task.Delay(Apart);
        var ended = cluster.Hosts.Where(h => !h.Alive).ToArray();
        // One of the two must give way: a cluster that runs on in two halves would share no duty list.
        Assert.Single(ended);
        output.WriteLine($"{ended[0].Name} ended itself once it was voted out");
        await street.Heal(0, 1);
        var clock = Stopwatch.StartNew();
        // What a service manager does.
        await ended[0].Kill();
        await ended[0].Start(RunningCluster.StartsWithin);
        await cluster.AllReady(TimeSpan.FromSeconds(20));
        output.WriteLine($"both ready {clock.Elapsed.TotalSeconds:F1} s after the wire was mended");
        await pressing.Another(Presses);
        await pressing.Stop();
        await answering.Stop();
        var truth = new Truth(cluster, pressing, answering);
        output.WriteLine(await truth.Holds());
        Assert.True(pressing.Gap() < LongestGap, $"nobody was received for {pressing.Gap()}{truth.Outputs()}");
        Assert.True(answering.Accepted.Count > 10, "the load was too small to prove anything");
    }
}
