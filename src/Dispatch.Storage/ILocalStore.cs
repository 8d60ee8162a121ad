namespace Dispatch.Storage;

/// <summary>
/// Rows with ETags: one shape for grain state, reminders and the host's own tables.
/// Keys are compared ordinally, as UTF-8 bytes. Everything that was acknowledged survives a crash.
/// </summary>
public interface ILocalStore : IAsyncDisposable
{
    /// <summary>The row as last acknowledged, or null. Sees every write that completed before the call.</summary>
    Task<Row?> Read(RowKey id);

    /// <summary>Rows of one partition in the order of their keys, after <paramref name="afterKey"/>.</summary>
    Task<IReadOnlyList<Row>> List(string table, string partition, string? afterKey, int limit);

    /// <summary>Rows of a table due at or before <paramref name="until"/>, across partitions, earliest first; pass the last row of a page to get the next page.</summary>
    Task<IReadOnlyList<Row>> ListDue(string table, DateTimeOffset until, int limit, Row? after = null);

    /// <summary>
    /// Durable when the task completes. A conflict is an outcome; a row that is too large throws <see cref="RowTooLargeException"/>,
    /// and a store that could not write throws <see cref="StoreUnavailableException"/>, so that nobody mistakes it for stored.
    /// Writes of one row are applied in the order in which they were given.
    /// </summary>
    Task<WriteOutcome> Write(RowWrite write);

    /// <summary>Independent writes that become durable together; one outcome for each, in order. Never throws for a single row: look at every outcome.</summary>
    Task<IReadOnlyList<WriteOutcome>> WriteAll(IReadOnlyList<RowWrite> writes);
}
