using Dispatch.Grains.Rows;

namespace Dispatch.TableStorage;

/// <summary>
/// The row store on a table service. Rows of one partition that are given together are kept together, 100 at a time; those of several partitions one after
/// the other in the order in which the partitions are first named, so that after a failure any leading part of them may be there, and nothing of the rest.
/// </summary>
public sealed class TableRows : IRows
{
    public const string RowsTable = "DispatchRows";
    public const string DueTable = "DispatchDue";

    private const int WritesTogether = 10_000;
    private const int MostPage = 10_000;
    private const int ReadsTogether = 32;

    /// <summary>A grain's turn has 5 s.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(4);

    /// <summary>Long after the write that made a pointer can still arrive, and longer than the clocks of two hosts differ.</summary>
    private static readonly TimeSpan DeadAfter = TimeSpan.FromMinutes(10);

    private readonly ITableStore _store;
    private readonly RowWriter _writer;
    private readonly TimeProvider _clock;

    public TableRows(ITableStore store, TimeProvider clock) => (_store, _clock, _writer) = (store, clock, new(store, clock));

    public Task<StoredRow<T>?> Read<T>(string table, string partition, string key)
        where T : class
    {
        var (inPartition, at) = (TableKey.Of(table, partition), TableKey.Of(key));
        return Within(async () => await _store.Read(RowsTable, inPartition, at) is { } entry ? Of<T>(partition, entry) : null);
    }

    public Task<IReadOnlyList<StoredRow<T>>> List<T>(string table, string partition, string? afterKey, int limit)
        where T : class
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var (inPartition, after) = (TableKey.Of(table, partition), afterKey is null ? "" : TableKey.Of(afterKey));
        return Within<IReadOnlyList<StoredRow<T>>>(async () => [.. (await _store.Query(RowsTable, inPartition, after, TableKey.Last, Math.Min(limit, MostPage))).Select(e => Of<T>(partition, e))]);
    }

    public Task<IReadOnlyList<StoredRow<T>>> ListDue<T>(string table, DateTimeOffset until, int limit, StoredRow<T>? after = null)
        where T : class
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var last = after is null ? "" : DuePointer.After(after.Due!.Value.UtcTicks, after.Partition, after.Key);
        return Within(() => Due<T>(table, last, DuePointer.Until(until), Math.Min(limit, MostPage)));
    }

    public Task<IReadOnlyList<bool>> Write(IReadOnlyList<RowChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(changes.Count, WritesTogether);
        PlannedWrite[] writes = [.. changes.Select(PlannedWrite.Of)];
        return Within<IReadOnlyList<bool>>(async () =>
        {
            var stored = new bool[writes.Length];
            foreach (var round in WriteRounds.Of(writes)) await _writer.Write(round, stored);
            return stored;
        });
    }

    private async Task<IReadOnlyList<StoredRow<T>>> Due<T>(string table, string after, string before, int limit)
        where T : class
    {
        List<StoredRow<T>> due = [];
        while (due.Count < limit)
        {
            // Some more than are missing: among many dead pointers the last rows are not looked for one by one.
            var wanted = Math.Max(limit - due.Count, ReadsTogether);
            var entries = await _store.Query(DueTable, DuePointer.PartitionOf(table), after, before, wanted);
            foreach (var some in entries.Chunk(ReadsTogether)) due.AddRange((await Task.WhenAll(some.Select(e => RowOf<T>(table, e)))).OfType<StoredRow<T>>());
            if (entries.Count < wanted) break;
            after = entries[^1].Key;
        }

        return due.Count > limit ? due[..limit] : due;
    }

    /// <summary>Null for a pointer that its row does not name: of a row that was changed since, or of a write that was cut off or is still under way.</summary>
    private async Task<StoredRow<T>?> RowOf<T>(string table, TableEntry entry)
        where T : class
    {
        var (pointer, made) = DuePointer.Read(entry);
        var row = await _store.Read(RowsTable, TableKey.Of(table, pointer.Partition), TableKey.Of(pointer.Key));
        if (row is not null && pointer.IsOf(row)) return Of<T>(pointer.Partition, row);
        if (_clock.GetUtcNow() - made > DeadAfter) await _writer.Remove(table, pointer);
        return null;
    }

    /// <summary>Elsewhere than on the caller's scheduler: a grain that is gone takes no request with it.</summary>
    private async Task<T> Within<T>(Func<Task<T>> work)
    {
        try
        {
            return await Task.Run(work).WaitAsync(AnswerWithin, _clock);
        }
        catch (TimeoutException late)
        {
            throw new RowsUnavailableException("The table service did not answer in time", late);
        }
    }

    private static StoredRow<T> Of<T>(string partition, TableEntry entry)
        where T : class => new(
            partition,
            TableKey.Parts(entry.Key)[0],
            TableBody.Read<T>(entry),
            entry.ETag,
            entry.Properties.TryGetValue(DuePointer.DueProperty, out var due) ? new DateTimeOffset((long)due, TimeSpan.Zero) : null);
}
