using Dispatch.Storage;

namespace Dispatch.LocalEngine;

/// <summary>The same promises as <see cref="SqliteStore"/>, in memory, for tests: every operation happens and completes one turn later, in the order in which it was asked.</summary>
public sealed class MemoryStore(ITurnScheduler turns, MemoryDisk? disk = null) : ILocalStore
{
    private readonly Queue<Func<Action>> _pending = new();
    private bool _stopped;

    /// <summary>What survives a crash.</summary>
    public MemoryDisk Disk { get; } = disk ?? new();

    /// <summary>Makes a write fail with this exception; nothing of it is stored.</summary>
    public Func<RowWrite, Exception?>? Fault { get; set; }

    /// <summary>Makes a write fail with this exception although it was stored, as when a crash comes between the commit and its answer.</summary>
    public Func<RowWrite, Exception?>? LostAnswer { get; set; }

    /// <summary>Makes a read of this row fail with this exception.</summary>
    public Func<RowKey, Exception?>? ReadFault { get; set; }

    /// <summary>Makes a read of this row never end, as on a disk that is in trouble.</summary>
    public Func<RowKey, bool>? Hang { get; set; }

    /// <summary>Makes listing rows fail with this exception.</summary>
    public Func<Exception?>? ListFault { get; set; }

    /// <summary>The process dies: what is under way neither happens nor completes.</summary>
    public void Crash()
    {
        lock (_pending)
        {
            _stopped = true;
            _pending.Clear();
        }
    }

    public Task<Row?> Read(RowKey id)
    {
        RowRules.Check(id);
        if (Hang?.Invoke(id) is true) return new TaskCompletionSource<Row?>().Task;
        return Later(() => ReadFault?.Invoke(id) is { } fault ? throw fault : Disk.Read(id));
    }

    public Task<IReadOnlyList<Row>> List(string table, string partition, string? afterKey, int limit)
    {
        RowRules.Check(new(table, partition, afterKey ?? ""));
        var page = RowRules.Page(limit);
        return Later(() => ListFault?.Invoke() is { } fault ? throw fault : Disk.List(table, partition, afterKey, page));
    }

    public Task<IReadOnlyList<Row>> ListDue(string table, DateTimeOffset until, int limit, Row? after = null)
    {
        RowRules.CheckPart(table);
        var page = RowRules.Page(limit);
        return Later(() => ListFault?.Invoke() is { } fault ? throw fault : Disk.ListDue(table, until, page, after));
    }

    public Task<WriteOutcome> Write(RowWrite write)
    {
        RowRules.Check(write.Id);
        return Later(() =>
        {
            var outcome = Apply(write);
            return outcome.Cause is { } cause ? throw cause : outcome;
        });
    }

    public Task<IReadOnlyList<WriteOutcome>> WriteAll(IReadOnlyList<RowWrite> writes)
    {
        RowWrite[] all = [.. writes];
        Array.ForEach(all, write => RowRules.Check(write.Id));
        return Later<IReadOnlyList<WriteOutcome>>(() => Array.ConvertAll(all, Apply));
    }

    public ValueTask DisposeAsync()
    {
        lock (_pending)
        {
            _stopped = true;
        }

        return ValueTask.CompletedTask;
    }

    private WriteOutcome Apply(RowWrite write)
    {
        if (RowRules.TooLarge(write) is { } tooLarge)
        {
            return new(null, WriteError.TooLarge, tooLarge);
        }

        if (Fault?.Invoke(write) is { } fault)
        {
            return new(null, WriteError.Unavailable, fault);
        }

        var outcome = Disk.Apply(write);
        return outcome.Stored && LostAnswer?.Invoke(write) is { } lost ? new(null, WriteError.Unavailable, lost) : outcome;
    }

    private Task<T> Later<T>(Func<T> operation)
    {
        // Its continuations may run inside the turn that completes it: that turn is the queue's, never the thread pool's.
        var done = new TaskCompletionSource<T>();
        lock (_pending)
        {
            if (_stopped)
            {
                return Task.FromException<T>(new StoreUnavailableException("The store is closed"));
            }

            _pending.Enqueue(() => Perform(operation, done));
        }

        turns.Post(Step);
        return done.Task;
    }

    // Performed one after the other also on the thread pool; answered outside the lock, because answers run whatever waits for them.
    private void Step()
    {
        Action? answer = null;
        lock (_pending)
        {
            if (_pending.TryDequeue(out var next))
            {
                answer = next();
            }
        }

        answer?.Invoke();
    }

    private static Action Perform<T>(Func<T> operation, TaskCompletionSource<T> done)
    {
        try
        {
            var result = operation();
            return () => done.SetResult(result);
        }
        catch (Exception exception)
        {
            return () => done.SetException(exception);
        }
    }
}
