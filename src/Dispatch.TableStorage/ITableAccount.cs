namespace Dispatch.TableStorage;

/// <summary>A storage account as a whole, as a move of all its records needs it.</summary>
public interface ITableAccount : ITableStore
{
    /// <summary>Makes the table where there is none.</summary>
    Task Make(string table);

    /// <summary>Some of the table's entries, of all partitions. A page may be empty and not the last; a table that does not exist is an empty one.</summary>
    /// <param name="table">Any, also of others than the row store.</param>
    /// <param name="next">From the page before; null for the first.</param>
    Task<TablePage> Scan(string table, string? next);
}

/// <param name="Next">Null: the last one.</param>
public sealed record TablePage(IReadOnlyList<TablePlace> Entries, string? Next);

public sealed record TablePlace(string Partition, TableEntry Entry);
