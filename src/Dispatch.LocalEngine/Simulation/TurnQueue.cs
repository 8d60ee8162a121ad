namespace Dispatch.LocalEngine;

/// <summary>
/// Runs everything on one thread, in an order that is the same every time: first come first served, or, with a chooser, any order in which
/// no owner's own work overtakes itself. Work that arrives from another thread has escaped to the thread pool, and is reported instead of run.
/// </summary>
public sealed class TurnQueue : ITurnScheduler
{
    private readonly Func<int, int>? _choose;
    private readonly Queue<Action> _inOrder = new();
    private readonly List<Lane> _lanes = [];
    private readonly Dictionary<object, Lane> _byOwner = new(ReferenceEqualityComparer.Instance);
    private readonly Lock _gate = new();
    private int _thread = Environment.CurrentManagedThreadId;
    private Exception? _escaped;

    /// <param name="choose">Given the number of owners that have work, says whose turn it is; for example <c>new Random(seed).Next</c>.</param>
    public TurnQueue(Func<int, int>? choose = null)
    {
        _choose = choose;
        Context = new TurnContext(this);
    }

    /// <summary>Under this context host code continues on the queue.</summary>
    public SynchronizationContext Context { get; }

    /// <summary>More turns than this without an end are an endless loop.</summary>
    public int MaxTurns { get; set; } = 5_000_000;

    /// <summary>Turns run so far; two runs of the same seed agree on it.</summary>
    public long Turns { get; private set; }

    int ITurnScheduler.TasksPerTurn => 1;

    public bool IsIdle => _inOrder.Count == 0 && _lanes.Count == 0;

    public void Post(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        Post(work.Target ?? this, work);
    }

    /// <summary>Runs everything that is queued and everything that this causes. From here on the queue belongs to this thread.</summary>
    public void RunUntilIdle()
    {
        if (TaskScheduler.Current is ActivationScheduler)
        {
            throw new InvalidOperationException("A grain's turn cannot run the queue it runs on");
        }

        ThrowIfEscaped();
        lock (_gate)
        {
            _thread = Environment.CurrentManagedThreadId;
        }

        var outside = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(Context);
        try
        {
            for (var turns = 0; Take() is { } work; turns++)
            {
                if (turns >= MaxTurns)
                {
                    throw new InvalidOperationException($"The queue is not idle after {MaxTurns} turns: something keeps posting work without waiting for the clock");
                }

                Turns++;
                work();
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outside);
        }

        ThrowIfEscaped();
    }

    /// <summary>Runs host code to its end. It fails when the code still waits for something although nothing is left to do, for example for a clock that nobody advances.</summary>
    public T Run<T>(Func<Task<T>> hostCode)
    {
        ArgumentNullException.ThrowIfNull(hostCode);
        var outside = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(Context);
        Task<T> running;
        try
        {
            _thread = Environment.CurrentManagedThreadId;
            running = hostCode();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outside);
        }

        RunUntilIdle();
        return running.IsCompleted
            ? running.GetAwaiter().GetResult()
            : throw new InvalidOperationException("The queue is idle, but the host code has not ended: it waits for a clock that nobody advances, for an answer that never comes, or outside the queue (ConfigureAwait(false), Task.Run)");
    }

    public void Run(Func<Task> hostCode) => Run(async () =>
    {
        await hostCode();
        return true;
    });

    /// <summary>Forgets all work, as when the process dies.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _inOrder.Clear();
            _lanes.Clear();
            _byOwner.Clear();
        }
    }

    internal void Post(object owner, Action work)
    {
        lock (_gate)
        {
            if (Environment.CurrentManagedThreadId != _thread)
            {
                // Throwing here would end in a pool thread where nobody looks.
                _escaped ??= new InvalidOperationException($"Work was posted from another thread, so something ran on the thread pool:{Environment.NewLine}{Environment.StackTrace}");
                return;
            }

            if (_choose is null)
            {
                _inOrder.Enqueue(work);
                return;
            }

            if (!_byOwner.TryGetValue(owner, out var lane))
            {
                _byOwner.Add(owner, lane = new(owner));
                _lanes.Add(lane);
            }

            lane.Work.Enqueue(work);
        }
    }

    private Action? Take()
    {
        lock (_gate)
        {
            if (_choose is null)
            {
                return _inOrder.TryDequeue(out var next) ? next : null;
            }

            if (_lanes.Count == 0)
            {
                return null;
            }

            var chosen = _choose(_lanes.Count);
            var lane = _lanes[chosen];
            var work = lane.Work.Dequeue();
            if (lane.Work.Count == 0)
            {
                _byOwner.Remove(lane.Owner);
                _lanes[chosen] = _lanes[^1];
                _lanes.RemoveAt(_lanes.Count - 1);
            }

            return work;
        }
    }

    private void ThrowIfEscaped()
    {
        if (_escaped is { } escaped)
        {
            _escaped = null;
            throw escaped;
        }
    }

    private sealed class Lane(object owner)
    {
        public object Owner { get; } = owner;

        public Queue<Action> Work { get; } = new();
    }
}
