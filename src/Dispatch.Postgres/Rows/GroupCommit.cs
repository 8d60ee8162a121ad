using Dispatch.Grains.Rows;
using Microsoft.Extensions.Logging;

namespace Dispatch.Postgres.Rows;

/// <summary>
/// Takes everything that waits into one transaction, one after the other: many writers share one round trip and one fsync, a lone writer waits for nobody, and writes
/// of one row keep their order. Whoever waits is answered in bounded time, whatever becomes of the database.
/// </summary>
internal sealed class GroupCommit(Func<IReadOnlyList<RowStatement>, TimeSpan, Task<bool[]>> commit, TimeProvider clock, ILogger log)
{
    private const int MostRowsWaiting = 50_000;
    private const int MostRowsTogether = 512;
    private const int MostBytesTogether = 8 << 20;

    /// <summary>Counted from the oldest write of the batch, so that nobody waits longer; a grain's turn has 5 s.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(4);

    /// <summary>Who has waited so long is refused rather than sent with too little time left.</summary>
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private readonly Queue<PendingWrite> _queue = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;
    private bool _running;
    private bool _closing;

    public Task<IReadOnlyList<bool>> Write(RowStatement[] rows)
    {
        var write = new PendingWrite(rows, clock.GetTimestamp());
        lock (_gate)
        {
            if (_closing || _waiting + rows.Length > MostRowsWaiting)
                return Task.FromException<IReadOnlyList<bool>>(new RowsUnavailableException(_closing ? "The row store is closed" : $"The row store already has {_waiting} writes waiting"));
            _queue.Enqueue(write);
            _waiting += rows.Length;
            if (!_running)
            {
                _running = true;
                // Elsewhere and without the caller's context: the loop serves everybody and belongs to no grain.
                ThreadPool.UnsafeQueueUserWorkItem(static self => _ = self.Loop(), this, preferLocal: false);
            }
        }

        return write.Answered;
    }

    /// <summary>Writes what waits, takes nothing new.</summary>
    public Task Close()
    {
        lock (_gate)
        {
            _closing = true;
            if (!_running) _ended.TrySetResult();
        }

        return _ended.Task;
    }

    private async Task Loop()
    {
        while (Take() is { } batch)
        {
            await Commit(batch);
        }
    }

    private List<PendingWrite>? Take()
    {
        lock (_gate)
        {
            List<PendingWrite> batch = [];
            var (rows, bytes) = (0, 0);
            while (_queue.TryPeek(out var next) && (batch.Count == 0 || (rows + next.Rows.Length <= MostRowsTogether && bytes + next.Bytes <= MostBytesTogether)))
            {
                _queue.Dequeue();
                _waiting -= next.Rows.Length;
                if (clock.GetElapsedTime(next.QueuedAt) >= StartWithin)
                {
                    next.Fail(new RowsUnavailableException("The row store was too slow: a write waited too long to be sent"));
                    continue;
                }

                batch.Add(next);
                rows += next.Rows.Length;
                bytes += next.Bytes;
            }

            if (batch.Count > 0) return batch;
            _running = false;
            if (_closing) _ended.TrySetResult();
            return null;
        }
    }

    private async Task Commit(List<PendingWrite> batch)
    {
        try
        {
            Answer(batch, await Send(batch));
        }
        catch (RowsUnavailableException outage)
        {
            log.LogWarning(outage, "{Writes} writes failed: {Reason}", batch.Count, outage.Message);
            batch.ForEach(write => write.Fail(outage));
        }
        catch (Exception defect) when (batch.Count > 1)
        {
            log.LogError(defect, "A commit of {Writes} writes was refused; trying them one by one", batch.Count);
            foreach (var write in batch) await Commit([write]);
        }
        catch (Exception defect)
        {
            batch[0].Fail(defect);
        }
    }

    private Task<bool[]> Send(List<PendingWrite> batch)
    {
        var left = AnswerWithin - clock.GetElapsedTime(batch[0].QueuedAt);
        return commit([.. batch.SelectMany(write => write.Rows)], left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    private static void Answer(List<PendingWrite> batch, bool[] stored)
    {
        var next = 0;
        foreach (var write in batch)
        {
            write.Answer(stored[next..(next + write.Rows.Length)]);
            next += write.Rows.Length;
        }
    }
}
