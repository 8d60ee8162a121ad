using Dispatch.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatch.Moving.Local;

/// <summary>The file of one machine. Opening it takes the lock that a running host holds.</summary>
internal sealed class LocalSource : IEntrySource
{
    private readonly SqliteStore _store;

    public LocalSource(string folder)
    {
        var path = LocalFiles.Store(folder);
        if (!File.Exists(path)) throw new MoveRefusedException($"{path} does not exist: there is nothing to export.");
        _store = LocalFiles.Open(path);
    }

    public IAsyncEnumerable<Entry> Read() => LocalFiles.Read(_store);

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}

internal static class LocalFiles
{
    /// <summary>Where an import notes how far it has come; no record of the programme.</summary>
    public const string ImportTable = "import";

    private const int Page = 1_000;

    public static string Store(string folder) => Path.Combine(Path.GetFullPath(folder), "dispatch.db");

    public static SqliteStore Open(string path)
    {
        try
        {
            return new SqliteStore(path, new(), NullLogger<SqliteStore>.Instance);
        }
        catch (StoreInUseException exception)
        {
            throw new MoveRefusedException($"{path} is in use. Stop the host first.", exception);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or StoreDamagedException or StoreTooNewException)
        {
            throw new MoveRefusedException(exception.Message, exception);
        }
    }

    public static async IAsyncEnumerable<Entry> Read(SqliteStore store)
    {
        foreach (var table in await store.Tables())
        {
            if (table == ImportTable) continue;
            for (RowKey? last = null; ;)
            {
                var page = await store.ListTable(table, last, Page);
                foreach (var row in page) yield return Portable.Of(new Entry(table, row.Id.Partition, row.Id.Key, row.Due?.UtcTicks, row.Body));
                if (page.Count < Page) break;
                last = page[^1].Id;
            }
        }
    }
}
