using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Dispatch.TestHosts;
using Xunit.Abstractions;

namespace Dispatch.Web.Tests.Crash;

/// <summary>The real process, killed at random moments under load, on one store that goes from crash to crash.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Rounds = 20;
    private const int AlertsPerRound = 40;
    private const int Clients = 4;

    private sealed record Acknowledged(string Id, string Key, string Token);

    [Fact]
    public async Task Whatever_was_answered_with_202_is_there_after_a_kill_and_is_still_dispatched()
    {
        await using var host = new HostProcess();
        var everything = new List<Acknowledged>();
        var everyAcceptance = new HashSet<string>(StringComparer.Ordinal);
        var slowest = TimeSpan.Zero;
        await host.Start(TimeSpan.FromSeconds(30));
        await GoOnDuty(host);
        for (var round = 1; round <= Rounds; round++)
        {
            var random = new Random(round);
            var acknowledged = new ConcurrentQueue<Acknowledged>();
            var accepted = new ConcurrentQueue<string>();
            using var nurse = await SignIn(host, "health1");
            using var stop = new CancellationTokenSource();
            Task[] load = [.. Enumerable.Range(1, Clients).Select(c => Raise(host, acknowledged, new Random((round * 100) + c), stop.Token)), Accept(nurse, acknowledged, accepted, stop.Token)];
            await Task.Delay(random.Next(30, 700));
            await host.Kill();
            await stop.CancelAsync();
            await Task.WhenAll(load);

            var down = Stopwatch.StartNew();
            await host.Start(TimeSpan.FromSeconds(30));
            everything.AddRange(acknowledged);
            everyAcceptance.UnionWith(accepted);
            await EverybodyIsThere(host, acknowledged, everyAcceptance);
            await EverythingIsDispatched(host, everything, everyAcceptance);
            await FinishEverything(host);
            if (down.Elapsed > slowest) slowest = down.Elapsed;
            output.WriteLine($"round {round}: {acknowledged.Count} acknowledged, {accepted.Count} accepted, dispatching again after {down.ElapsedMilliseconds} ms");
        }

        Assert.True(everything.Count >= Rounds * 5, $"only {everything.Count} alerts were acknowledged: the load was too small to prove anything");
        Assert.True(everyAcceptance.Count >= Rounds, $"only {everyAcceptance.Count} offers were accepted: the load was too small to prove anything");
        output.WriteLine($"{everything.Count} acknowledged, none lost, slowest restart {slowest.TotalMilliseconds:F0} ms");
    }

    private static async Task Raise(HostProcess host, ConcurrentQueue<Acknowledged> acknowledged, Random random, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = host.Address, Timeout = TimeSpan.FromSeconds(5) };
        for (var i = 0; i < AlertsPerRound / Clients && !stop.IsCancellationRequested; i++)
        {
            var (id, key) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
            try
            {
                using var answer = await Post(http, id, key);
                if (answer.StatusCode is not HttpStatusCode.Accepted) continue;
                var body = await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None);
                acknowledged.Enqueue(new Acknowledged(id, key, body.GetProperty("survivorToken").GetString()!));
                await Task.Delay(random.Next(5, 60), CancellationToken.None);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException or SocketException)
            {
                // No answer: nothing was promised.
            }
        }
    }

    /// <summary>A nurse says yes to every other alert and sees it through, or she would soon have too much to do to be asked; only what was answered with 200 counts.</summary>
    private static async Task Accept(HttpClient nurse, ConcurrentQueue<Acknowledged> acknowledged, ConcurrentQueue<string> accepted, CancellationToken stop)
    {
        for (var next = 0; !stop.IsCancellationRequested; next += 2)
        {
            while (acknowledged.Count <= next && !stop.IsCancellationRequested) await Task.Delay(5, CancellationToken.None);
            if (acknowledged.ElementAtOrDefault(next) is not { } alert) return;
            try
            {
                using var answer = await nurse.PostAsJsonAsync($"/api/v1/offers/{alert.Id}.0/accept", new { etaMinutes = 12 }, CancellationToken.None);
                if (answer.StatusCode is HttpStatusCode.OK) accepted.Enqueue(alert.Id);
                await Finish(nurse, $"{alert.Id}.0");
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException or SocketException)
            {
                // No answer: nothing was promised.
            }
        }
    }

    private static async Task Finish(HttpClient nurse, string offer)
    {
        foreach (var state in new[] { "noConflict", "done" })
        {
            using var reported = await nurse.PostAsJsonAsync($"/api/v1/assignments/{offer}/progress", new { state }, CancellationToken.None);
        }
    }

    /// <summary>What a kill left half done: an accepted alert that nobody finishes would count as work for ever.</summary>
    private static async Task FinishEverything(HostProcess host)
    {
        using var nurse = await SignIn(host, "health1");
        foreach (var offer in await Items(nurse, "/api/v1/me/assignments", "assignments", "offerId", a => a.GetProperty("state").GetString() is "accepted" or "noConflict")) await Finish(nurse, offer);
    }

    private static async Task EverybodyIsThere(HostProcess host, IEnumerable<Acknowledged> acknowledged, HashSet<string> accepted)
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        foreach (var alert in acknowledged)
        {
            using var read = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/alerts/{alert.Id}") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", alert.Token) } };
            using var found = await http.SendAsync(read);
            Assert.Equal(HttpStatusCode.OK, found.StatusCode);
            if (accepted.Contains(alert.Id)) Assert.Contains((await found.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString(), new[] { "accepted", "ended" });
            using var again = await Post(http, alert.Id, alert.Key);
            Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
            Assert.Equal(alert.Token, (await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("survivorToken").GetString());
        }
    }

    /// <summary>Each one is in the queue, and somebody on duty has an offer for it or said yes, within five seconds of being ready.</summary>
    private static async Task EverythingIsDispatched(HostProcess host, List<Acknowledged> everything, HashSet<string> accepted)
    {
        using var nurse = await SignIn(host, "health1");
        using var supervisor = await SignIn(host, "supervisor1");
        var wanted = everything.Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        var clock = Stopwatch.StartNew();
        string[] unasked, unseen;
        do
        {
            var offers = await Items(nurse, "/api/v1/me/offers", "offers", "offerId");
            // An acceptance whose answer was lost in the kill is an acceptance all the same, also when later ones push it off the list.
            accepted.UnionWith(await Items(nurse, "/api/v1/me/assignments", "assignments", "alertId"));
            wanted.ExceptWith(accepted);
            unasked = [.. wanted.Except(offers.Select(o => o[..o.LastIndexOf('.')]))];
            unseen = [.. wanted.Except(await Items(supervisor, "/api/v1/hotline/demo/queue", "items", "alertId"))];
            if (unasked.Length + unseen.Length == 0) return;
            await Task.Delay(100);
        }
        while (clock.Elapsed < TimeSpan.FromSeconds(5));

        Assert.Fail($"{unasked.Length} acknowledged alerts have no offer and {unseen.Length} are not in the queue, of {wanted.Count}. {host.Output}");
    }

    private static async Task<string[]> Items(HttpClient http, string path, string list, string id, Func<JsonElement, bool>? which = null)
    {
        var ids = new List<string>();
        string? next = path;
        while (next is not null)
        {
            var page = await http.GetFromJsonAsync<JsonElement>(next);
            ids.AddRange(page.GetProperty(list).EnumerateArray().Where(i => which?.Invoke(i) is not false).Select(i => i.GetProperty(id).GetString()!));
            next = page.TryGetProperty("next", out var more) && more.ValueKind is JsonValueKind.String ? $"{path}?after={Uri.EscapeDataString(more.GetString()!)}" : null;
        }

        return [.. ids];
    }

    private static async Task GoOnDuty(HostProcess host)
    {
        using var nurse = await SignIn(host, "health1");
        using var answer = await nurse.PutAsJsonAsync("/api/v1/me/duty", new { onDuty = true });
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<HttpClient> SignIn(HostProcess host, string userName)
    {
        var http = new HttpClient { BaseAddress = host.Address };
        using var answer = await http.PostAsJsonAsync("/api/v1/sign-in", new { userName, password = HostProcess.Password });
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    private static async Task<HttpResponseMessage> Post(HttpClient http, string id, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/alerts") { Content = JsonContent.Create(new { id, needs = new[] { "health" }, language = "fr" }) };
        request.Headers.Add("Idempotency-Key", key);
        return await http.SendAsync(request, CancellationToken.None);
    }
}
