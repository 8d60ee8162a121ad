using Microsoft.Extensions.Logging;

namespace Dispatch.Storage;

/// <summary>
/// Rows in one SQLite file, open in one process. A write is answered after its fsync; many writers share one. A full or read-only disk fails the writes it concerns
/// and the store goes on; an error of the disk itself stops it for good, because what a failed fsync left behind cannot be known.
/// </summary>
public sealed class SqliteStore : ILocalStore
{
    private const int MostWritesTogether = 10_000;
    private readonly StoreFile _file;
    private readonly StoreWriter _writer;
    private readonly StoreReaders _readers;
    private readonly SqliteStoreOptions _options;
    private readonly ILogger _logger;
    private StoreFailedException? _failure;
    private int _disposed;

    /// <exception cref="StoreInUseException">Another process has it open.</exception>
    /// <exception cref="StoreDamagedException">It is not a sound store.</exception>
    /// <exception cref="StoreTooNewException">A newer program wrote it.</exception>
    /// <exception cref="StoreUnavailableException">It cannot be written.</exception>
    public SqliteStore(string path, SqliteStoreOptions options, ILogger<SqliteStore> logger)
    {
        _options = options;
        _logger = logger;
        _file = new(path, options, logger);
        _writer = new(_file.Writer, options, Fail, logger);
        _readers = new(_file.Path);
    }

    /// <summary>Transactions committed so far.</summary>
    public long Commits => _writer.Commits;

    public Task<Row?> Read(RowKey id)
    {
        RowRules.Check(id);
        return Ask(reader => reader.Read(id));
    }

    public Task<IReadOnlyList<Row>> List(string table, string partition, string? afterKey, int limit)
    {
        RowRules.Check(new(table, partition, afterKey ?? ""));
        var page = RowRules.Page(limit);
        return Ask(reader => reader.List(table, partition, afterKey, page));
    }

    public Task<IReadOnlyList<Row>> ListDue(string table, DateTimeOffset until, int limit, Row? after = null)
    {
        RowRules.CheckPart(table);
        var page = RowRules.Page(limit);
        return Ask(reader => reader.ListDue(table, until, page, after));
    }

    /// <summary>Every table that holds a row; with <see cref="ListTable"/> for whoever copies the whole store.</summary>
    public Task<IReadOnlyList<string>> Tables() => Ask(reader => reader.Tables());

    /// <summary>Rows of a whole table in the order of partition and key, after <paramref name="after"/>.</summary>
    public Task<IReadOnlyList<Row>> ListTable(string table, RowKey? after, int limit)
    {
        RowRules.Check(after ?? new(table, "", ""));
        var page = RowRules.Page(limit);
        return Ask(reader => reader.ListTable(table, after, page));
    }

    public Task<WriteOutcome> Write(RowWrite write)
    {
        RowRules.Check(write.Id);
        var pending = new PendingWrite(write);
        _writer.Enqueue(pending);
        return pending.Answered;
    }

    public Task<IReadOnlyList<WriteOutcome>> WriteAll(IReadOnlyList<RowWrite> writes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(writes.Count, MostWritesTogether);
        RowWrite[] all = [.. writes];
        Array.ForEach(all, write => RowRules.Check(write.Id));
        var pending = new PendingGroup(all);
        _writer.Enqueue(pending);
        return pending.Answered;
    }

    /// <summary>Writes what waits, folds the log into the file and lets go of it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _readers.Dispose();
        await _writer.Close();
        _file.Dispose();
    }

    // On the caller's thread: a row in the page cache is read faster than a thread is changed.
    private Task<T> Ask<T>(Func<RowReader, T> read)
    {
        try
        {
            return Volatile.Read(ref _failure) is { } failure ? Task.FromException<T>(failure) : Task.FromResult(_readers.Use(read));
        }
        catch (SqliteError error) when (error.IsTransient)
        {
            return Task.FromException<T>(new StoreUnavailableException($"{_file.Path} cannot be read: {error.InWords}", error));
        }
        catch (SqliteError error)
        {
            var stopped = new StoreFailedException($"The store has stopped: {error.Message}", error);
            _writer.Refuse(stopped);
            Fail(stopped);
            return Task.FromException<T>(stopped);
        }
        catch (StoreUnavailableException closed)
        {
            return Task.FromException<T>(closed);
        }
    }

    private void Fail(Exception exception)
    {
        if (Interlocked.CompareExchange(ref _failure, exception as StoreFailedException ?? new(exception.Message, exception), null) is null)
        {
            _logger.LogCritical(exception, "The store {Path} has failed and refuses everything from here on", _file.Path);

            // Elsewhere, because the host's answer may be to close this very store.
            ThreadPool.UnsafeQueueUserWorkItem(static state => state.OnFatal?.Invoke(state.Failure), (_options.OnFatal, Failure: exception), preferLocal: false);
        }
    }
}
