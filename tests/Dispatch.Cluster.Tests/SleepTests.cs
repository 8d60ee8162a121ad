using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Dispatch.Cluster.Tests.Harness;
using Dispatch.Cluster.Tests.Load;
using Dispatch.Domain.Alerts;
using Xunit.Abstractions;

namespace Dispatch.Cluster.Tests;

/// <summary>A host that is held still until it is declared dead, and then goes on with what it remembers.</summary>
public sealed class SleepTests(ITestOutputHelper output)
{
    private const int Alerts = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_host_that_slept_through_its_own_death_fills_nothing_that_another_host_filled()
    {
        await using var cluster = await RunningCluster.Start();
        var (sleeper, others) = (cluster.Hosts[1], new[] { cluster.Hosts[0].Address, cluster.Hosts[2].Address });
        var tokens = cluster.Town.Responders.ToDictionary(r => r.Account, r => r.Token);
        var open = await Raised(cluster);
        await sleeper.Sleep();
        // They wait in front of it, and are the first thing that it sees.
        using var http = new HttpClient { Timeout = Patience + Patience, BaseAddress = sleeper.Address };
        var late = open.Select(alert => Accept(http, alert.Offers[1], alert.Id, tokens)).ToArray();
        await Parallel.ForEachAsync(open, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (alert, _) =>
        {
            var caller = new Caller(others, 0, tokens[alert.Offers[0].Responder]);
            var answer = await caller.Until(Patience, HttpMethod.Post, $"/api/v1/offers/{alert.Id}.0/accept", () => JsonContent.Create(new { etaMinutes = 30 }));
            Assert.True(answer is { Status: HttpStatusCode.OK }, $"{alert.Id}: {answer?.Status.ToString() ?? "no answer"} {answer?.Body}, {caller.NotNow} times not now{Outputs(cluster)}");
        });
        await sleeper.Wake();

        var answers = await Task.WhenAll(late);
        output.WriteLine($"{Alerts} alerts filled while a host slept; it then answered {string.Join(", ", answers.CountBy(a => a?.ToString() ?? "nothing").Select(a => $"{a.Value} times {a.Key}"))}");
        Assert.DoesNotContain(HttpStatusCode.OK, answers);
        Assert.All(await Truth.Alerts(cluster), alert => Assert.Equal(alert.Offers[0].Responder, Assert.Single(alert.Offers, o => o.Counts).Responder));
    }

    private static string Outputs(RunningCluster cluster) => string.Concat(cluster.Hosts.Select(h => $"{Environment.NewLine}--- {h.Name}: {h.Output[Math.Max(0, h.Output.Length - 12_000)..]}"));

    private static async Task<IReadOnlyList<Alert>> Raised(RunningCluster cluster)
    {
        for (var i = 0; i < Alerts; i++)
        {
            var area = Town.Area(i % SmallTown.Areas);
            var raised = await new Caller(cluster.Addresses, i).Until(
                Patience, HttpMethod.Post, "/api/v1/alerts", () => JsonContent.Create(new { area, needs = new[] { "health" }, language = "fr" }), Guid.NewGuid().ToString("D"));
            Assert.Equal(HttpStatusCode.Accepted, raised?.Status);
        }

        var alerts = await Truth.Alerts(cluster);
        Assert.Equal(Alerts, alerts.Count);
        Assert.All(alerts, alert => Assert.True(alert.Offers.Length >= 2, $"{alert.Id} asked {alert.Offers.Length}"));
        return alerts;
    }

    private static async Task<HttpStatusCode?> Accept(HttpClient http, Offer offer, string alert, Dictionary<string, string> tokens)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/offers/{alert}.{offer.No}/accept") { Content = JsonContent.Create(new { etaMinutes = 30 }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens[offer.Responder]);
        try
        {
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            // It ended itself, as one that was voted out must.
            return null;
        }
    }
}
