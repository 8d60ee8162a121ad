using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Dispatch.Cluster.Tests.Harness;
using Dispatch.Cluster.Tests.Load;
using Xunit.Abstractions;

namespace Dispatch.Cluster.Tests;

/// <summary>Hosts and the database go away and come back while alerts are raised and accepted.</summary>
public sealed class LossTests(ITestOutputHelper output)
{
    /// <summary>Acknowledged before the loss, and again after it: fewer would prove nothing.</summary>
    private const int Presses = 40;

    /// <summary>A frozen server is noticed by the host's own time limits, not at once.</summary>
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(15);

    /// <summary>A dead host is declared dead after some seconds, and until then whatever it had waits.</summary>
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(12);

    [Fact]
    public Task A_host_is_killed() => UnderLoad(async (cluster, _) =>
    {
        await cluster.Hosts[0].Kill();
        await Task.Delay(After);
        await cluster.Hosts[0].Start(RunningCluster.StartsWithin);
    }, LongestGap);

    [Fact]
    public Task A_host_is_stopped() => UnderLoad(async (cluster, _) =>
    {
        await Stop(cluster.Hosts[1]);
        await Task.Delay(After);
        await cluster.Hosts[1].Start(RunningCluster.StartsWithin);
    }, LongestGap);

    [Fact]
    public Task All_hosts_are_restarted_one_after_the_other() => UnderLoad(async (cluster, _) =>
    {
        foreach (var host in cluster.Hosts)
        {
            await Stop(host);
            await host.Start(RunningCluster.StartsWithin);
        }
    }, LongestGap);

    [Fact]
    public Task The_database_freezes() => UnderLoad(async (cluster, pressing) =>
    {
        await cluster.Server.Freeze();
        try
        {
            await SaysNotNow(cluster, pressing, Cut);
        }
        finally
        {
            // A frozen server does not stop either.
            await cluster.Server.Thaw();
        }

        await GoOnByThemselves(cluster);
    }, Cut + LongestGap);

    [Fact]
    public Task The_database_is_stopped() => UnderLoad(async (cluster, pressing) =>
    {
        await cluster.Server.Stop();
        await SaysNotNow(cluster, pressing, Cut);
        await cluster.Server.Start();
        await GoOnByThemselves(cluster);
    }, Cut + LongestGap);

    private async Task UnderLoad(Func<RunningCluster, Pressing, Task> disturb, TimeSpan longestGap)
    {
        Caller.Wrong.Clear();
        await using var cluster = await RunningCluster.Start();
        await using var answering = await Answering.Start(cluster);
        var pressing = new Pressing(cluster.Addresses);
        await pressing.Another(Presses);
        await disturb(cluster, pressing);
        await pressing.Another(Presses);
        await pressing.Stop();
        await answering.Stop();
        var truth = new Truth(cluster, pressing, answering);
        output.WriteLine(await truth.Holds());
        Assert.True(pressing.Gap() < longestGap, $"nobody was received for {pressing.Gap()}{truth.Outputs()}");
        Assert.True(answering.Accepted.Count > 10, "the load was too small to prove anything");
    }

    private async Task Stop(ServerProcess host)
    {
        var (code, took) = await host.Stop(TimeSpan.FromSeconds(30));
        Assert.Equal(0, code);
        output.WriteLine($"{host.Name} stopped within {took.TotalSeconds:F1} s");
    }

    /// <summary>Without the database each host goes on answering, in bounded time, and says when to come back.</summary>
    private static async Task SaysNotNow(RunningCluster cluster, Pressing pressing, TimeSpan meanwhile)
    {
        var over = Task.Delay(meanwhile);
        using var http = new HttpClient { Timeout = AnswersWithin };
        await Task.Delay(Noticed);
        await Task.WhenAll(cluster.Hosts.Select(async host =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Address, "/api/v1/alerts")) { Content = JsonContent.Create(new { needs = new[] { "health" }, language = "fr" }) };
            request.Headers.Add("Idempotency-Key", pressing.NewKey());
            using var answer = await http.SendAsync(request);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.True((await http.GetAsync(new Uri(host.Address, "/health/live"))).IsSuccessStatusCode);
        }));
        Assert.False(over.IsCompleted, "the answers took longer than the cut");
        await over;
    }

    /// <summary>Hosts outlive the database's absence: nobody has to start them anew.</summary>
    private async Task GoOnByThemselves(RunningCluster cluster)
    {
        var clock = Stopwatch.StartNew();
        Assert.All(cluster.Hosts, host => Assert.True(host.Alive, $"{host.Name} ended: {host.Output}"));
        await cluster.AllReady(TimeSpan.FromSeconds(20));
        output.WriteLine($"every host ready {clock.Elapsed.TotalSeconds:F1} s after the database was back");
    }
}
