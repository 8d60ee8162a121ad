namespace Dispatch.LocalEngine;

/// <summary>
/// What a caller waits for: an answer, or the end of its patience. It is delivered on the caller's own scheduler, or as a turn of the host,
/// and its continuations run right there. They must not be forced to run asynchronously: that would be the thread pool, behind the scheduler's back.
/// </summary>
internal sealed class Reply<TResult>(Engine engine, Activation? caller, ICallInWords call) : TaskCompletionSource<TResult>
{
    private TResult _result = default!;
    private Exception? _failure;
    private ITimer? _patience;
    private TimeSpan _limit;
    private int _settled;

    /// <summary>Answered, or given up.</summary>
    public bool IsSettled => Volatile.Read(ref _settled) != 0;

    /// <summary>The outcome stays unknown then: it may have happened, or still happen.</summary>
    public void GiveUpAfter(TimeSpan limit)
    {
        if (limit == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        _limit = limit;
        using (ExecutionContext.SuppressFlow())
        {
            _patience = engine.Clock.CreateTimer(static reply => ((Reply<TResult>)reply!).GiveUp(), this, limit, Timeout.InfiniteTimeSpan);
        }
    }

    public void Succeed(TResult result)
    {
        if (Settle())
        {
            _result = result;
            Deliver();
        }
    }

    public void Fail(Exception exception)
    {
        if (Settle())
        {
            _failure = exception;
            Deliver();
        }
    }

    private void GiveUp() => Fail(new TimeoutException($"No answer within {_limit} from {call.InWords()}. The outcome is unknown"));

    // A late answer is dropped here.
    private bool Settle()
    {
        if (Interlocked.Exchange(ref _settled, 1) != 0)
        {
            return false;
        }

        _patience?.Dispose();
        return true;
    }

    private void Deliver()
    {
        if (caller is null)
        {
            engine.Turns.PostToHost(Complete);
            return;
        }

        new Task(static reply => ((Reply<TResult>)reply!).Complete(), this, CancellationToken.None, TaskCreationOptions.DenyChildAttach).Start(caller.Scheduler);
    }

    private void Complete()
    {
        if (_failure is null)
        {
            TrySetResult(_result);
        }
        else
        {
            TrySetException(_failure);
        }
    }
}

/// <summary>Says which call did not answer, and what stands in its way.</summary>
internal interface ICallInWords
{
    string InWords();
}
