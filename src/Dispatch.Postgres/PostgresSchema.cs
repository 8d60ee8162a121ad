using System.Globalization;
using System.Reflection;
using Dispatch.Grains.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dispatch.Postgres;

/// <summary>
/// Brings the database to what this program knows. Hosts that start together do it one after the other; each step is one transaction, so that a host that dies half-way
/// leaves the step undone. A step that was ever released is never changed: what has to differ is a further step.
/// </summary>
public static class PostgresSchema
{
    /// <summary>Any number that no other program on the same database takes.</summary>
    private const long LockKey = 0x64697370_61746368;

    private const int OldestServer = 130_000;

    private static readonly (int Version, string Name)[] Steps =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (int.Parse(name[..4], CultureInfo.InvariantCulture), name)),
    ];

    /// <summary>The newest version that this program knows.</summary>
    public static int Version => Steps[^1].Version;

    /// <exception cref="StartRefusedException">The database is newer than this program, or not one that keeps what it acknowledged.</exception>
    public static async Task Bring(PostgresSettings settings, ILogger log, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        await using var database = NpgsqlDataSource.Create(settings.ConnectionString);
        await using var connection = await database.OpenConnectionAsync(cancel);
        await RequireSafe(connection, cancel);
        while (await TakeStep(connection, log, cancel))
        {
        }
    }

    /// <exception cref="StartRefusedException">An import was begun and not ended: a host would dispatch on a part of the records.</exception>
    public static async Task RequireWhole(PostgresSettings settings, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        await using var database = NpgsqlDataSource.Create(settings.ConnectionString);
        await using var connection = await database.OpenConnectionAsync(cancel);
        if (await Ask<bool>(connection, "SELECT EXISTS (SELECT FROM dispatch_import WHERE NOT done)", cancel))
            throw new StartRefusedException("An import into this database was begun and not ended. Run it again with the same file: it goes on where it stopped.");
    }

    private static async Task<bool> TakeStep(NpgsqlConnection connection, ILogger log, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // Another host may be taking a long step; the lock goes with the transaction.
        await Run(connection, "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0", cancel);
        await Run(connection, $"SELECT pg_advisory_xact_lock({LockKey})", cancel);
        await Run(connection, "CREATE TABLE IF NOT EXISTS dispatch_schema (version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())", cancel);
        var there = await Ask<int>(connection, "SELECT coalesce(max(version), 0) FROM dispatch_schema", cancel);
        if (there > Version)
            throw new StartRefusedException($"The database was set up by a newer program (schema {there}, this one knows {Version}). Start that one.");
        if (there == Version) return false;
        var (version, name) = Steps.First(step => step.Version > there);
        await Run(connection, ReadStep(name), cancel);
        await using (var note = new NpgsqlCommand("INSERT INTO dispatch_schema (version, name) VALUES ($1, $2)", connection) { Parameters = { new() { Value = version }, new() { Value = name } } })
            await note.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        log.LogInformation("The database was brought to schema {Version} ({Step})", version, name);
        return true;
    }

    /// <summary>A server that may forget what it has acknowledged, or that orders keys otherwise, is refused.</summary>
    private static async Task RequireSafe(NpgsqlConnection connection, CancellationToken cancel)
    {
        if (await Ask<int>(connection, "SELECT current_setting('server_version_num')::integer", cancel) < OldestServer)
            throw new StartRefusedException("PostgreSQL 13 or later is needed.");
        if (await Ask<string>(connection, "SHOW server_encoding", cancel) is not "UTF8" and var encoding)
            throw new StartRefusedException($"The database's encoding is {encoding}. Create it with ENCODING 'UTF8'.");
        foreach (var setting in (string[])["fsync", "full_page_writes", "synchronous_commit"])
        {
            if (await Ask<string>(connection, $"SHOW {setting}", cancel) is "off")
                throw new StartRefusedException($"PostgreSQL runs with {setting} = off and would forget acknowledged alerts when it is killed. Set it to on.");
        }
    }

    private static string ReadStep(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        // No time limit of its own: see above.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<T> Ask<T>(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancel))!;
    }
}
