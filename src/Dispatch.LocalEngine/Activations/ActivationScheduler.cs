namespace Dispatch.LocalEngine;

/// <summary>Runs one activation's tasks one after the other, whatever threads there are. Everything that a grain awaits comes back here.</summary>
internal sealed class ActivationScheduler : TaskScheduler
{
    private readonly ITurnScheduler _turns;
    private readonly Queue<Task> _queue = new();
    private readonly Action _drain;
    private bool _posted;
    private bool _dead;

    public ActivationScheduler(Activation activation, ITurnScheduler turns)
    {
        Activation = activation;
        _turns = turns;
        _drain = Drain;
    }

    public Activation Activation { get; }

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Nothing runs here any more, as if the process had died.</summary>
    public void Kill()
    {
        lock (_queue)
        {
            _dead = true;
            _queue.Clear();
        }
    }

    protected override void QueueTask(Task task)
    {
        lock (_queue)
        {
            if (_dead)
            {
                return;
            }

            _queue.Enqueue(task);
            if (_posted)
            {
                return;
            }

            _posted = true;
        }

        _turns.Post(_drain);
    }

    // Only a continuation of what runs here right now may run inside it; a task that was queued keeps its place.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && Current == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_queue)
        {
            return [.. _queue];
        }
    }

    private void Drain()
    {
        // An await looks at the synchronization context before it looks at the scheduler: with a foreign one in place a grain's continuation would leave its activation.
        var outside = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            for (var left = _turns.TasksPerTurn; left > 0; left--)
            {
                Task task;
                lock (_queue)
                {
                    if (!_queue.TryDequeue(out task!))
                    {
                        _posted = false;
                        return;
                    }
                }

                TryExecuteTask(task);
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outside);
        }

        lock (_queue)
        {
            if (_queue.Count == 0)
            {
                _posted = false;
                return;
            }
        }

        _turns.Post(_drain);
    }
}
