using SQLitePCL;

namespace Dispatch.Storage;

/// <summary>What SQLite answered instead of doing it, and what that means.</summary>
internal sealed class SqliteError(int code, string message, string doing) : Exception($"SQLite: {message} (code {code}) while {doing}")
{
    private const int SharedMemorySize = raw.SQLITE_IOERR | (19 << 8);
    private const int SharedMemoryOpen = raw.SQLITE_IOERR | (18 << 8);
    private const int SharedMemoryMap = raw.SQLITE_IOERR | (21 << 8);

    public int Code { get; } = code;

    public bool IsTooBig => (Code & 0xff) is raw.SQLITE_TOOBIG;

    public bool IsDamage => (Code & 0xff) is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>
    /// Nothing of the transaction was kept and a later one may succeed. Everything else, a failed fsync above all, leaves it unknown what is on the disk.
    /// The shared-memory file holds no data; when it cannot grow, the disk is full.
    /// </summary>
    public bool IsTransient => (Code & 0xff) is raw.SQLITE_FULL or raw.SQLITE_READONLY or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM
        || Code is SharedMemorySize or SharedMemoryOpen or SharedMemoryMap;

    public string InWords => (Code & 0xff) switch
    {
        raw.SQLITE_FULL => "the disk is full",
        raw.SQLITE_READONLY => "the file is read-only",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "another program holds the file",
        raw.SQLITE_CANTOPEN or raw.SQLITE_PERM => "the file cannot be opened",
        _ => Message,
    };
}
