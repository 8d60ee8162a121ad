using System.Collections.Immutable;

namespace Dispatch.Domain.Statistics;

/// <summary>A two-way table of counts, row by row. Its totals are shown beside it.</summary>
public sealed record CountTable(ImmutableArray<ImmutableArray<int>> Cells);

/// <summary>The same table as it may be shown: null where a figure is held back.</summary>
public sealed record ShownTable(ImmutableArray<ImmutableArray<int?>> Cells, ImmutableArray<int?> RowTotals, ImmutableArray<int?> ColumnTotals, int? Total);

/// <summary>
/// In a small place a small number is a person (design §4). Counts from one to four are held back, and with them as many others as it takes that none can be
/// computed from the totals.
/// </summary>
public static class SmallCells
{
    public const int Fewest = 5;

    /// <summary>The most rows or columns of one table.</summary>
    public const int MaxSide = 60;

    /// <summary>
    /// The totals are a row and a column like any other: with them every line of the table sums to nothing, and a held-back figure stays unknown exactly when it
    /// lies on a cycle of held-back ones that can shift. So the cheapest such cycle through each small figure is held back with it.
    /// </summary>
    public static ShownTable Suppress(CountTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var (rows, columns) = (table.Cells.Length, table.Cells.IsDefaultOrEmpty ? 0 : table.Cells[0].Length);
        if (table.Cells.Any(r => r.Length != columns || r.Any(c => c < 0))) throw new ArgumentException("A table needs rows of one length and no count below zero.", nameof(table));
        if (rows > MaxSide || columns > MaxSide) throw new ArgumentException($"A table has at most {MaxSide} rows and columns.", nameof(table));

        var counts = WithTotals(table, rows, columns);
        var hidden = new bool[rows + 1, columns + 1];
        for (var r = 0; r <= rows; r++)
        {
            for (var c = 0; c <= columns; c++) hidden[r, c] = counts[r, c] is > 0 and < Fewest;
        }

        var small = (bool[,])hidden.Clone();
        for (var r = 0; r <= rows; r++)
        {
            for (var c = 0; c <= columns; c++)
            {
                if (small[r, c]) Protect(counts, hidden, r, c);
            }
        }

        return Shown(counts, hidden, rows, columns);
    }

    private static int[,] WithTotals(CountTable table, int rows, int columns)
    {
        var counts = new int[rows + 1, columns + 1];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                counts[r, c] = table.Cells[r][c];
                counts[r, columns] = checked(counts[r, columns] + counts[r, c]);
                counts[rows, c] = checked(counts[rows, c] + counts[r, c]);
                counts[rows, columns] = checked(counts[rows, columns] + counts[r, c]);
            }
        }

        return counts;
    }

    /// <summary>
    /// Holds back the cheaper of two cycles: one on which the figure could be one more, and one on which it could be one less. Around it the figures shift
    /// against each other and no shown one changes. Through the totals there always is one.
    /// </summary>
    private static void Protect(int[,] counts, bool[,] hidden, int row, int column)
    {
        var (more, less) = (Cycle(counts, hidden, row, column, +1), counts[row, column] > 1 ? Cycle(counts, hidden, row, column, -1) : null);
        var cheapest = more is null || less?.Cost < more.Cost ? less : more;
        foreach (var (r, c) in cheapest!.Cells) hidden[r, c] = true;
    }

    private sealed record Path(long Cost, List<(int Row, int Column)> Cells);

    /// <summary>Dijkstra over rows and columns: the cheapest way from the figure's row to its column over other figures.</summary>
    private static Path? Cycle(int[,] counts, bool[,] hidden, int row, int column, int change)
    {
        var (rows, columns) = (counts.GetLength(0), counts.GetLength(1));
        var (nodes, end, sign) = (rows + columns, rows + column, change * Sign(counts, row, column));
        var (cost, from, done) = (new long[nodes], new int[nodes], new bool[nodes]);
        Array.Fill(cost, long.MaxValue);
        cost[row] = 0;
        while (Nearest(cost, done) is var next and >= 0 && next != end)
        {
            done[next] = true;
            var fromRow = next < rows;
            for (var other = fromRow ? rows : 0; other < (fromRow ? nodes : rows); other++)
            {
                var (r, c) = fromRow ? (next, other - rows) : (other, next - rows);
                if (r == row && c == column) continue;
                // Each line sums to nothing, so the shifts along the way take turns.
                var shift = (fromRow ? -sign : sign) * Sign(counts, r, c);
                if (Price(counts, hidden, r, c, shift) is not { } price || cost[next] + price >= cost[other]) continue;
                (cost[other], from[other]) = (cost[next] + price, next);
            }
        }

        if (cost[end] == long.MaxValue) return null;
        var cells = new List<(int, int)>();
        for (var n = end; n != row; n = from[n]) cells.Add(n < rows ? (n, from[n] - rows) : (from[n], n - rows));
        return new Path(cost[end], cells);
    }

    private static int Nearest(long[] cost, bool[] done)
    {
        var nearest = -1;
        for (var n = 0; n < cost.Length; n++)
        {
            if (!done[n] && cost[n] < long.MaxValue && (nearest < 0 || cost[n] < cost[nearest])) nearest = n;
        }

        return nearest;
    }

    /// <summary>A line's total counts against its figures; the total of the totals counts with them again.</summary>
    private static int Sign(int[,] counts, int row, int column) =>
        (row == counts.GetLength(0) - 1) == (column == counts.GetLength(1) - 1) ? 1 : -1;

    /// <summary>
    /// What is held back already costs next to nothing; otherwise the smaller figure goes, and a total only when nothing inside will do. Zeros are always shown, so
    /// whoever looks knows that nothing held back is one: a figure of one cannot be less.
    /// </summary>
    private static long? Price(int[,] counts, bool[,] hidden, int row, int column, int shift)
    {
        if (counts[row, column] == 0 || (shift < 0 && counts[row, column] == 1)) return null;
        if (hidden[row, column]) return 1;
        var totals = (row == counts.GetLength(0) - 1 ? 1L : 0) + (column == counts.GetLength(1) - 1 ? 1L : 0);
        return 1_000 + counts[row, column] + (totals << 40);
    }

    private static ShownTable Shown(int[,] counts, bool[,] hidden, int rows, int columns)
    {
        return new ShownTable(
            [.. Enumerable.Range(0, rows).Select(r => Enumerable.Range(0, columns).Select(c => Figure(r, c)).ToImmutableArray())],
            [.. Enumerable.Range(0, rows).Select(r => Figure(r, columns))],
            [.. Enumerable.Range(0, columns).Select(c => Figure(rows, c))],
            Figure(rows, columns));

        int? Figure(int r, int c) => hidden[r, c] ? null : counts[r, c];
    }
}
