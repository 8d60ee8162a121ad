using Microsoft.Extensions.Logging;

namespace Dispatch.Storage;

/// <summary>
/// The one thread that writes. It takes everything that waits into one transaction, so that many writers share one fsync, and a lone writer waits for nobody.
/// Nothing is answered before its COMMIT has returned.
/// </summary>
internal sealed class StoreWriter
{
    private readonly RowWriter _rows;
    private readonly LogCheckpoint _checkpoint;
    private readonly SqliteStoreOptions _options;
    private readonly Action<Exception> _fail;
    private readonly ILogger _logger;
    private readonly object _gate = new();
    private readonly Queue<PendingWrites> _queue = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;
    private bool _closing;
    private StoreUnavailableException? _refusal;

    public StoreWriter(SqliteConnection connection, SqliteStoreOptions options, Action<Exception> fail, ILogger logger)
    {
        _rows = new(connection);
        _checkpoint = new(connection, logger);
        _options = options;
        _fail = fail;
        _logger = logger;
        new Thread(Loop) { IsBackground = true, Name = "store-writer" }.UnsafeStart();
    }

    public long Commits { get; private set; }

    public void Enqueue(PendingWrites writes)
    {
        StoreUnavailableException refusal;
        lock (_gate)
        {
            if (_refusal is null && !_closing && _waiting + writes.Writes.Length <= _options.QueueLimit)
            {
                _queue.Enqueue(writes);
                _waiting += writes.Writes.Length;
                Monitor.Pulse(_gate);
                return;
            }

            refusal = _refusal ?? new StoreUnavailableException(_closing ? "The store is closed" : $"The store already has {_waiting} writes waiting");
        }

        writes.FailAll(refusal);
    }

    /// <summary>Writes what waits, takes nothing new.</summary>
    public Task Close()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.Pulse(_gate);
        }

        return _ended.Task;
    }

    /// <summary>From here on everything is refused.</summary>
    public void Refuse(StoreUnavailableException refusal)
    {
        lock (_gate)
        {
            _refusal ??= refusal;
        }
    }

    private void Loop()
    {
        try
        {
            while (Take() is { } batch)
            {
                Write(batch);
                if (_refusal is null && _checkpoint.IsDue(IsIdle()))
                {
                    _checkpoint.Run("PASSIVE");
                }
            }

            if (_refusal is null)
            {
                _checkpoint.Run("TRUNCATE");
            }
        }
        catch (Exception exception)
        {
            Stop(exception);
        }

        _ended.SetResult();
    }

    private bool IsIdle()
    {
        lock (_gate)
        {
            return _queue.Count == 0;
        }
    }

    private List<PendingWrites>? Take()
    {
        lock (_gate)
        {
            while (_queue.Count == 0)
            {
                if (_closing)
                {
                    return null;
                }

                Monitor.Wait(_gate);
            }

            List<PendingWrites> batch = [];
            for (var writes = 0; writes < _options.BatchLimit && _queue.TryDequeue(out var next);)
            {
                batch.Add(next);
                writes += next.Writes.Length;
                _waiting -= next.Writes.Length;
            }

            return batch;
        }
    }

    private void Write(List<PendingWrites> batch)
    {
        if (_refusal is { } refusal)
        {
            batch.ForEach(writes => writes.FailAll(refusal));
            return;
        }

        try
        {
            if (!TryCommit(batch, out var error))
            {
                _logger.LogWarning(error, "A commit of {Writes} writes failed: {Reason}. Trying them one by one", batch.Sum(w => w.Writes.Length), error!.InWords);

                // A log that is folded into the file is written over from its start, which is room for updates and deletes even on a full disk.
                _checkpoint.Run("PASSIVE");
                OneByOne(batch);
            }
        }
        catch (Exception exception)
        {
            var stopped = Stop(exception);
            batch.ForEach(writes => Array.Fill(writes.Outcomes, new(null, WriteError.Unavailable, stopped)));
        }

        batch.ForEach(writes => writes.Answer());
    }

    private bool TryCommit(List<PendingWrites> batch, out SqliteError? error)
    {
        try
        {
            _rows.Begin();
            foreach (var pending in batch)
            {
                for (var i = 0; i < pending.Writes.Length; i++)
                {
                    pending.Outcomes[i] = Apply(pending.Writes[i]);
                }
            }

            _rows.Commit();
            Commits++;
            error = null;
            return true;
        }
        catch (SqliteError transient) when (transient.IsTransient)
        {
            _rows.Rollback();
            error = transient;
            return false;
        }
    }

    // One row too many for the disk must not take the others with it; a delete may even make room.
    private void OneByOne(List<PendingWrites> batch)
    {
        foreach (var pending in batch)
        {
            for (var i = 0; i < pending.Writes.Length; i++)
            {
                try
                {
                    _rows.Begin();
                    pending.Outcomes[i] = Apply(pending.Writes[i]);
                    _rows.Commit();
                    Commits++;
                }
                catch (SqliteError transient) when (transient.IsTransient)
                {
                    _rows.Rollback();
                    pending.Outcomes[i] = new(null, WriteError.Unavailable, new StoreUnavailableException($"Row {pending.Writes[i].Id} was not stored: {transient.InWords}", transient));
                }
            }
        }
    }

    private WriteOutcome Apply(RowWrite write)
    {
        if (RowRules.TooLarge(write) is { } tooLarge)
        {
            return new(null, WriteError.TooLarge, tooLarge);
        }

        _checkpoint.Count(write);
        return _rows.Apply(write);
    }

    private StoreFailedException Stop(Exception exception)
    {
        var stopped = new StoreFailedException($"The store has stopped: {exception.Message}. Whether the last write was kept is unknown", exception);
        Refuse(stopped);
        _fail(stopped);
        return stopped;
    }
}
