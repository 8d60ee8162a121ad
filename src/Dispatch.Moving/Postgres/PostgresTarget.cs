using Dispatch.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;

namespace Dispatch.Moving.Postgres;

/// <summary>The database of a cluster that is not started yet. Rows, states, reminders and the position after them are one transaction.</summary>
internal sealed class PostgresTarget : IEntryTarget
{
    private readonly NpgsqlDataSource _database;
    private readonly NpgsqlConnection _connection;
    private string _import = "";
    private long _position;

    private PostgresTarget(NpgsqlDataSource database, NpgsqlConnection connection) => (_database, _connection) = (database, connection);

    public static async Task<PostgresTarget> Open(PostgresSettings settings)
    {
        await PostgresSchema.Bring(settings, NullLogger.Instance);
        var database = PostgresStore.Open(settings);
        return new PostgresTarget(database, await database.OpenConnectionAsync());
    }

    public async Task<long> Begin(string import)
    {
        _import = import;
        await using var transaction = await _connection.BeginTransactionAsync();
        await PostgresStore.Run(_connection, "LOCK TABLE dispatch_import IN EXCLUSIVE MODE");
        await using (var find = PostgresStore.Command(_connection, "SELECT position, done FROM dispatch_import WHERE id = $1", import))
        {
            await using var begun = await find.ExecuteReaderAsync();
            if (await begun.ReadAsync())
            {
                if (begun.GetBoolean(1)) return -1;
                _position = begun.GetInt64(0);
                await begun.CloseAsync();
                await PostgresStore.RequireStopped(_connection);
                return _position;
            }
        }

        await PostgresStore.RequireStopped(_connection);
        if (await PostgresStore.Ask<bool>(_connection, "SELECT EXISTS (SELECT FROM dispatch_row) OR EXISTS (SELECT FROM orleans_state) OR EXISTS (SELECT FROM orleans_reminder) OR EXISTS (SELECT FROM dispatch_import)"))
            throw new MoveRefusedException("The database holds records already, or another import was begun in it. Import into an empty database.");
        await PostgresStore.Run(_connection, "INSERT INTO dispatch_import VALUES ($1, 0, false)", import);
        await transaction.CommitAsync();
        return 0;
    }

    public async Task Write(IReadOnlyList<Entry> entries, long position)
    {
        await using var transaction = await _connection.BeginTransactionAsync();
        // Also refuses a second import of the same file beside this one.
        if (await PostgresStore.Run(_connection, "UPDATE dispatch_import SET position = $1 WHERE id = $2 AND position = $3 AND NOT done", position, _import, _position) != 1)
            throw new MoveRefusedException("The same import runs somewhere else.");
        await WriteRows([.. entries.Where(e => e.Table is not Entry.States and not Entry.Reminders)]);
        await WriteStates([.. entries.Where(e => e.Table is Entry.States)]);
        await WriteReminders([.. entries.Where(e => e.Table is Entry.Reminders)]);
        await transaction.CommitAsync();
        _position = position;
    }

    public IAsyncEnumerable<Entry> ReadBack() => PostgresReading.All(_connection);

    public async Task Finish()
    {
        await PostgresStore.RequireStopped(_connection);
        await PostgresStore.Run(_connection, "UPDATE dispatch_import SET done = true WHERE id = $1", _import);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _database.DisposeAsync();
    }

    private Task WriteRows(Entry[] rows) => Insert(
        rows,
        """
        INSERT INTO dispatch_row (tbl, part, key, version, due, body)
        SELECT tbl, part, key, nextval('dispatch_row_version'), due, body FROM unnest($1, $2, $3, $4, $5) AS given (tbl, part, key, due, body)
        """,
        Column(NpgsqlDbType.Text, rows, e => e.Table), Column(NpgsqlDbType.Text, rows, e => e.Partition), Column(NpgsqlDbType.Text, rows, e => e.Key),
        Column(NpgsqlDbType.Bigint, rows, e => e.Due), Column(NpgsqlDbType.Bytea, rows, e => e.Body.ToArray()));

    private Task WriteStates(Entry[] states)
    {
        var keys = Array.ConvertAll(states, StateKey);
        return Insert(
            states,
            """
            INSERT INTO orleans_state (service_id, grain_type, n0, n1, extension, spelling, version, payload)
            SELECT $1, name, n0, n1, coalesce('+' || extension, ''), spelling, 1, payload FROM unnest($2, $3, $4, $5, $6, $7) AS given (name, n0, n1, extension, spelling, payload)
            """,
            new NpgsqlParameter { Value = GrainName.Service },
            Column(NpgsqlDbType.Text, states, e => e.Key), Column(NpgsqlDbType.Bigint, keys, k => k.Key.N0), Column(NpgsqlDbType.Bigint, keys, k => k.Key.N1),
            Column(NpgsqlDbType.Text, keys, k => k.Key.Extension), Column(NpgsqlDbType.Text, keys, k => k.Spelling), Column(NpgsqlDbType.Bytea, states, e => e.Body.ToArray()));
    }

    private Task WriteReminders(Entry[] reminders)
    {
        var times = Array.ConvertAll(reminders, ReminderTimes.Of);
        return Insert(
            reminders,
            """
            INSERT INTO orleans_reminder (service_id, grain_id, name, start_time, period_ms, grain_hash, version)
            SELECT $1, grain, name, start, period, hash, nextval('orleans_reminder_version') FROM unnest($2, $3, $4, $5, $6) AS given (grain, name, start, period, hash)
            """,
            new NpgsqlParameter { Value = GrainName.Service },
            Column(NpgsqlDbType.Text, reminders, e => e.Partition), Column(NpgsqlDbType.Text, reminders, e => e.Key), Column(NpgsqlDbType.TimestampTz, times, t => t.StartAt.UtcDateTime),
            Column(NpgsqlDbType.Bigint, times, t => (long)t.Period.TotalMilliseconds), Column(NpgsqlDbType.Integer, reminders, Hash));
    }

    private async Task Insert(Entry[] entries, string sql, params NpgsqlParameter[] columns)
    {
        if (entries.Length == 0) return;
        try
        {
            await using var command = new NpgsqlCommand(sql, _connection);
            command.Parameters.AddRange(columns);
            await command.ExecuteNonQueryAsync();
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UniqueViolation)
        {
            throw new MoveRefusedException($"Two records between {entries[0]} and {entries[^1]} have the same key in PostgreSQL: Orleans takes keys of hexadecimal digits for numbers.", exception);
        }
    }

    private static (GrainKey Key, string? Spelling) StateKey(Entry state)
    {
        var grain = GrainName.OfState(state);
        var taken = GrainKey.Of(grain.Key);
        return (taken, taken.Spelled() == grain.Key ? null : grain.Key);
    }

    private static int Hash(Entry reminder)
    {
        var grain = GrainName.Of(reminder);
        return RingHash.Of(grain.Type, grain.Key);
    }

    private static NpgsqlParameter Column<TItem, T>(NpgsqlDbType type, TItem[] items, Func<TItem, T> value) =>
        new() { Value = Array.ConvertAll(items, item => value(item)), NpgsqlDbType = NpgsqlDbType.Array | type };
}
