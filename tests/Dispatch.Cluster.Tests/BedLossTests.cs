using System.Net;
using System.Net.Http.Json;
using Dispatch.Cluster.Tests.Harness;
using Dispatch.Cluster.Tests.Load;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using Xunit.Abstractions;

namespace Dispatch.Cluster.Tests;

/// <summary>A host is killed while beds are held: each bed is promised once, and every hold that was acknowledged is there.</summary>
public sealed class BedLossTests(ITestOutputHelper output)
{
    private const int Alerts = 150;

    /// <summary>Acknowledged before the kill, and again after it: fewer would prove nothing.</summary>
    private const int Holds = 30;

    private static readonly TimeSpan SettlesWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AsksWithin = TimeSpan.FromSeconds(60);

    /// <summary>The last one is too small for all who are sent there.</summary>
    private static readonly int[] Beds = [40, 40, 40, 12];

    [Fact]
    public async Task A_host_is_killed_while_beds_are_held()
    {
        Caller.Wrong.Clear();
        await using var cluster = await RunningCluster.Start(plan: SmallTown.Plan with { Beds = Beds });
        var holding = new BedTakers(cluster, await Raised(cluster), Beds.Length);
        await holding.Another(Holds);
        await cluster.Hosts[0].Kill();
        await holding.Another(Holds);
        await cluster.Hosts[0].Start(RunningCluster.StartsWithin);
        await holding.Stop();

        var alerts = await Settled(cluster);
        var ledgers = await Truth.Ledgers(cluster);
        Assert.Equal(Beds.Length, ledgers.Count);
        Assert.All(ledgers, EachBedIsPromisedOnce);
        var held = ledgers.SelectMany(l => l.Holds).ToDictionary(h => h.Id, StringComparer.Ordinal);
        Assert.Equal(held.Count, held.Keys.Select(AlertOf).Distinct().Count());
        foreach (var hold in holding.Acknowledged)
        {
            if (hold.Held) Assert.True(held.ContainsKey(hold.HoldId), $"{hold.HoldId} was acknowledged and is not held");
            // Asked for and not yet answered: held by now, or refused for good.
            else Assert.True(held.ContainsKey(hold.HoldId) || RequestOf(alerts, hold.HoldId).State is BedState.Over, $"{hold.HoldId} was promised an answer and has none");
        }

        Assert.All(held.Keys, id => Assert.True(RequestOf(alerts, id).State is BedState.Held, $"{id} is held and its alert knows it as {RequestOf(alerts, id).State}"));
        Assert.True(Caller.Wrong.IsEmpty, string.Join("; ", Caller.Wrong.Distinct().Take(5)));
        Assert.True(holding.Refused > 0, "the small house refused nobody: nobody stood in another's way");
        output.WriteLine($"{holding.Acknowledged.Count} holds acknowledged, {holding.Refused} refused, {held.Count} beds held");
    }

    private static void EachBedIsPromisedOnce(BedLedger ledger)
    {
        var kind = Assert.Single(ledger.Kinds);
        var promised = ledger.Holds.Sum(h => h.Beds.Sum(b => b.Count));
        Assert.True(promised <= kind.Capacity, $"{promised} of {kind.Capacity} beds are promised");
    }

    /// <summary>No house owes any alert an answer.</summary>
    private static async Task<IReadOnlyList<Alert>> Settled(RunningCluster cluster)
    {
        for (var until = TimeProvider.System.GetUtcNow() + SettlesWithin; ; await Task.Delay(500))
        {
            var alerts = await Truth.Alerts(cluster);
            var owing = alerts.Where(a => a.Beds is { Owes: true }).Select(a => a.Id).ToArray();
            if (owing is []) return alerts;
            Assert.True(TimeProvider.System.GetUtcNow() < until, $"houses still owe answers to {string.Join(", ", owing)}");
        }
    }

    private static async Task<IReadOnlyList<string>> Raised(RunningCluster cluster)
    {
        var ids = new string[Alerts];
        await Parallel.ForAsync(0, Alerts, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            ids[i] = Guid.NewGuid().ToString("D");
            var answer = await new Caller(cluster.Addresses, i).Until(
                AsksWithin, HttpMethod.Post, "/api/v1/alerts", () => JsonContent.Create(new { area = Town.Area(i % SmallTown.Areas), needs = new[] { "health" }, language = "fr" }), ids[i]);
            Assert.Equal(HttpStatusCode.Accepted, answer?.Status);
        });
        return ids;
    }

    private static string AlertOf(string hold) => HoldId.TryParse(hold, out var id) ? id.Alert : throw new FormatException(hold);

    private static BedRequest RequestOf(IReadOnlyList<Alert> alerts, string hold)
    {
        Assert.True(HoldId.TryParse(hold, out var id));
        return alerts.Single(a => a.Id == id.Alert).Beds!.Requests[id.No];
    }
}
