using System.Diagnostics;
using Dispatch.Benchmarks.Reporting;

namespace Dispatch.Benchmarks.Floors;

/// <summary>.NET timers in memory, evenly spread: what nobody on this machine can be more punctual than.</summary>
internal static class TimerFloor
{
    public static async Task<Samples> Run(int count, TimeSpan span)
    {
        var late = new long[count];
        var timers = new ITimer[count];
        var left = count;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var at = TimeSpan.FromSeconds(1) + (span * i / count);
            var number = i;
            timers[i] = TimeProvider.System.CreateTimer(
                _ =>
                {
                    late[number] = Math.Max(0, Stopwatch.GetTimestamp() - start - (long)(at.TotalSeconds * Stopwatch.Frequency));
                    if (Interlocked.Decrement(ref left) == 0) done.SetResult();
                },
                null, at - Stopwatch.GetElapsedTime(start), Timeout.InfiniteTimeSpan);
        }

        await done.Task;
        foreach (var timer in timers) await timer.DisposeAsync();
        return new Samples(late);
    }
}
