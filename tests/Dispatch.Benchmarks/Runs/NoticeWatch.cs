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

    public async Task<Samples> Measure(RunningProcess host, int alerts, string area)
    {
        _took.Clear();
        using var client = new RaiseClient(host.Address, RaiseClient.Body(area, "health"));
        using var calls = new Calls(host.Address);
        // The answer to a cancel takes its time, whatever it finds; the next alert does not wait for it.
        var cancelling = new List<Task>();
        for (var i = 0; i < alerts; i++)
        {
            (_alert, _arrived, _all) = (Guid.NewGuid(), 0, new(TaskCreationOptions.RunContinuationsAsynchronously));
            _raisedAt = Stopwatch.GetTimestamp();
            await Task.Run(() => client.Raise(_alert));
            await _all.Task.WaitAsync(TimeSpan.FromSeconds(60));
            cancelling.Add(calls.Cancel(new Raised(_alert, client.Token())));
            await Task.Delay(20);
        }

        await Task.WhenAll(cancelling);
        return new Samples(_took);
    }

    /// <summary>As many alerts as fast as they go, whoever gets them.</summary>
    public static async Task Fill(RunningProcess host, int alerts, string area)
    {
        using var client = new RaiseClient(host.Address, RaiseClient.Body(area, "health"));
        using var calls = new Calls(host.Address);
        var cancelling = new List<Task>();
        for (var i = 0; i < alerts; i++)
        {
            var alert = Guid.NewGuid();
            await Task.Run(() => client.Raise(alert));
            cancelling.Add(calls.Cancel(new Raised(alert, client.Token())));
        }

        await Task.WhenAll(cancelling);
        await host.Idle(TimeSpan.FromSeconds(30));
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
