namespace Dispatch.LocalEngine;

/// <summary>
/// Runs turns on the thread pool. The first thing that a turn posts runs next on the same thread: a call and its answer then cost no other
/// thread's waking up, which on a small machine takes longer than most turns.
/// </summary>
public sealed class ThreadPoolTurns : ITurnScheduler
{
    /// <summary>After so many in a row the thread goes back to the pool, where others have waited longer.</summary>
    private const int MostInARow = 64;

    [ThreadStatic]
    private static Worker? _worker;

    public void Post(Action work) => Post(new Work(work, IsHosts: false));

    public void PostToHost(Action work) => Post(new Work(work, IsHosts: true));

    private static void Post(Work work)
    {
        if (_worker is { Takes: true, Next: null } worker) worker.Next = work;
        else ThreadPool.UnsafeQueueUserWorkItem(Run, work, preferLocal: true);
    }

    private static void Run(Work work)
    {
        var worker = _worker ??= new Worker();
        for (var done = 1; ; done++)
        {
            // The host's code may block until a grain answers; what it posts must not wait for it to end.
            worker.Takes = !work.IsHosts;
            work.Do();
            worker.Takes = false;
            if (worker.Next is not { } next) return;
            worker.Next = null;
            if (done == MostInARow)
            {
                ThreadPool.UnsafeQueueUserWorkItem(Run, next, preferLocal: false);
                return;
            }

            work = next;
        }
    }

    private readonly record struct Work(Action Do, bool IsHosts);

    private sealed class Worker
    {
        /// <summary>Whether a turn runs here that may leave its next piece of work.</summary>
        public bool Takes { get; set; }

        public Work? Next { get; set; }
    }
}
