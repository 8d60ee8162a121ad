using System.Collections.Immutable;
using Dispatch.Domain.Statistics;

namespace Dispatch.Domain.Tests.Statistics;

/// <summary>Nobody finds herself, or somebody else, in a table of a small place.</summary>
public sealed class SmallCellsTests
{
    [Fact]
    public void A_table_without_small_figures_is_shown_whole()
    {
        var shown = SmallCells.Suppress(Table([0, 5], [12, 7]));
        Assert.Equal([[0, 5], [12, 7]], Rows(shown));
        Assert.Equal([5, 19], shown.RowTotals.AsEnumerable());
        Assert.Equal([12, 12], shown.ColumnTotals.AsEnumerable());
        Assert.Equal(24, shown.Total);
    }

    [Fact]
    public void One_small_figure_takes_the_cheapest_others_with_it_and_no_total()
    {
        var shown = SmallCells.Suppress(Table([3, 9, 50], [8, 7, 60], [90, 80, 70]));
        Assert.Equal([[null, null, 50], [null, null, 60], [90, 80, 70]], Rows(shown));
        Assert.DoesNotContain(null, shown.RowTotals);
        Assert.DoesNotContain(null, shown.ColumnTotals);
        Assert.NotNull(shown.Total);
    }

    [Fact]
    public void A_figure_that_stands_alone_in_its_row_takes_the_totals_with_it_and_zeros_stay()
    {
        var shown = SmallCells.Suppress(Table([2, 0], [0, 40]));
        Assert.Equal([[null, 0], [0, 40]], Rows(shown));
        Assert.Equal([null, 40], shown.RowTotals.AsEnumerable());
        Assert.Equal([null, 40], shown.ColumnTotals.AsEnumerable());
        Assert.Null(shown.Total);
    }

    /// <summary>Four ones in a square are four ones to whoever knows that zeros are shown.</summary>
    [Fact]
    public void Ones_do_not_hide_behind_ones() => Assert.Empty(Determined(Table([1, 1], [1, 1]), SmallCells.Suppress(Table([1, 1], [1, 1]))));

    [Fact]
    public void Nothing_held_back_can_be_computed_and_nothing_is_held_back_without_need()
    {
        for (var seed = 1; seed <= 400; seed++)
        {
            var random = new Random(seed);
            var (rows, columns) = (random.Next(1, 4), random.Next(1, 4));
            var table = new CountTable([.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => Count(random)).ToImmutableArray())]);
            var shown = SmallCells.Suppress(table);

            Assert.True(Determined(table, shown).Count == 0, $"seed {seed}: {string.Join(" ", Determined(table, shown))}");
            var (counts, figures) = (WithTotals(table), WithTotals(shown));
            for (var i = 0; i < counts.Length; i++)
            {
                if (counts[i] is > 0 and < SmallCells.Fewest) Assert.Null(figures[i]);
                else if (counts[i] == 0 || !counts.Any(c => c is > 0 and < SmallCells.Fewest)) Assert.Equal(counts[i], figures[i]);
                if (figures[i] is { } figure) Assert.Equal(counts[i], figure);
            }
        }
    }

    [Fact]
    public void The_search_for_what_can_be_computed_finds_it()
    {
        var table = Table([3, 9], [8, 7]);
        var naive = new ShownTable([[null, 9], [8, 7]], [12, 15], [11, 16], 27);
        Assert.Equal([(0, 0)], Determined(table, naive));
        Assert.Equal(4, Determined(Table([1, 1], [1, 1]), new ShownTable([[null, null], [null, null]], [2, 2], [2, 2], 4)).Count);
    }

    [Fact]
    public void A_large_table_is_done_in_good_time_and_a_larger_one_is_refused()
    {
        var random = new Random(7);
        ImmutableArray<int> Row(int length) => [.. Enumerable.Range(0, length).Select(_ => Count(random))];
        var largest = new CountTable([.. Enumerable.Range(0, SmallCells.MaxSide).Select(_ => Row(SmallCells.MaxSide))]);
        Assert.Equal(SmallCells.MaxSide, SmallCells.Suppress(largest).Cells.Length);
        Assert.Throws<ArgumentException>(() => SmallCells.Suppress(new CountTable([Row(SmallCells.MaxSide + 1)])));
        Assert.Throws<ArgumentException>(() => SmallCells.Suppress(Table([1, 2], [3])));
        Assert.Throws<ArgumentException>(() => SmallCells.Suppress(Table([-1])));
        Assert.Equal(0, SmallCells.Suppress(new CountTable([])).Total);
    }

    /// <summary>
    /// Held-back figures that have one possible value only. Two different whole-numbered solutions always differ by shifts of one around cycles, so it is enough to
    /// try every shift by minus one, nought and one that keeps all sums, row by row, and to see which figures ever move.
    /// </summary>
    private static List<(int Row, int Column)> Determined(CountTable table, ShownTable shown)
    {
        var (height, width) = (table.Cells.Length + 1, table.Cells[0].Length + 1);
        var (counts, figures) = (WithTotals(table), WithTotals(shown));
        var moves = new bool[height * width];
        var shift = new int[height * width];
        Try(0);
        return [.. Enumerable.Range(0, moves.Length).Where(i => figures[i] is null && !moves[i]).Select(i => (i / width, i % width))];

        void Try(int at)
        {
            if (at == moves.Length)
            {
                for (var c = 0; c < width; c++)
                {
                    if (Enumerable.Range(0, height).Sum(r => Signed(r, c)) != 0) return;
                }

                for (var i = 0; i < moves.Length; i++) moves[i] |= shift[i] != 0;
                return;
            }

            for (var s = -1; s <= 1; s++)
            {
                if (s != 0 && (figures[at] is not null || counts[at] + s < 1)) continue;
                shift[at] = s;
                if ((at + 1) % width != 0 || Enumerable.Range(0, width).Sum(c => Signed(at / width, c)) == 0) Try(at + 1);
            }

            shift[at] = 0;
        }

        int Signed(int r, int c) => (r == height - 1) == (c == width - 1) ? shift[(r * width) + c] : -shift[(r * width) + c];
    }

    private static int Count(Random random) => random.Next(4) switch { 0 => 0, 1 => random.Next(1, 5), 2 => random.Next(5, 10), _ => random.Next(5, 60) };

    private static CountTable Table(params int[][] rows) => new([.. rows.Select(r => r.ToImmutableArray())]);

    private static int?[][] Rows(ShownTable shown) => [.. shown.Cells.Select(r => r.ToArray())];

    private static int[] WithTotals(CountTable table) =>
    [
        .. table.Cells.SelectMany(r => r.Append(r.Sum())),
        .. Enumerable.Range(0, table.Cells[0].Length).Select(c => table.Cells.Sum(r => r[c])), table.Cells.Sum(r => r.Sum()),
    ];

    private static int?[] WithTotals(ShownTable shown) =>
        [.. shown.Cells.SelectMany((r, i) => r.Append(shown.RowTotals[i])), .. shown.ColumnTotals, shown.Total];
}
