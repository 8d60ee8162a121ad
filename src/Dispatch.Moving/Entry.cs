namespace Dispatch.Moving;

/// <summary>
/// One record of a store, whichever store: a row, or a grain's state or reminder in the shape in which the local engine keeps them as rows. The body is carried as it is:
/// what is sealed stays sealed. ETags are not carried, every store gives its own.
/// </summary>
/// <param name="Due">In ticks of UTC.</param>
public sealed record Entry(string Table, string Partition, string Key, long? Due, ReadOnlyMemory<byte> Body)
{
    /// <summary>Partition: the grain's type, a slash, its key. Key: the state's name.</summary>
    public const string States = "grain-state";

    /// <summary>Partition: as of a state. Key: the reminder's name.</summary>
    public const string Reminders = "grain-reminders";

    public override string ToString() => $"{Table}/{Partition}/{Key}";
}

/// <summary>A store that nobody uses meanwhile.</summary>
public interface IEntrySource : IAsyncDisposable
{
    /// <summary>All of them, table by table.</summary>
    IAsyncEnumerable<Entry> Read();
}

/// <summary>An empty store, or one into which the same import was begun.</summary>
public interface IEntryTarget : IAsyncDisposable
{
    /// <summary>How many entries of the file are there already; -1 when the import was done before.</summary>
    Task<long> Begin(string import);

    /// <summary>Keeps them and then the position after them, or both at once: what lies before a position is there. Entries may come again after a crash.</summary>
    Task Write(IReadOnlyList<Entry> entries, long position);

    /// <summary>What is there now, to be counted.</summary>
    IAsyncEnumerable<Entry> ReadBack();

    /// <summary>Everything is there: hosts may start on it.</summary>
    Task Finish();
}

/// <summary>What this program was built without.</summary>
public sealed class NotBuiltInException(string message) : Exception(message);

/// <summary>The move was not begun, or not ended. The message says why and what to do.</summary>
public sealed class MoveRefusedException(string message, Exception? inner = null) : Exception(message, inner);
