using Dispatch.Grains.Rows;

namespace Dispatch.TableStorage;

/// <summary>
/// Writes one round. A new pointer is there before the row that names it, and the old one goes after: wherever this is cut off, every row that is due is found,
/// and what is left over points at nothing.
/// </summary>
internal sealed class RowWriter(ITableStore store, TimeProvider clock)
{
    /// <summary>Who waits for a durable answer does not wait long for the tidying after it.</summary>
    private static readonly TimeSpan TidyWithin = TimeSpan.FromSeconds(1);

    public async Task Write(IReadOnlyList<PlannedWrite> round, bool[] stored)
    {
        var old = ReadOldPointers(round);
        await Task.WhenAll(old, AddPointers(round));
        await SubmitRows(round, stored);
        await Tidy(round, await old, stored);
    }

    private async Task<Dictionary<PlannedWrite, DuePointer>> ReadOldPointers(IReadOnlyList<PlannedWrite> round)
    {
        var found = await Task.WhenAll(round.Where(w => w.MayLeavePointer).Select(async w => (Write: w, Row: await store.Read(TableRows.RowsTable, w.Partition, w.Key))));
        return found.Where(f => f.Row?.Properties.ContainsKey(DuePointer.IdProperty) is true).ToDictionary(f => f.Write, f => new DuePointer(
            (long)f.Row!.Properties[DuePointer.DueProperty], f.Write.Change.Partition, f.Write.Change.Key, (string)f.Row.Properties[DuePointer.IdProperty]));
    }

    /// <summary>A round is of one partition and so of one table.</summary>
    private Task AddPointers(IReadOnlyList<PlannedWrite> round)
    {
        TableAction[] pointers = [.. round.Where(w => w.Pointer is not null).Select(w => new TableAction(TableVerb.Upsert, w.Pointer!.Entry(clock.GetUtcNow())))];
        return pointers.Length == 0 ? Task.CompletedTask : store.Submit(TableRows.DueTable, DuePointer.PartitionOf(round[0].Change.Table), pointers);
    }

    /// <summary>One whose condition does not hold is left out and the others are sent again.</summary>
    private async Task SubmitRows(IReadOnlyList<PlannedWrite> round, bool[] stored)
    {
        List<PlannedWrite> left = [];
        foreach (var write in round)
        {
            if (write.Action is not null) left.Add(write);
            else stored[write.Ordinal] = write.Change.IfMatch == RowChange.MustNotExist && await store.Read(TableRows.RowsTable, write.Partition, write.Key) is null;
        }

        while (left.Count > 0)
        {
            if (await store.Submit(TableRows.RowsTable, left[0].Partition, [.. left.Select(w => w.Action!)]) is not { } refused)
            {
                foreach (var write in left) stored[write.Ordinal] = true;
                return;
            }

            // To take away what is not there is no failure: nothing was asked of it.
            stored[left[refused].Ordinal] = left[refused].Action is { Verb: TableVerb.Delete, ETag: null };
            left.RemoveAt(refused);
        }
    }

    /// <summary>Pointers that no row names any more. What is not done here is done when their time has come.</summary>
    private async Task Tidy(IReadOnlyList<PlannedWrite> round, Dictionary<PlannedWrite, DuePointer> replaced, bool[] stored)
    {
        var dead = round
            .Select(w => (w.Change.Table, Pointer: stored[w.Ordinal] ? replaced.GetValueOrDefault(w) : w.Pointer))
            .Where(d => d.Pointer is not null)
            .ToArray();
        if (dead.Length == 0) return;
        try
        {
            await Task.WhenAll(dead.Select(d => Remove(d.Table, d.Pointer!))).WaitAsync(TidyWithin, clock);
        }
        catch (Exception late) when (late is RowsUnavailableException or TimeoutException)
        {
            // The rows are durable, which is what was asked.
        }
    }

    public Task Remove(string table, DuePointer pointer) =>
        store.Submit(TableRows.DueTable, DuePointer.PartitionOf(table), [new(TableVerb.Delete, new(pointer.EntryKey, "", new Dictionary<string, object>()))]);
}
