using System.Data;
using Dispatch.Postgres;
using Npgsql;

namespace Dispatch.Moving.Postgres;

/// <summary>A cluster's database, at one moment of it.</summary>
internal sealed class PostgresSource : IEntrySource
{
    private readonly NpgsqlDataSource _database;
    private readonly NpgsqlConnection _connection;

    private PostgresSource(NpgsqlDataSource database, NpgsqlConnection connection) => (_database, _connection) = (database, connection);

    public static async Task<PostgresSource> Open(PostgresSettings settings)
    {
        var database = PostgresStore.Open(settings);
        var source = new PostgresSource(database, await database.OpenConnectionAsync());
        try
        {
            await source.Check();
            return source;
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    public IAsyncEnumerable<Entry> Read() => PostgresReading.All(_connection);

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task Check()
    {
        if (!await PostgresStore.Ask<bool>(_connection, "SELECT to_regclass('dispatch_schema') IS NOT NULL")) throw new MoveRefusedException("No host was ever started on this database: there is nothing to export.");
        var version = await PostgresStore.Ask<int>(_connection, "SELECT max(version) FROM dispatch_schema");
        if (version != PostgresSchema.Version) throw new MoveRefusedException($"The database has schema {version} and this program knows {PostgresSchema.Version}. Export with the program that its hosts run.");
        if (await PostgresStore.Ask<bool>(_connection, "SELECT EXISTS (SELECT FROM dispatch_import WHERE NOT done)")) throw new MoveRefusedException("An import into this database was begun and not ended.");
        await PostgresStore.RequireStopped(_connection);
        await _connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
    }
}
