using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Threading.Channels;
using Dispatch.Cluster.Tests.Harness;

namespace Dispatch.Cluster.Tests.Load;

/// <summary>
/// Responders with open pages on all hosts. Everybody who is asked about every other alert says yes at once, on any host and until there is an answer; the alerts between
/// are left alone, so that they escalate.
/// </summary>
internal sealed class Answering : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ConcurrentDictionary<string, ConcurrentBag<string>> _accepted = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _odd = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Page> _pages = [];
    private readonly List<Task> _working = [];

    private Answering()
    {
    }

    /// <summary>By alert: whom a host told "it is yours".</summary>
    public IReadOnlyDictionary<string, ConcurrentBag<string>> Accepted => _accepted;

    public static async Task<Answering> Start(RunningCluster cluster)
    {
        var answering = new Answering();
        foreach (var (member, i) in cluster.Town.Responders.Select((m, i) => (m, i))) answering.Add(cluster.Addresses, i, member);
        await Task.WhenAll(answering._pages.Select(p => p.Opened)).WaitAsync(TimeSpan.FromSeconds(30));
        return answering;
    }

    /// <summary>Left to nobody: it must escalate.</summary>
    public static bool IsLeftAlone(string alert) => alert[^1] % 2 == 1;

    /// <summary>Ends once everybody has an answer to what she said; the pages stay open.</summary>
    public async Task Stop()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_working);
        Assert.Empty(_odd);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_working);
        foreach (var page in _pages) await page.DisposeAsync();
        _stop.Dispose();
    }

    private void Add(Uri[] hosts, int number, Member member)
    {
        var asked = Channel.CreateUnbounded<string>();
        _pages.Add(new Page(hosts, number, member.Token, offer => asked.Writer.TryWrite(offer)));
        _working.Add(Answer(asked.Reader, new Caller(hosts, number + 1, member.Token), member.Account));
    }

    private async Task Answer(ChannelReader<string> asked, Caller caller, string account)
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        try
        {
            await foreach (var offer in asked.ReadAllAsync(_stop.Token))
            {
                var alert = offer[..offer.LastIndexOf('.')];
                if (IsLeftAlone(alert) || !known.Add(offer)) continue;
                var answer = await caller.Until(Patience, HttpMethod.Post, $"/api/v1/offers/{offer}/accept", () => JsonContent.Create(new { etaMinutes = 30 }));
                if (answer is { Status: HttpStatusCode.OK }) _accepted.GetOrAdd(alert, _ => []).Add(account);
                else if (answer is not { Status: HttpStatusCode.Conflict }) _odd.Enqueue($"{offer}: {answer?.Status.ToString() ?? "no answer"} {answer?.Body}");
            }
        }
        catch (OperationCanceledException)
        {
            // The load is over.
        }
    }
}
