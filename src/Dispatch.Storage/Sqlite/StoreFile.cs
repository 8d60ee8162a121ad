using Microsoft.Extensions.Logging;

namespace Dispatch.Storage;

/// <summary>Opens the file as ours: alone, sound, of a version that this program knows. Refuses clearly otherwise.</summary>
internal sealed class StoreFile : IDisposable
{
    private const long ApplicationId = 0x44535054;
    private const long SchemaVersion = 1;

    // About 0.1 s from a cold disk. A larger file is only opened; damage in it shows when it is read, and stops the store then.
    private const long CheckedUpToBytes = 64L << 20;

    private const int HeldOnLinux = 11;
    private const int HeldOnMac = 35;
    private const int HeldOnWindows = unchecked((int)0x80070020);

    private readonly FileStream _lock;

    public StoreFile(string path, SqliteStoreOptions options, ILogger logger)
    {
        Path = System.IO.Path.GetFullPath(path);
        _lock = TakeLock(Path);
        try
        {
            Writer = Open(options);
            logger.LogInformation("Store {Path} is open, with {Library}", Path, NativeSqlite.Load());
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    public string Path { get; }

    /// <summary>The one connection that writes.</summary>
    public SqliteConnection Writer { get; }

    public void Dispose()
    {
        Writer.Dispose();
        _lock.Dispose();
    }

    // The system lets go of this lock when the process ends, however it ends. The file itself stays: deleting it would race with the next process.
    private static FileStream TakeLock(string path)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StoreUnavailableException($"{path}.lock cannot be written: {exception.Message}", exception);
        }
        catch (IOException exception) when (exception.HResult is HeldOnLinux or HeldOnMac or HeldOnWindows)
        {
            throw new StoreInUseException($"{path} is in use by another process. Two would each dispatch on their own: stop the other one first", exception);
        }
        catch (IOException exception)
        {
            throw new StoreUnavailableException($"{path} cannot be used: {exception.Message}", exception);
        }
    }

    private SqliteConnection Open(SqliteStoreOptions options)
    {
        NativeSqlite.Load();
        SqliteConnection? writer = null;
        try
        {
            writer = new SqliteConnection(Path, create: true);
            if (writer.IsReadOnly)
            {
                throw new StoreUnavailableException($"{Path} is read-only: nothing could be kept");
            }

            RequireSound(writer);
            RequireOurs(writer);
            SwitchOn(writer, options);
            return writer;
        }
        catch (Exception exception)
        {
            writer?.Dispose();
            throw exception is SqliteError error ? Refusal(error) : exception;
        }
    }

    private void RequireSound(SqliteConnection writer)
    {
        if (new FileInfo(Path).Length <= CheckedUpToBytes && writer.AskText("PRAGMA quick_check(1)") is not "ok" and var found)
        {
            throw Damaged(found, null);
        }
    }

    private void RequireOurs(SqliteConnection writer)
    {
        var version = writer.AskNumber("PRAGMA user_version");
        var application = writer.AskNumber("PRAGMA application_id");
        if (application != ApplicationId && (application != 0 || version != 0 || writer.AskNumber("SELECT count(*) FROM sqlite_master") != 0))
        {
            throw new StoreDamagedException($"{Path} is a SQLite file of another program, not a store. Name another file");
        }

        if (version > SchemaVersion)
        {
            throw new StoreTooNewException($"{Path} was written by a newer program (version {version}, this one knows {SchemaVersion}). Start that one");
        }
    }

    private static void SwitchOn(SqliteConnection writer, SqliteStoreOptions options)
    {
        if (writer.AskText("PRAGMA journal_mode=WAL") != "wal")
        {
            throw new StoreUnavailableException("SQLite could not switch to its write-ahead log here; a network drive cannot hold the store");
        }

        // FULL: a commit returns after its fsync. No automatic checkpoints: see LogCheckpoint.
        writer.Execute("PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=67108864; PRAGMA temp_store=MEMORY");
        if (writer.AskNumber("PRAGMA user_version") == 0)
        {
            writer.Execute($"""
                BEGIN IMMEDIATE;
                CREATE TABLE store_row (
                  tbl TEXT NOT NULL, part TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, due INTEGER, body BLOB NOT NULL,
                  UNIQUE (tbl, part, key));
                CREATE INDEX store_row_due ON store_row (tbl, due, part, key) WHERE due IS NOT NULL;
                CREATE TABLE version_reserve (id INTEGER PRIMARY KEY CHECK (id = 1), upto INTEGER NOT NULL);
                INSERT INTO version_reserve VALUES (1, 0);
                PRAGMA application_id={ApplicationId};
                PRAGMA user_version={SchemaVersion};
                COMMIT
                """);
        }

        if (options.WriterPragmas is { } more)
        {
            writer.Execute(more);
        }
    }

    private Exception Refusal(SqliteError error) => error switch
    {
        { IsDamage: true } => Damaged(error.Message, error),
        _ => new StoreUnavailableException($"{Path} cannot be opened: {error.InWords}", error),
    };

    private StoreDamagedException Damaged(string found, Exception? inner) => new(
        $"{Path} is damaged ({found}). Do not delete it: move it away together with its -wal and -shm files, put the last backup in its place, "
        + $"and try `sqlite3 {System.IO.Path.GetFileName(Path)} .recover` on the copy", inner);
}
