using SQLitePCL;

namespace Dispatch.Storage;

/// <summary>A prepared statement: bind, step, read, reset.</summary>
internal sealed class SqliteStatement(SqliteConnection connection, sqlite3_stmt handle, string sql) : IDisposable
{
    private int _bound;

    public SqliteStatement Bind(string text)
    {
        _ = raw.sqlite3_bind_text(handle, ++_bound, text);
        return this;
    }

    public SqliteStatement Bind(long number)
    {
        _ = raw.sqlite3_bind_int64(handle, ++_bound, number);
        return this;
    }

    public SqliteStatement Bind(long? number)
    {
        if (number is { } there)
        {
            return Bind(there);
        }

        _ = raw.sqlite3_bind_null(handle, ++_bound);
        return this;
    }

    public SqliteStatement Bind(ReadOnlySpan<byte> bytes)
    {
        // An empty span has no address, which SQLite would take for NULL.
        var code = bytes.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, ++_bound, 0) : raw.sqlite3_bind_blob(handle, ++_bound, bytes);
        return code == raw.SQLITE_OK ? this : throw Fail();
    }

    /// <summary>True when there is a row to read.</summary>
    public bool Step() => raw.sqlite3_step(handle) switch
    {
        raw.SQLITE_ROW => true,
        raw.SQLITE_DONE => false,
        _ => throw Fail(),
    };

    /// <summary>Runs a statement that has no rows, and makes it ready for the next time.</summary>
    public void Run()
    {
        Step();
        Reset();
    }

    /// <summary>Also ends the read transaction that it held open.</summary>
    public void Reset()
    {
        _bound = 0;
        _ = raw.sqlite3_reset(handle);
        _ = raw.sqlite3_clear_bindings(handle);
    }

    public long Number(int column) => raw.sqlite3_column_int64(handle, column);

    public long? NumberOrNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL ? null : Number(column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(handle, column).ToArray();

    public void Dispose() => handle.manual_close();

    private SqliteError Fail()
    {
        var error = connection.Error(sql);
        Reset();
        return error;
    }
}
