namespace Dispatch.TableStorage;

/// <summary>
/// What the row store asks of a table service, and no more: everything that can be decided without the service is decided above it.
/// Throws <see cref="Grains.Rows.RowsUnavailableException"/> for "not now"; nothing is repeated below, since a repeated write would refuse itself.
/// </summary>
public interface ITableStore
{
    Task<TableEntry?> Read(string table, string partition, string key);

    /// <summary>Entries of one partition whose keys lie between the two, both excluded, in the order of the keys.</summary>
    Task<IReadOnlyList<TableEntry>> Query(string table, string partition, string after, string before, int limit);

    /// <summary>
    /// All of them or none, in one transaction of one partition, no key twice. Null: done. Otherwise the place of one whose condition did not hold,
    /// and nothing was written.
    /// </summary>
    Task<int?> Submit(string table, string partition, IReadOnlyList<TableAction> actions);
}

/// <summary>An entity: its chunks of bytes, its whole numbers and its texts, by the names of its properties.</summary>
/// <param name="ETag">As the service gave it; empty in an entity that is to be written.</param>
public sealed record TableEntry(string Key, string ETag, IReadOnlyDictionary<string, object> Properties);

public enum TableVerb
{
    /// <summary>Only where there is none.</summary>
    Add = 1,

    /// <summary>Whatever is there.</summary>
    Upsert = 2,

    /// <summary>Only where <see cref="TableAction.ETag"/> is there.</summary>
    Replace = 3,

    /// <summary>With an ETag as <see cref="Replace"/>; without one whatever is there, but something must be.</summary>
    Delete = 4,
}

public sealed record TableAction(TableVerb Verb, TableEntry Entry, string? ETag = null);
