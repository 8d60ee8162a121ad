using Dispatch.Benchmarks.Clients;
using Npgsql;

namespace Dispatch.Benchmarks.Floors;

/// <summary>
/// Beds as rows of PostgreSQL: the first free one of a house that nobody else is taking (`FOR UPDATE SKIP LOCKED`), and a reservation that is unique for its bed and for its
/// name. One prepared statement and one commit for each hold and each release, one connection for each client.
/// </summary>
internal sealed class PostgresBeds : IBedClient
{
    private const string Schema = """
        CREATE TABLE bed (id serial PRIMARY KEY, house int NOT NULL, hold text);
        CREATE INDEX bed_free ON bed (house, id) WHERE hold IS NULL;
        CREATE TABLE reservation (hold text PRIMARY KEY, bed int NOT NULL UNIQUE REFERENCES bed, expires timestamptz NOT NULL);
        """;

    private const string HoldOne = """
        WITH free AS (SELECT id FROM bed WHERE house = $1 AND hold IS NULL ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED),
             taken AS (UPDATE bed SET hold = $2 FROM free WHERE bed.id = free.id RETURNING bed.id)
        INSERT INTO reservation SELECT $2, id, now() + interval '30 minutes' FROM taken
        """;

    private const string GiveBack = """
        WITH gone AS (DELETE FROM reservation WHERE hold = $1 RETURNING bed)
        UPDATE bed SET hold = NULL FROM gone WHERE bed.id = gone.bed
        """;

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _hold;
    private readonly NpgsqlCommand _release;
    private readonly string _name;

    private PostgresBeds(NpgsqlConnection connection, string name)
    {
        (_connection, _name) = (connection, name);
        _hold = new NpgsqlCommand(HoldOne, connection) { Parameters = { new NpgsqlParameter<int>(), new NpgsqlParameter<string>() } };
        _release = new NpgsqlCommand(GiveBack, connection) { Parameters = { new NpgsqlParameter<string>() } };
    }

    public static async Task Create(string database, IReadOnlyList<int> beds)
    {
        await using var connection = await Open(database);
        await using (var schema = new NpgsqlCommand(Schema, connection)) await schema.ExecuteNonQueryAsync();
        for (var house = 0; house < beds.Count; house++)
        {
            await using var insert = new NpgsqlCommand($"INSERT INTO bed (house) SELECT {house} FROM generate_series(1, {beds[house]})", connection);
            await insert.ExecuteNonQueryAsync();
        }
    }

    public static async Task<IBedClient> Connect(string database, string name)
    {
        var client = new PostgresBeds(await Open(database), name);
        await client._hold.PrepareAsync();
        await client._release.PrepareAsync();
        return client;
    }

    public async Task<bool> Hold(int house, int no)
    {
        ((NpgsqlParameter<int>)_hold.Parameters[0]).TypedValue = house;
        ((NpgsqlParameter<string>)_hold.Parameters[1]).TypedValue = Id(no);
        return await _hold.ExecuteNonQueryAsync() == 1;
    }

    public async Task Release(int house, int no)
    {
        ((NpgsqlParameter<string>)_release.Parameters[0]).TypedValue = Id(no);
        if (await _release.ExecuteNonQueryAsync() != 1) throw new InvalidOperationException("A reservation is gone.");
    }

    public async ValueTask DisposeAsync()
    {
        await _hold.DisposeAsync();
        await _release.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static async Task<NpgsqlConnection> Open(string database)
    {
        var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private string Id(int no) => $"{_name}.{no}";
}
