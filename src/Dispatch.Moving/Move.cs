using Dispatch.Moving.Files;

namespace Dispatch.Moving;

/// <summary>From a store into a file, and from a file into a store.</summary>
public static class Move
{
    private const int Together = 500;
    private const int BytesTogether = 4 << 20;

    /// <param name="id">New for every export.</param>
    public static Task<Tally> Export(IEntrySource source, string file, string id)
    {
        ArgumentNullException.ThrowIfNull(source);
        return MoveWriter.Write(file, id, source.Read());
    }

    /// <summary>Repeatable: one that was interrupted goes on, one that was done changes nothing. Null when it was done before.</summary>
    public static async Task<Tally?> Import(string file, IEntryTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var reader = new MoveReader(file);
        var moved = await reader.Check();
        var position = await target.Begin(reader.Id);
        if (position < 0) return null;
        await Write(reader.Read(), target, position);
        RequireEqual(reader.Expected, await Tally.Of(target.ReadBack()));
        await target.Finish();
        return moved;
    }

    private static async Task Write(IAsyncEnumerable<Entry> entries, IEntryTarget target, long position)
    {
        List<Entry> batch = [];
        var (at, bytes) = (0L, 0);
        await foreach (var entry in entries)
        {
            if (++at <= position) continue;
            batch.Add(entry);
            bytes += entry.Body.Length;
            if (batch.Count < Together && bytes < BytesTogether) continue;
            await target.Write(batch, at);
            batch = [];
            bytes = 0;
        }

        if (batch.Count > 0) await target.Write(batch, at);
    }

    private static void RequireEqual(Tally expected, Tally there)
    {
        foreach (var table in expected.Tables.Keys.Union(there.Tables.Keys))
        {
            var (wanted, found) = (expected.Tables.GetValueOrDefault(table), there.Tables.GetValueOrDefault(table));
            if (!Equals(wanted, found))
                throw new MoveRefusedException($"The import did not end well: of table {table} the file has {wanted?.Count ?? 0} records and the store {found?.Count ?? 0}, and they are not the same. Do not start on it.");
        }
    }
}
