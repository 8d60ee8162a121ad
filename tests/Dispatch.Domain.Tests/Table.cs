namespace Dispatch.Domain.Tests;

/// <summary>A table as one reads it: a line of columns, then one line per row, cells divided by bars.</summary>
internal sealed class Table
{
    private readonly Dictionary<(string Row, string Column), string> _cells = [];

    private Table(string[] rows, string[] columns) => (Rows, Columns) = (rows, columns);

    public IReadOnlyList<string> Rows { get; }
    public IReadOnlyList<string> Columns { get; }

    public static Table Of(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(CellsOf).ToArray();
        var table = new Table([.. lines.Skip(1).Select(l => l[0])], lines[0][1..]);
        foreach (var line in lines.Skip(1))
        {
            Assert.True(line.Length == lines[0].Length, $"row {line[0]} has {line.Length - 1} cells, the table {table.Columns.Count} columns");
            for (var i = 1; i < line.Length; i++) table._cells.Add((line[0], lines[0][i]), line[i]);
        }

        return table;
    }

    public TheoryData<string, string, string> Cells()
    {
        var cells = new TheoryData<string, string, string>();
        foreach (var ((row, column), outcome) in _cells) cells.Add(row, column, outcome);
        return cells;
    }

    public void HasRows(IEnumerable<string> rows) => Same("rows", rows, Rows);

    public void HasColumns(IEnumerable<string> columns) => Same("columns", columns, Columns);

    private static void Same(string what, IEnumerable<string> wanted, IEnumerable<string> listed)
    {
        var (want, have) = (wanted.ToHashSet(), listed.ToHashSet());
        Assert.True(want.SetEquals(have), $"{what} not in the table: [{string.Join(", ", want.Except(have))}]; not in the enums: [{string.Join(", ", have.Except(want))}]");
    }

    private static string[] CellsOf(string line) => [.. line.Split('|').Select(c => c.Trim())];
}
