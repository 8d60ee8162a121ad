using Dispatch.Postgres;
using Dispatch.Postgres.Rows;
using Dispatch.TestPostgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Dispatch.Rows.Tests.Postgres;

[CollectionDefinition(Name)]
public sealed class Servers : ICollectionFixture<ServerFixture>
{
    public const string Name = "postgres";
}

/// <summary>One server for all tests that leave it running.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private PostgresSettings? _shared;

    public PostgresServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PostgresServer.Create();

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>One database for tests that follow each other, with nothing in it.</summary>
    public async Task<PostgresSettings> Emptied()
    {
        _shared ??= await Prepared();
        await Ask(_shared, "TRUNCATE dispatch_row, orleans_cluster, orleans_silo, orleans_state, orleans_reminder");
        return _shared;
    }

    /// <summary>A new database with the schema in it.</summary>
    public async Task<PostgresSettings> Prepared()
    {
        var settings = Settings(await Server.CreateDatabase());
        await PostgresSchema.Bring(settings, NullLogger.Instance);
        return settings;
    }

    public static PostgresSettings Settings(string connection, string? passwordFile = null) => PostgresSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { [PostgresSettings.ConnectionSetting] = connection, [PostgresSettings.PasswordFileSetting] = passwordFile })
        .Build());

    public static PostgresRows Rows(PostgresSettings settings) => new(settings, TimeProvider.System, NullLogger<PostgresRows>.Instance);

    public static async Task<object?> Ask(PostgresSettings settings, string sql)
    {
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
