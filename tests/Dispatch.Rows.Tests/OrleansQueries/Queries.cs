using System.Data;
using System.Data.Common;
using Dispatch.Postgres;
using Npgsql;

namespace Dispatch.Rows.Tests.OrleansQueries;

/// <summary>Asks as Orleans' providers do: the text from the table, parameters by name and ADO.NET type, answers by name of the column.</summary>
internal sealed class Queries(PostgresSettings settings)
{
    /// <summary>The first column of the first row as a truth, as Orleans takes the answer to a change.</summary>
    public async Task<bool> Happened(string key, params (string Name, object? Value, DbType Type)[] parameters) =>
        Convert.ToBoolean((await Ask(key, parameters))[0].Single().Value, System.Globalization.CultureInfo.InvariantCulture);

    public async Task<IReadOnlyList<IReadOnlyDictionary<string, object?>>> Ask(string key, params (string Name, object? Value, DbType Type)[] parameters)
    {
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        await using var find = new NpgsqlCommand("SELECT QueryKey, QueryText FROM OrleansQuery", connection);
        Dictionary<string, string> texts = [];
        await using (var queries = await find.ExecuteReaderAsync())
            while (await queries.ReadAsync()) texts.Add(queries.GetString("QueryKey"), queries.GetString("QueryText"));

        await using DbCommand command = connection.CreateCommand();
        command.CommandText = texts[key];
        foreach (var (name, value, type) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value, parameter.DbType) = (name, value ?? DBNull.Value, type);
            command.Parameters.Add(parameter);
        }

        List<IReadOnlyDictionary<string, object?>> rows = [];
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i), StringComparer.OrdinalIgnoreCase));
        return rows;
    }

    public static (string, object?, DbType) Text(string name, string? value) => (name, value, DbType.String);

    public static (string, object?, DbType) Number(string name, int? value) => (name, value, DbType.Int32);

    public static (string, object?, DbType) Long(string name, long value) => (name, value, DbType.Int64);

    public static (string, object?, DbType) Time(string name, DateTime value) => (name, value, DbType.DateTime);
}
