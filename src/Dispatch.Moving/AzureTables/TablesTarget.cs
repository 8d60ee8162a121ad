using Dispatch.TableStorage;

namespace Dispatch.Moving.AzureTables;

/// <summary>
/// The storage account of a cluster that is not started yet. Entities that are written again are the same again: what lies before the position that was noted last
/// is there, and what lies after it may be.
/// </summary>
internal sealed class TablesTarget(ITableAccount account, TimeProvider clock) : IEntryTarget
{
    private const int RequestsTogether = 16;

    private string _import = "";
    private TableImport? _noted;

    public async Task<long> Begin(string import)
    {
        _import = import;
        await TablesStore.MakeTables(account);
        _noted = await TableImport.Read(account);
        if (_noted is { Position: TableImport.Done } && _noted.Import == import) return TableImport.Done;
        if (_noted is not null && _noted.Import != import) throw new MoveRefusedException("Another import was begun or done in this storage account. Import into an empty one.");
        await TablesStore.RequireStopped(account, clock);
        if (_noted is not null) return _noted.Position;
        if (await TablesStore.HasRecords(account)) throw new MoveRefusedException("The storage account holds records already. Import into an empty one.");
        await Note(0);
        return 0;
    }

    public async Task Write(IReadOnlyList<Entry> entries, long position)
    {
        // Notes and pointers first, as in every write of a row.
        var records = entries.Select(Record).ToArray();
        RequireApart(entries, records);
        await Submit(entries.Zip(records).Select(pair => Beside(pair.First, pair.Second)).OfType<Placed>());
        await Submit(records);
        await Note(position);
    }

    /// <summary>A row that is due and has no pointer would be there and never found.</summary>
    public async IAsyncEnumerable<Entry> ReadBack()
    {
        await foreach (var entry in TablesReading.All(account))
        {
            if (IsRow(entry) && RowLayout.Pointer(entry, clock.GetUtcNow()) is { } pointer && await account.Read(pointer.Table, pointer.Partition, pointer.Key) is null)
                throw new MoveRefusedException($"The import did not end well: {entry} would not be found when it is due. Do not start on it.");
            yield return entry;
        }
    }

    public async Task Finish()
    {
        await TablesStore.RequireStopped(account, clock);
        await Note(TableImport.Done);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static bool IsRow(Entry entry) => entry.Table is not Entry.States and not Entry.Reminders;

    private static Placed Record(Entry entry) => entry.Table switch
    {
        Entry.States => StateLayout.Write(entry),
        Entry.Reminders => ReminderLayout.Write(entry),
        _ => RowLayout.Write(entry),
    };

    private Placed? Beside(Entry entry, Placed record) => entry.Table switch
    {
        Entry.States => MoveNotes.Note(entry, record.Partition),
        Entry.Reminders => null,
        _ => RowLayout.Pointer(entry, clock.GetUtcNow()),
    };

    /// <summary>Said here where it is seen at once; otherwise the count at the end finds it.</summary>
    private static void RequireApart(IReadOnlyList<Entry> entries, Placed[] records)
    {
        Dictionary<(string, string, string), Entry> taken = [];
        for (var i = 0; i < records.Length; i++)
        {
            if (!taken.TryAdd((records[i].Table, records[i].Partition, records[i].Key), entries[i]))
                throw new MoveRefusedException($"{taken[(records[i].Table, records[i].Partition, records[i].Key)]} and {entries[i]} have the same key in Azure's tables: Orleans writes a slash, a backslash, a number sign and a question mark as an underscore.");
        }
    }

    private async Task Submit(IEnumerable<Placed> placed)
    {
        foreach (var table in placed.GroupBy(p => p.Table, StringComparer.Ordinal))
        {
            foreach (var rounds in WriteRounds.Of(table).Chunk(RequestsTogether))
            {
                await Task.WhenAll(rounds.Select(round => account.Submit(table.Key, round[0].Partition, [.. round.Select(p => new TableAction(TableVerb.Upsert, p.Entry))])));
            }
        }
    }

    /// <summary>Refuses a second import of the same file beside this one. A request that was carried out and repeated refuses itself, so what counts is what is there.</summary>
    private async Task Note(long position)
    {
        var entry = new TableImport(_import, position).Entry();
        await account.Submit(TableImport.Table, TableImport.Partition, [_noted is null ? new(TableVerb.Add, entry) : new(TableVerb.Replace, entry, _noted.ETag)]);
        _noted = await TableImport.Read(account);
        if (_noted is null || _noted.Import != _import || _noted.Position != position) throw new MoveRefusedException("The same import runs somewhere else.");
    }
}
