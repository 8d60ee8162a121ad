using System.Globalization;
using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Grains.Rows;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Dispatch.Postgres.Rows;

/// <summary>The row store on PostgreSQL: one statement and one round trip for each call, writes of many callers in one transaction.</summary>
public sealed class PostgresRows : IRows, IAsyncDisposable
{
    private const string Columns = "SELECT part, key, version, due, body FROM dispatch_row";

    /// <summary>For a read, connecting included.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(4);

    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _clock;
    private readonly GroupCommit _writes;

    public PostgresRows(PostgresSettings settings, TimeProvider clock, ILogger<PostgresRows> log)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _database = NpgsqlDataSource.Create(settings.ConnectionString);
        _clock = clock;
        _writes = new(Commit, clock, log);
    }

    public async Task<StoredRow<T>?> Read<T>(string table, string partition, string key)
        where T : class
    {
        RowLimits.Check(table, partition, key);
        return await Ask<T>($"{Columns} WHERE tbl = $1 AND part = $2 AND key = $3", Text(table), Text(partition), Text(key)) is [var row] ? row : null;
    }

    public Task<IReadOnlyList<StoredRow<T>>> List<T>(string table, string partition, string? afterKey, int limit)
        where T : class
    {
        RowLimits.Check(table, partition, afterKey ?? "");
        var page = Number(RowLimits.Page(limit));
        return afterKey is null
            ? Ask<T>($"{Columns} WHERE tbl = $1 AND part = $2 ORDER BY key LIMIT $3", Text(table), Text(partition), page)
            : Ask<T>($"{Columns} WHERE tbl = $1 AND part = $2 AND key > $3 ORDER BY key LIMIT $4", Text(table), Text(partition), Text(afterKey), page);
    }

    public Task<IReadOnlyList<StoredRow<T>>> ListDue<T>(string table, DateTimeOffset until, int limit, StoredRow<T>? after = null)
        where T : class
    {
        RowLimits.Check(table, "", "");
        return Ask<T>(
            $"{Columns} WHERE tbl = $1 AND due <= $2 AND (due, part, key) > ($3, $4, $5) ORDER BY due, part, key LIMIT $6",
            Text(table), Number(until.UtcTicks), Number(after?.Due?.UtcTicks ?? long.MinValue), Text(after?.Partition ?? ""), Text(after?.Key ?? ""), Number(RowLimits.Page(limit)));
    }

    public Task<IReadOnlyList<bool>> Write(IReadOnlyList<RowChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(changes.Count, RowLimits.WritesTogether);
        return changes.Count == 0 ? Task.FromResult<IReadOnlyList<bool>>([]) : _writes.Write([.. changes.Select(RowStatement.Of)]);
    }

    /// <summary>Writes what waits, then lets go of the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writes.Close();
        await _database.DisposeAsync();
    }

    private Task<IReadOnlyList<StoredRow<T>>> Ask<T>(string sql, params NpgsqlParameter[] parameters)
        where T : class => Guarded<IReadOnlyList<StoredRow<T>>>(sql, parameters, AnswerWithin, async reader =>
        {
            List<StoredRow<T>> rows = [];
            while (await reader.ReadAsync()) rows.Add(Of<T>(reader));
            return rows;
        });

    private Task<bool[]> Commit(IReadOnlyList<RowStatement> rows, TimeSpan within)
    {
        NpgsqlParameter[] parameters =
        [
            Array(NpgsqlDbType.Text, rows.Select(r => r.Table)), Array(NpgsqlDbType.Text, rows.Select(r => r.Partition)), Array(NpgsqlDbType.Text, rows.Select(r => r.Key)),
            Array(NpgsqlDbType.Bytea, rows.Select(r => r.Body)), Array(NpgsqlDbType.Bigint, rows.Select(r => r.Due)), Array(NpgsqlDbType.Bigint, rows.Select(r => r.Expect)),
        ];
        return Guarded("SELECT ordinal FROM dispatch_write_rows($1, $2, $3, $4, $5, $6)", parameters, within, async reader =>
        {
            var stored = new bool[rows.Count];
            while (await reader.ReadAsync()) stored[reader.GetInt32(0) - 1] = true;
            return stored;
        });
    }

    private async Task<T> Guarded<T>(string sql, NpgsqlParameter[] parameters, TimeSpan within, Func<NpgsqlDataReader, Task<T>> read)
    {
        try
        {
            // Not on the caller's scheduler: a grain may be gone before the answer comes, and its connection must be given back all the same. When it is late it is left
            // alone and ends by its own time limit: to cancel it would be one more request to a server that does not answer.
            return await Task.Run(() => Run(sql, parameters, read)).WaitAsync(within, _clock);
        }
        catch (ObjectDisposedException closed)
        {
            throw new RowsUnavailableException("The row store is closed", closed);
        }
        catch (Exception failure) when (PostgresFailures.IsOutage(failure))
        {
            // The other connections are most likely just as dead; without this each of them would fail somebody.
            _database.Clear();
            throw new RowsUnavailableException($"PostgreSQL is not available: {failure.Message}", failure);
        }
    }

    private async Task<T> Run<T>(string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, Task<T>> read)
    {
        await using var command = _database.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync();
        var answer = await read(reader);
        // The commit's own answer comes after the rows: only then is a write durable.
        await reader.NextResultAsync();
        return answer;
    }

    private static StoredRow<T> Of<T>(NpgsqlDataReader row)
        where T : class => new(
            row.GetString(0),
            row.GetString(1),
            JsonSerializer.Deserialize<T>(row.GetFieldValue<byte[]>(4), DispatchJson.Options)!,
            row.GetInt64(2).ToString(CultureInfo.InvariantCulture),
            row.IsDBNull(3) ? null : new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero));

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };

    private static NpgsqlParameter<long> Number(long value) => new() { TypedValue = value };

    private static NpgsqlParameter Array<T>(NpgsqlDbType type, IEnumerable<T> values) => new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };
}
