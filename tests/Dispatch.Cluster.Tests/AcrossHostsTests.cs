using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Dispatch.Cluster.Tests.Harness;
using Xunit.Abstractions;

namespace Dispatch.Cluster.Tests;

/// <summary>Three hosts that are well: whoever is asked is told wherever her page is.</summary>
public sealed class AcrossHostsTests(ITestOutputHelper output)
{
    private const int Rounds = 12;

    private static readonly TimeSpan Cold = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Live = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task An_offer_and_its_end_reach_pages_on_any_host_within_two_seconds()
    {
        await using var cluster = await RunningCluster.Start();
        var hosts = cluster.Addresses;
        var people = cluster.Town.Responders.Where(r => r.Area == Town.Area(0)).ToArray();
        var pages = people.Select((p, i) => (Member: p, Page: new Page([hosts[i % hosts.Length]], 0, p.Token))).ToArray();
        await Task.WhenAll(pages.Select(p => p.Page.Opened)).WaitAsync(TimeSpan.FromSeconds(10));
        foreach (var host in hosts) await Warm(host, people);
        var (slowestOffer, slowestEnd) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var round = 0; round < Rounds; round++)
        {
            var (alert, since) = (Guid.NewGuid().ToString("D"), Stopwatch.GetTimestamp());
            var raised = await new Caller([hosts[round % 3]], 0).Until(
                Live, HttpMethod.Post, "/api/v1/alerts", () => JsonContent.Create(new { area = Town.Area(0), needs = new[] { "health" }, language = "fr" }), alert);
            Assert.Equal(HttpStatusCode.Accepted, raised?.Status);
            var offered = await Task.WhenAll(pages.Select(async p => (p.Member, p.Page, Heard: await HeardWithin(p.Page, "offer", alert))));
            var asked = offered.Where(o => o.Heard is not null).ToArray();
            Assert.Equal(2, asked.Length);
            slowestOffer = Later(slowestOffer, asked.Select(o => Stopwatch.GetElapsedTime(since, o.Heard!.At)));

            var yes = asked[round % 2];
            var offer = yes.Heard!.Arguments[0].GetProperty("offerId").GetString();
            since = Stopwatch.GetTimestamp();
            var accepted = await new Caller([hosts[(round + 2) % 3]], 0, yes.Member.Token).Until(Live, HttpMethod.Post, $"/api/v1/offers/{offer}/accept", () => JsonContent.Create(new { etaMinutes = 10 }));
            Assert.Equal(HttpStatusCode.OK, accepted?.Status);
            var other = await asked[(round + 1) % 2].Page.Next("offerWithdrawn", alert, Live);
            slowestEnd = Later(slowestEnd, [Stopwatch.GetElapsedTime(since, other.At)]);
        }

        foreach (var (_, page) in pages) await page.DisposeAsync();
        output.WriteLine($"{Rounds} alerts: slowest offer after {slowestOffer.TotalMilliseconds:F0} ms, slowest withdrawal after {slowestEnd.TotalMilliseconds:F0} ms");
        Assert.True(slowestOffer < Live && slowestEnd < Live, $"slowest offer {slowestOffer}, slowest withdrawal {slowestEnd}");
    }

    /// <summary>One alert from its raise to its answer: what is promised is how fast hosts are that run, not how fast they compile.</summary>
    private static async Task Warm(Uri host, Member[] people)
    {
        var alert = Guid.NewGuid().ToString("D");
        await new Caller([host], 0).Until(Cold, HttpMethod.Post, "/api/v1/alerts", () => JsonContent.Create(new { area = Town.Area(0), needs = new[] { "health" }, language = "fr" }), alert);
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            Assert.True(clock.Elapsed < Cold, $"nobody was asked about an alert within {Cold}");
            foreach (var person in people)
            {
                var caller = new Caller([host], 0, person.Token);
                var offers = await caller.Until(Cold, HttpMethod.Get, "/api/v1/me/offers");
                var mine = offers!.Body.GetProperty("offers").EnumerateArray().Select(o => o.GetProperty("offerId").GetString()!).FirstOrDefault(id => id.StartsWith(alert, StringComparison.Ordinal));
                if (mine is null) continue;
                Assert.Equal(HttpStatusCode.OK, (await caller.Until(Cold, HttpMethod.Post, $"/api/v1/offers/{mine}/accept", () => JsonContent.Create(new { etaMinutes = 10 })))?.Status);
                return;
            }
        }
    }

    private static TimeSpan Later(TimeSpan one, IEnumerable<TimeSpan> others) => others.Append(one).Max();

    /// <summary>Null for who was not asked.</summary>
    private static async Task<Heard?> HeardWithin(Page page, string target, string about)
    {
        try
        {
            return await page.Next(target, about, Live);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
