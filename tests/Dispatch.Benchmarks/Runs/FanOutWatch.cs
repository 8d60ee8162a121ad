using System.Diagnostics;
using Dispatch.Benchmarks.Clients;

namespace Dispatch.Benchmarks.Runs;

/// <summary>What all phones got of one alert, and when.</summary>
internal sealed class FanOutWatch(int phones) : IPhoneListener
{
    private int _recorded;
    private int _withdrawn;
    private int _wrong;
    private TaskCompletionSource _allRecorded = New();
    private TaskCompletionSource _allWithdrawn = New();

    public long[] ArrivedAt { get; } = new long[phones];

    public long[] RecordedAt { get; } = new long[phones];

    public long[] ReceiptTook { get; } = new long[phones];

    public long LastRecorded => RecordedAt.Max();

    /// <summary>Phones that were asked twice for one alert, and receipts that were refused.</summary>
    public int Wrong => _wrong;

    public Task AllRecorded => _allRecorded.Task;

    public Task AllWithdrawn => _allWithdrawn.Task;

    /// <summary>Forgets the last alert; gives the moment from which the next one counts.</summary>
    public long Begin()
    {
        Array.Clear(ArrivedAt);
        Array.Clear(RecordedAt);
        (_recorded, _withdrawn, _allRecorded, _allWithdrawn) = (0, 0, New(), New());
        return Stopwatch.GetTimestamp();
    }

    public void Offered(LivePhone phone, ReadOnlySpan<byte> offerId)
    {
        if (ArrivedAt[phone.Number] != 0) Interlocked.Increment(ref _wrong);
        ArrivedAt[phone.Number] = Stopwatch.GetTimestamp();
    }

    public void Recorded(LivePhone phone, long sentAt, bool refused)
    {
        if (refused) Interlocked.Increment(ref _wrong);
        var now = Stopwatch.GetTimestamp();
        (RecordedAt[phone.Number], ReceiptTook[phone.Number]) = (now, now - sentAt);
        if (Interlocked.Increment(ref _recorded) == phones) _allRecorded.TrySetResult();
    }

    public void Told(LivePhone phone, ReadOnlySpan<byte> message)
    {
        if (message.IndexOf("\"offerWithdrawn\""u8) >= 0 && Interlocked.Increment(ref _withdrawn) == phones) _allWithdrawn.TrySetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
