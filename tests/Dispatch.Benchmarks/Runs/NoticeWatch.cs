using System.Collections.Concurrent;
using System.Diagnostics;
using Dispatch.Benchmarks.Clients;
using Dispatch.Benchmarks.Host;
using Dispatch.Benchmarks.Reporting;

namespace Dispatch.Benchmarks.Runs;

/// <summary>One alert after the other to all people of one area, and how long each phone waited for it.</summary>
internal sealed class NoticeWatch(int expected) : IPhoneListener
{
    private readonly ConcurrentBag<long> _took = [];
    private TaskCompletionSource _all = new();
    private Guid _alert;
    private long _raisedAt;
    private int _arrived;

    /// <summary>Phones that read.</summary>
    public int Expected { get; set; } = expected;

    /// <summary>Alerts one after the other, each cancelled once the phones that read have it; a cancel before that would leave nothing to send.</summary>
    public async Task<Samples> Measure(Servers hosts, int alerts, string area)
    {
        _took.Clear();
        using var client = new RaiseClient(hosts.For(0), RaiseClient.Body(area, "health"));
        using var calls = new Calls(hosts.For(0));
        // The answer to a cancel takes its time, whatever it finds; the next alert does not wait for it.
        var cancelling = new List<Task>();
        for (var i = 0; i < alerts; i++)
        {
            (_alert, _arrived, _all) = (Guid.NewGuid(), 0, new(TaskCreationOptions.RunContinuationsAsynchronously));
            _raisedAt = Stopwatch.GetTimestamp();
            await Task.Run(() => client.Raise(_alert));
            await _all.Task.WaitAsync(TimeSpan.FromSeconds(60));
            cancelling.Add(calls.Cancel(new Raised(_alert, client.Token())));
        }

        await Task.WhenAll(cancelling);
        return new Samples(_took);
    }

    /// <summary>Alerts at an even pace, each cancelled a second later, when everybody who reads has long had it.</summary>
    public static async Task Fill(Servers hosts, int perSecond, string area, CancellationToken over)
    {
        using var client = new RaiseClient(hosts.For(0), RaiseClient.Body(area, "health"));
        using var calls = new Calls(hosts.For(0));
        var cancelling = new List<Task>();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; !over.IsCancellationRequested; i++)
        {
            var alert = Guid.NewGuid();
            await Task.Run(() => client.Raise(alert), CancellationToken.None);
            cancelling.Add(Cancel(calls, new Raised(alert, client.Token())));
            cancelling.RemoveAll(c => c.IsCompletedSuccessfully);
            var early = TimeSpan.FromSeconds((i + 1.0) / perSecond) - Stopwatch.GetElapsedTime(start);
            if (early > TimeSpan.Zero) await Task.Delay(early, CancellationToken.None);
        }

        await Task.WhenAll(cancelling);
        await hosts.Idle(TimeSpan.FromSeconds(30));
    }

    private static async Task Cancel(Calls calls, Raised raised)
    {
        await Task.Delay(TimeSpan.FromSeconds(1));
        await calls.Cancel(raised);
    }

    public void Offered(LivePhone phone, ReadOnlySpan<byte> offerId)
    {
        if (OfferName.Read(offerId).Alert != _alert || phone.Stalled) return;
        _took.Add(Stopwatch.GetTimestamp() - _raisedAt);
        if (Interlocked.Increment(ref _arrived) == Expected) _all.TrySetResult();
    }

    public void Recorded(LivePhone phone, long sentAt, bool refused)
    {
    }

    public void Told(LivePhone phone, ReadOnlySpan<byte> message)
    {
    }
}
