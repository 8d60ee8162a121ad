namespace Dispatch.Storage;

/// <summary>The statements that change rows, and the version numbers that become ETags.</summary>
internal sealed class RowWriter
{
    private const long Reserve = 1_000_000;
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _update;
    private readonly SqliteStatement _updateDue;
    private readonly SqliteStatement _delete;
    private long _version;
    private long _reservedUpTo;

    public RowWriter(SqliteConnection connection)
    {
        _connection = connection;
        _begin = connection.Prepare("BEGIN IMMEDIATE");
        _commit = connection.Prepare("COMMIT");
        _find = connection.Prepare("SELECT rowid, version, due FROM store_row WHERE tbl = ? AND part = ? AND key = ?");
        _insert = connection.Prepare("INSERT INTO store_row (tbl, part, key, version, due, body) VALUES (?, ?, ?, ?, ?, ?)");
        _update = connection.Prepare("UPDATE store_row SET version = ?, body = ? WHERE rowid = ?");
        _updateDue = connection.Prepare("UPDATE store_row SET version = ?, body = ?, due = ? WHERE rowid = ?");
        _delete = connection.Prepare("DELETE FROM store_row WHERE rowid = ?");
        _version = _reservedUpTo = connection.AskNumber("SELECT upto FROM version_reserve");
    }

    public void Begin() => _begin.Run();

    public void Commit() => _commit.Run();

    public void Rollback()
    {
        if (_connection.InTransaction)
        {
            _connection.Execute("ROLLBACK");
        }

        // The reserve may have been taken back with the rest; asking again is cheap, using a version twice is not.
        _version = Math.Max(_version, _reservedUpTo);
        _reservedUpTo = _version;
    }

    /// <summary>Inside a transaction. A conflict changes nothing and leaves the transaction as it is.</summary>
    public WriteOutcome Apply(RowWrite write)
    {
        _find.Bind(write.Id.Table).Bind(write.Id.Partition).Bind(write.Id.Key);
        var exists = _find.Step();
        var (row, version, due) = exists ? (_find.Number(0), _find.Number(1), _find.NumberOrNull(2)) : default;
        _find.Reset();

        if (!RowRules.Matches(write, exists ? version : null))
        {
            return new(exists ? RowRules.ETag(version) : null, WriteError.Conflict);
        }

        if (write.Body is not { } body)
        {
            if (exists)
            {
                _delete.Bind(row).Run();
            }

            return new(null);
        }

        var next = NextVersion();
        var nextDue = write.Due?.UtcTicks;
        if (!exists)
        {
            _insert.Bind(write.Id.Table).Bind(write.Id.Partition).Bind(write.Id.Key).Bind(next).Bind(nextDue).Bind(body.Span).Run();
        }
        else if (due == nextDue)
        {
            // Leaves the index of due rows alone.
            _update.Bind(next).Bind(body.Span).Bind(row).Run();
        }
        else
        {
            _updateDue.Bind(next).Bind(body.Span).Bind(nextDue).Bind(row).Run();
        }

        return new(RowRules.ETag(next));
    }

    // Versions are reserved a million at a time, in the same transaction: a crash skips some and repeats none.
    private long NextVersion()
    {
        if (_version == _reservedUpTo)
        {
            var upTo = _reservedUpTo + Reserve;
            _connection.Execute($"UPDATE version_reserve SET upto = {upTo}");
            _reservedUpTo = upTo;
        }

        return ++_version;
    }
}
