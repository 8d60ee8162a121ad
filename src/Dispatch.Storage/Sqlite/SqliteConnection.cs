using SQLitePCL;

namespace Dispatch.Storage;

/// <summary>One connection, used by one thread at a time.</summary>
internal sealed class SqliteConnection : IDisposable
{
    private const int BusyMilliseconds = 5_000;
    private readonly List<SqliteStatement> _statements = [];

    public SqliteConnection(string path, bool create)
    {
        var flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX | (create ? raw.SQLITE_OPEN_CREATE : 0);
        var code = raw.sqlite3_open_v2(path, out var handle, flags, null);
        Handle = handle;
        if (code != raw.SQLITE_OK)
        {
            var error = Error($"opening {path}");
            handle?.manual_close_v2();
            throw error;
        }

        raw.sqlite3_extended_result_codes(handle, 1);
        raw.sqlite3_busy_timeout(handle, BusyMilliseconds);
    }

    public sqlite3 Handle { get; }

    public bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    public bool IsReadOnly => raw.sqlite3_db_readonly(Handle, "main") == 1;

    public void Execute(string sql)
    {
        if (raw.sqlite3_exec(Handle, sql) != raw.SQLITE_OK)
        {
            throw Error(sql);
        }
    }

    /// <summary>A statement that lives as long as the connection.</summary>
    public SqliteStatement Prepare(string sql)
    {
        if (raw.sqlite3_prepare_v2(Handle, sql, out var handle) != raw.SQLITE_OK)
        {
            throw Error(sql);
        }

        var statement = new SqliteStatement(this, handle, sql);
        _statements.Add(statement);
        return statement;
    }

    public long AskNumber(string sql) => Ask(sql, statement => statement.Number(0));

    public string AskText(string sql) => Ask(sql, statement => statement.Text(0));

    public SqliteError Error(string doing) =>
        new(raw.sqlite3_extended_errcode(Handle), raw.sqlite3_errmsg(Handle).utf8_to_string(), doing);

    public void Dispose()
    {
        _statements.ForEach(statement => statement.Dispose());
        Handle.manual_close_v2();
    }

    private T Ask<T>(string sql, Func<SqliteStatement, T> column)
    {
        using var statement = Prepare(sql);
        _statements.Remove(statement);
        return statement.Step() ? column(statement) : throw new InvalidOperationException($"{sql} has no answer");
    }
}
