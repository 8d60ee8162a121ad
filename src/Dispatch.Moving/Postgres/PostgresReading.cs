using Npgsql;

namespace Dispatch.Moving.Postgres;

/// <summary>Every record of a database, in the shape that the file has.</summary>
internal static class PostgresReading
{
    private const string Rows = "SELECT tbl, part, key, due, body FROM dispatch_row ORDER BY tbl, part, key";
    private const string States = "SELECT grain_type, n0, n1, extension, spelling, payload FROM orleans_state WHERE service_id = $1 AND payload IS NOT NULL ORDER BY grain_type, n0, n1, extension";
    private const string Reminders = "SELECT grain_id, name, start_time, period_ms FROM orleans_reminder WHERE service_id = $1 ORDER BY grain_id, name";

    public static async IAsyncEnumerable<Entry> All(NpgsqlConnection connection)
    {
        await foreach (var row in Read(PostgresStore.Command(connection, Rows), Row)) yield return row;
        await foreach (var state in Read(PostgresStore.Command(connection, States, GrainName.Service), State)) yield return state;
        await foreach (var reminder in Read(PostgresStore.Command(connection, Reminders, GrainName.Service), Reminder)) yield return reminder;
    }

    private static async IAsyncEnumerable<Entry> Read(NpgsqlCommand command, Func<NpgsqlDataReader, Entry> entry)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) yield return entry(reader);
        }
    }

    private static Entry Row(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetInt64(3), row.GetFieldValue<byte[]>(4));

    private static Entry State(NpgsqlDataReader row)
    {
        var name = row.GetString(0);
        if (!GrainStates.TypeOf.TryGetValue(name, out var type)) throw new MoveRefusedException($"The database holds a state `{name}` that no grain of this program keeps.");
        var extension = row.GetString(3);
        var key = new GrainKey(row.GetInt64(1), row.GetInt64(2), extension.Length == 0 ? null : extension[1..]);
        return new(Entry.States, $"{type}/{(row.IsDBNull(4) ? key.Spelled() : row.GetString(4))}", name, null, row.GetFieldValue<byte[]>(5));
    }

    private static Entry Reminder(NpgsqlDataReader row) =>
        Portable.Of(new ReminderTimes(new DateTimeOffset(row.GetDateTime(2)), TimeSpan.FromMilliseconds(row.GetInt64(3))).ToEntry(row.GetString(0), row.GetString(1)));
}
