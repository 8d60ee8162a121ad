namespace Dispatch.Channels.Gateways;

/// <summary>
/// The way into one gateway: so many at once, a bounded number waiting, the urgent ones first. Some places are kept for them, so that a gateway that hangs over
/// other things still takes an emergency at once, and half of those that wait, so that other things never fill it.
/// </summary>
internal sealed class Lane(int atOnce, int keptForUrgent, int maxWaiting)
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _urgent = new();
    private readonly Queue<TaskCompletionSource> _others = new();
    private int _free = atOnce;
    private int _waiting;

    /// <summary>Null when it is full. Otherwise ends with a place, which must be given back, or with the deadline.</summary>
    public Task? Enter(bool urgent, CancellationToken deadline)
    {
        lock (_gate)
        {
            if (_free > (urgent ? 0 : keptForUrgent))
            {
                _free--;
                return Task.CompletedTask;
            }

            if (_waiting >= (urgent ? maxWaiting : maxWaiting / 2)) return null;
            _waiting++;
            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            (urgent ? _urgent : _others).Enqueue(turn);
            return Wait(turn, deadline);
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            _free++;
            while (_free > 0 && _urgent.TryDequeue(out var next)) Admit(next);
            while (_free > keptForUrgent && _others.TryDequeue(out var next)) Admit(next);
        }
    }

    /// <summary>Whoever gave up waiting takes no place.</summary>
    private void Admit(TaskCompletionSource next)
    {
        if (next.TrySetResult()) _free--;
    }

    private async Task Wait(TaskCompletionSource turn, CancellationToken deadline)
    {
        try
        {
            await using var over = deadline.UnsafeRegister(static turn => ((TaskCompletionSource)turn!).TrySetCanceled(), turn);
            await turn.Task;
        }
        finally
        {
            lock (_gate) _waiting--;
        }
    }
}
