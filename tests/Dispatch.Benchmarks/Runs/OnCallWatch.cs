using System.Diagnostics;
using Dispatch.Benchmarks.Clients;

namespace Dispatch.Benchmarks.Runs;

internal enum Way { Live, Push, Text }

/// <summary>Each attempt to reach each person on each way, as it arrives where it is sent.</summary>
internal sealed class OnCallWatch(int people) : IPhoneListener
{
    private const int Ways = 3;
    private readonly int[] _takenBackTimes = new int[people * Ways];
    private int _made;
    private int _takenBack;
    private int _twice;
    private TaskCompletionSource _allMade = New();
    private TaskCompletionSource _allTakenBack = New();

    public int Attempts => people * Ways;

    /// <summary>By person and way; 0 is not yet.</summary>
    public long[] At { get; } = new long[people * Ways];

    /// <summary>Attempts that were made again for one alert.</summary>
    public int Twice => _twice;

    public Task AllMade => _allMade.Task;

    public Task AllTakenBack => _allTakenBack.Task;

    /// <summary>The last attempt on one way.</summary>
    public long Last(Way way) => Enumerable.Range(0, people).Max(person => At[Index(person, way)]);

    /// <summary>Forgets the last alert; gives the moment from which the next one counts.</summary>
    public long Begin()
    {
        Array.Clear(At);
        Array.Clear(_takenBackTimes);
        (_made, _takenBack, _allMade, _allTakenBack) = (0, 0, New(), New());
        return Stopwatch.GetTimestamp();
    }

    public void Offered(LivePhone phone, ReadOnlySpan<byte> offerId) => Note(phone.Number, Way.Live, asks: true);

    public void Recorded(LivePhone phone, long sentAt, bool refused)
    {
    }

    public void Told(LivePhone phone, ReadOnlySpan<byte> message)
    {
        if (message.IndexOf("\"offerWithdrawn\""u8) >= 0) Note(phone.Number, Way.Live, asks: false);
    }

    public void Note(int person, Way way, bool asks)
    {
        var at = Index(person, way);
        if (!asks)
        {
            if (Interlocked.Increment(ref _takenBackTimes[at]) == 1 && Interlocked.Increment(ref _takenBack) == Attempts) _allTakenBack.TrySetResult();
            return;
        }

        if (Interlocked.CompareExchange(ref At[at], Stopwatch.GetTimestamp(), 0) != 0) Interlocked.Increment(ref _twice);
        else if (Interlocked.Increment(ref _made) == Attempts) _allMade.TrySetResult();
    }

    private static int Index(int person, Way way) => (person * Ways) + (int)way;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
