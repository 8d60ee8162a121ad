namespace Dispatch.Storage;

/// <summary>One reading connection with its statements.</summary>
internal sealed class RowReader : IDisposable
{
    private const string Columns = "SELECT part, key, version, due, body FROM store_row";
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _one;
    private readonly SqliteStatement _fromStart;
    private readonly SqliteStatement _after;
    private readonly SqliteStatement _due;
    private readonly SqliteStatement _tables;
    private readonly SqliteStatement _tableFromStart;
    private readonly SqliteStatement _tableAfter;

    public RowReader(string path)
    {
        _connection = new(path, create: false);
        _connection.Execute("PRAGMA query_only=1");
        _one = _connection.Prepare($"{Columns} WHERE tbl = ? AND part = ? AND key = ?");
        _fromStart = _connection.Prepare($"{Columns} WHERE tbl = ? AND part = ? ORDER BY key LIMIT ?");
        _after = _connection.Prepare($"{Columns} WHERE tbl = ? AND part = ? AND key > ? ORDER BY key LIMIT ?");
        _due = _connection.Prepare($"{Columns} WHERE tbl = ? AND due <= ? AND (due, part, key) > (?, ?, ?) ORDER BY due, part, key LIMIT ?");
        _tables = _connection.Prepare("SELECT DISTINCT tbl FROM store_row ORDER BY tbl");
        _tableFromStart = _connection.Prepare($"{Columns} WHERE tbl = ? ORDER BY part, key LIMIT ?");
        _tableAfter = _connection.Prepare($"{Columns} WHERE tbl = ? AND (part, key) > (?, ?) ORDER BY part, key LIMIT ?");
    }

    public Row? Read(RowKey id) =>
        All(id.Table, _one.Bind(id.Table).Bind(id.Partition).Bind(id.Key)) is [var row] ? row : null;

    public IReadOnlyList<Row> List(string table, string partition, string? afterKey, int limit) => afterKey is null
        ? All(table, _fromStart.Bind(table).Bind(partition).Bind(limit))
        : All(table, _after.Bind(table).Bind(partition).Bind(afterKey).Bind(limit));

    public IReadOnlyList<Row> ListDue(string table, DateTimeOffset until, int limit, Row? after) =>
        All(table, _due.Bind(table).Bind(until.UtcTicks)
            .Bind(after?.Due?.UtcTicks ?? long.MinValue).Bind(after?.Id.Partition ?? "").Bind(after?.Id.Key ?? "").Bind(limit));

    public IReadOnlyList<string> Tables()
    {
        List<string> tables = [];
        try
        {
            while (_tables.Step()) tables.Add(_tables.Text(0));
        }
        finally
        {
            _tables.Reset();
        }

        return tables;
    }

    public IReadOnlyList<Row> ListTable(string table, RowKey? after, int limit) => after is { } last
        ? All(table, _tableAfter.Bind(table).Bind(last.Partition).Bind(last.Key).Bind(limit))
        : All(table, _tableFromStart.Bind(table).Bind(limit));

    public void Dispose() => _connection.Dispose();

    private static List<Row> All(string table, SqliteStatement statement)
    {
        List<Row> rows = [];
        try
        {
            while (statement.Step())
            {
                DateTimeOffset? due = statement.NumberOrNull(3) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
                rows.Add(new(new(table, statement.Text(0), statement.Text(1)), RowRules.ETag(statement.Number(2)), due, statement.Bytes(4)));
            }
        }
        finally
        {
            statement.Reset();
        }

        return rows;
    }
}
