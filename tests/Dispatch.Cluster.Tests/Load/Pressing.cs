using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Dispatch.Cluster.Tests.Harness;

namespace Dispatch.Cluster.Tests.Load;

/// <summary>An alert that was answered with 202.</summary>
internal sealed record Acknowledged(string Id, string Token, string Area, TimeSpan PressedAt, TimeSpan At);

/// <summary>Phones that raise alerts, one after the other each, and repeat each press on all hosts until one says "received".</summary>
internal sealed class Pressing
{
    public const int Phones = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a phone tries in these tests; a real one never gives up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ConcurrentQueue<Acknowledged> _acknowledged = new();
    private readonly ConcurrentQueue<string> _pressed = new();
    private readonly ConcurrentQueue<string> _refused = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Caller[] _phones;
    private readonly Task _running;
    private volatile bool _over;

    public Pressing(IReadOnlyList<Uri> hosts)
    {
        _phones = [.. Enumerable.Range(0, Phones).Select(n => new Caller(hosts, n))];
        _running = Task.WhenAll(_phones.Select(Press));
    }

    public IReadOnlyCollection<Acknowledged> Acknowledged => _acknowledged;

    /// <summary>Every key that was ever sent, acknowledged or not.</summary>
    public IReadOnlySet<string> Pressed => _pressed.ToHashSet(StringComparer.Ordinal);

    /// <summary>For a press beside the phones'.</summary>
    public string NewKey()
    {
        var key = Guid.NewGuid().ToString("D");
        _pressed.Enqueue(key);
        return key;
    }

    public int NotNow => _phones.Sum(p => p.NotNow);

    /// <summary>Until so many more presses were acknowledged: on a busy machine a time would say nothing.</summary>
    public async Task Another(int presses)
    {
        var (clock, enough) = (Stopwatch.StartNew(), _acknowledged.Count + presses);
        while (_acknowledged.Count < enough)
        {
            Assert.True(clock.Elapsed < Patience, $"{presses} more presses were not acknowledged within {Patience}");
            await Task.Delay(100);
        }
    }

    /// <summary>Ends once every press has its answer.</summary>
    public async Task Stop()
    {
        _over = true;
        await _running;
        Assert.Empty(_refused);
    }

    /// <summary>The longest time in which no press at all was acknowledged, although each was repeated on all hosts.</summary>
    public TimeSpan Gap()
    {
        var (longest, last) = (TimeSpan.Zero, TimeSpan.Zero);
        foreach (var at in _acknowledged.Select(a => a.At).Order())
        {
            if (at - last > longest && last > TimeSpan.Zero) longest = at - last;
            last = at;
        }

        return longest;
    }

    /// <summary>The longest wait of one phone, from the first press to "received".</summary>
    public TimeSpan Slowest() => _acknowledged.Max(a => a.At - a.PressedAt);

    private async Task Press(Caller phone, int number)
    {
        for (var i = number; !_over; i++)
        {
            var (key, area, pressedAt) = (NewKey(), Town.Area(i % SmallTown.Areas), _clock.Elapsed);
            var answer = await phone.Until(Patience, HttpMethod.Post, "/api/v1/alerts", () => JsonContent.Create(new { area, needs = new[] { "health" }, language = "fr" }), key);
            if (answer is { Status: HttpStatusCode.Accepted }) _acknowledged.Enqueue(new(key, answer.Body.GetProperty("survivorToken").GetString()!, area, pressedAt, _clock.Elapsed));
            else _refused.Enqueue($"{key}: {answer?.Status.ToString() ?? "no answer"} {answer?.Body}");
            await Task.Delay(Pause);
        }
    }
}
