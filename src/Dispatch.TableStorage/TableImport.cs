using Dispatch.Grains.Hosting;

namespace Dispatch.TableStorage;

/// <summary>Which import fills the account, and how far it has come.</summary>
/// <param name="Position">Entries of the file that are there; <see cref="Done"/> at the end.</param>
public sealed record TableImport(string Import, long Position)
{
    public const string Table = "DispatchMoves";
    public const long Done = -1;

    internal const string Partition = "import";
    internal const string Key = "position";

    /// <summary>As the service gave it; empty in one that is to be written.</summary>
    internal string ETag { get; init; } = "";

    /// <exception cref="StartRefusedException">An import was begun and not ended: a host would dispatch on a part of the records.</exception>
    public static async Task RequireWhole(ITableStore store)
    {
        if (await Read(store) is { Position: not Done })
            throw new StartRefusedException("An import into this storage account was begun and not ended. Run it again with the same file: it goes on where it stopped.");
    }

    internal static async Task<TableImport?> Read(ITableStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return await store.Read(Table, Partition, Key) is { } entry ? Of(entry) : null;
    }

    internal static TableImport Of(TableEntry entry) => new((string)entry.Properties[nameof(Import)], (long)entry.Properties[nameof(Position)]) { ETag = entry.ETag };

    internal TableEntry Entry() => new(Key, "", new Dictionary<string, object> { [nameof(Import)] = Import, [nameof(Position)] = Position });
}
