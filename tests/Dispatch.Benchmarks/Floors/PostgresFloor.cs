using System.Diagnostics;
using Dispatch.Benchmarks.Reporting;
using Npgsql;

namespace Dispatch.Benchmarks.Floors;

/// <summary>Bare commits of one row each in PostgreSQL: one prepared statement, one index, one connection, nothing else.</summary>
internal static class PostgresFloor
{
    private const int RowBytes = 256;

    /// <summary>Commits per second, and how long each took.</summary>
    public static async Task<(double PerSecond, Samples Each)> Run(string database, TimeSpan duration)
    {
        await using var connection = await Open(database);
        await using (var create = new NpgsqlCommand("CREATE TABLE floor (key uuid PRIMARY KEY, body bytea NOT NULL)", connection)) await create.ExecuteNonQueryAsync();
        await using var insert = new NpgsqlCommand("INSERT INTO floor VALUES ($1, $2)", connection);
        var key = new NpgsqlParameter<Guid>();
        insert.Parameters.Add(key);
        insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = new byte[RowBytes] });
        await insert.PrepareAsync();
        var each = new List<long>();
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            key.TypedValue = Guid.NewGuid();
            var began = Stopwatch.GetTimestamp();
            await insert.ExecuteNonQueryAsync();
            each.Add(Stopwatch.GetTimestamp() - began);
        }

        return (each.Count / Stopwatch.GetElapsedTime(start).TotalSeconds, new Samples(each));
    }

    public static async Task<string?> Show(string database, string setting)
    {
        await using var connection = await Open(database);
        await using var show = new NpgsqlCommand("SELECT current_setting($1)", connection) { Parameters = { new() { Value = setting } } };
        return await show.ExecuteScalarAsync() as string;
    }

    private static async Task<NpgsqlConnection> Open(string database)
    {
        var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }
}
