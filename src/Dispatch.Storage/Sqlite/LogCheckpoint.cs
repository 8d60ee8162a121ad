using Microsoft.Extensions.Logging;

namespace Dispatch.Storage;

/// <summary>Moves the write-ahead log into the file now and then, on the writer's thread. SQLite's own checkpoint would swallow a failed fsync.</summary>
internal sealed class LogCheckpoint(SqliteConnection connection, ILogger logger)
{
    private const long WhenIdleBytes = 4L << 20;
    private const long AlwaysBytes = 32L << 20;
    private const int PagesPerWriteBytes = 3 * 4096;
    private long _logBytes;

    public void Count(RowWrite write) => _logBytes += PagesPerWriteBytes + (write.Body?.Length ?? 0);

    /// <summary>Best when nobody waits.</summary>
    public bool IsDue(bool idle) => _logBytes >= (idle ? WhenIdleBytes : AlwaysBytes);

    /// <summary>Readers may hold it up, and so may a full disk; the next one catches up. Any other error comes out, and is the end of the store.</summary>
    public void Run(string mode)
    {
        _logBytes = 0;
        try
        {
            connection.AskNumber($"PRAGMA wal_checkpoint({mode})");
        }
        catch (SqliteError transient) when (transient.IsTransient)
        {
            logger.LogWarning(transient, "The log could not be moved into the file: {Reason}", transient.InWords);
        }
    }
}
