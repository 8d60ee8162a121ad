using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Dispatch.Cluster.Tests.Harness;

namespace Dispatch.Cluster.Tests.Load;

/// <param name="Held">The house has answered; otherwise the request stands and is repeated until it does.</param>
internal sealed record AcknowledgedHold(string HoldId, string Alert, string House, bool Held);

/// <summary>
/// Call-takers who ask for a bed for one alert after the other, every second time in the same small house, and repeat each request under its key on all hosts until one
/// of them answers.
/// </summary>
internal sealed class BedTakers
{
    private const int Takers = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>All of them have one session, which may ask only so often.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private readonly ConcurrentQueue<AcknowledgedHold> _acknowledged = new();
    private readonly ConcurrentQueue<string> _odd = new();
    private readonly ConcurrentQueue<string> _alerts;
    private readonly Task _running;
    private int _refused;
    private volatile bool _over;

    /// <param name="cluster">Where they ask.</param>
    /// <param name="alerts">One bed for each at most.</param>
    /// <param name="houses">How many; the last of them is the small one.</param>
    public BedTakers(RunningCluster cluster, IEnumerable<string> alerts, int houses)
    {
        _alerts = new(alerts);
        _running = Task.WhenAll(Enumerable.Range(0, Takers).Select(n => Ask(new Caller(cluster.Addresses, n, cluster.Town.OnTheLine.Token), n, houses)));
    }

    public IReadOnlyCollection<AcknowledgedHold> Acknowledged => _acknowledged;

    /// <summary>No bed was left there.</summary>
    public int Refused => _refused;

    public async Task Another(int holds)
    {
        var (clock, enough) = (Stopwatch.StartNew(), _acknowledged.Count + holds);
        while (_acknowledged.Count < enough)
        {
            Assert.True(clock.Elapsed < Patience, $"{holds} more holds were not acknowledged within {Patience}: {_acknowledged.Count} of {enough}");
            await Task.Delay(100);
        }
    }

    public async Task Stop()
    {
        _over = true;
        await _running;
        Assert.Empty(_odd);
    }

    private async Task Ask(Caller caller, int number, int houses)
    {
        for (var i = number; !_over && _alerts.TryDequeue(out var alert); i++)
        {
            var house = Town.House(i % 2 == 0 ? houses - 1 : i / 2 % (houses - 1));
            var key = Guid.NewGuid().ToString("D");
            var answer = await caller.Until(Patience, HttpMethod.Post, $"/api/v1/alerts/{alert}/holds", () => JsonContent.Create(new { shelterId = house, party = new { adults = 1 } }), key);
            if (answer is { Status: HttpStatusCode.Created or HttpStatusCode.Accepted }) _acknowledged.Enqueue(new(answer.Body.GetProperty("holdId").GetString()!, alert, house, answer.Status is HttpStatusCode.Created));
            else if (answer is { Status: HttpStatusCode.Conflict } && answer.Body.GetProperty("code").GetString() == "no_bed") Interlocked.Increment(ref _refused);
            else _odd.Enqueue($"{alert}: {answer?.Status.ToString() ?? "no answer"} {answer?.Body}");
            await Task.Delay(Pause);
        }
    }
}
