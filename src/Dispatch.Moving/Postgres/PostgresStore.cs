using Dispatch.Postgres;
using Npgsql;

namespace Dispatch.Moving.Postgres;

/// <summary>What source and target ask of a database before they touch it.</summary>
internal static class PostgresStore
{
    /// <summary>A host tells that it is alive every few seconds and notes when it stops; one that was killed does neither.</summary>
    private const string AliveWithin = "2 minutes";

    /// <summary>6 is Dead.</summary>
    private const string Alive = $"SELECT EXISTS (SELECT FROM orleans_silo WHERE status < 6 AND alive_time > now() - interval '{AliveWithin}')";

    /// <summary>One connection, for as long as a move takes.</summary>
    public static NpgsqlDataSource Open(PostgresSettings settings) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(settings.ConnectionString)
        {
            CommandTimeout = 0,
            Options = "-c statement_timeout=0 -c idle_in_transaction_session_timeout=0",
            KeepAlive = 10,
        });

    public static async Task RequireStopped(NpgsqlConnection connection)
    {
        if (await Ask<bool>(connection, Alive))
            throw new MoveRefusedException("A host runs on this database, or was killed less than two minutes ago. Stop every host first.");
    }

    public static async Task<T> Ask<T>(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public static async Task<int> Run(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    public static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }
}
