using Dispatch.Grains.Rows;
using Dispatch.TableStorage;

namespace Dispatch.Rows.Tests.TableStorage;

/// <summary>Whatever a write was cut off by, a row that is due is found once and at its own time.</summary>
public sealed class DueTests
{
    private static readonly DateTimeOffset First = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Second = First.AddSeconds(30);

    private readonly MemoryTables _tables = new();
    private readonly ManualTime _clock = new();

    [Fact]
    public async Task A_write_that_is_cut_off_anywhere_leaves_the_row_where_it_is_found()
    {
        var (cuts, written) = (0, 0);
        foreach (var afterwards in (bool[])[false, true])
        {
            for (var at = 1; ; at++)
            {
                await Rows.Write([Put(First)]);
                var cut = CutAt(at, afterwards);
                try
                {
                    await Rows.Write([Put(Second)]);
                }
                catch (RowsUnavailableException)
                {
                    cuts++;
                }

                Uncut();
                var row = await Rows.Read<Note>("t", "p", "a");
                var due = Assert.Single(await Rows.ListDue<Note>("t", DateTimeOffset.MaxValue, 10));
                Assert.Equal((row!.Due, row.ETag), (due.Due, due.ETag));
                if (row.Due == Second) written++;
                await Rows.Write([Put(null)]);
                Assert.Empty(await Rows.ListDue<Note>("t", DateTimeOffset.MaxValue, 10));
                if (!cut()) break;
            }
        }

        // Of its requests (old pointer and new one, row, tidying) the first three fail the write; each was cut off before and after it was carried out.
        Assert.Equal((6, 5), (cuts, written));
    }

    [Fact]
    public async Task Pointers_that_nothing_names_are_taken_away_when_their_time_has_come_but_not_while_their_write_may_be_under_way()
    {
        _tables.Before = request => request == $"submit {TableRows.RowsTable}" ? throw new RowsUnavailableException("busy") : Task.CompletedTask;
        await Assert.ThrowsAsync<RowsUnavailableException>(() => Rows.Write([Put(First)]));
        Uncut();
        Assert.Empty(await Rows.ListDue<Note>("t", First, 10));
        Assert.Single(_tables.KeysOf(TableRows.DueTable));
        _clock.Pass(TimeSpan.FromMinutes(11));
        Assert.Empty(await Rows.ListDue<Note>("t", First, 10));
        Assert.Empty(_tables.KeysOf(TableRows.DueTable));
    }

    [Fact]
    public async Task Tidying_up_after_a_slow_write_takes_nothing_from_another_with_the_same_time()
    {
        await Rows.Write([Put(First)]);
        // Between the slow write's row and its tidying, which knows the time First, another one sets just that time again.
        var once = true;
        _tables.After = async request =>
        {
            if (request != $"submit {TableRows.RowsTable}" || !once) return;
            once = false;
            await Rows.Write([Put(First)]);
        };
        await Rows.Write([Put(Second)]);
        Assert.Equal(First, Assert.Single(await Rows.ListDue<Note>("t", DateTimeOffset.MaxValue, 10)).Due);
    }

    [Fact]
    public async Task A_refused_write_leaves_no_pointer()
    {
        await Rows.Write([Put(First)]);
        Assert.Equal([false], await Rows.Write([Put(Second) with { IfMatch = RowChange.MustNotExist }]));
        Assert.Single(_tables.KeysOf(TableRows.DueTable));
    }

    [Fact]
    public async Task A_page_is_full_however_many_pointers_are_dead()
    {
        await Rows.Write([.. Enumerable.Range(0, 60).Select(i => new RowChange("t", "p", $"k{i:00}", new Note("x"), First.AddTicks(i)))]);
        await Rows.Write([.. Enumerable.Range(0, 50).Select(i => new RowChange("t", "p", $"k{i:00}", new Note("x")))]);
        Assert.Equal(["k50", "k51", "k52", "k53", "k54"], (await Rows.ListDue<Note>("t", Second, 5)).Select(r => r.Key));
    }

    private TableRows Rows => new(_tables, _clock);

    private static RowChange Put(DateTimeOffset? due) => new("t", "p", "a", new Note("x"), due);

    private Func<bool> CutAt(int at, bool afterwards)
    {
        var requests = 0;
        Task Cut(string request) => Interlocked.Increment(ref requests) == at ? throw new RowsUnavailableException("cut off") : Task.CompletedTask;
        if (afterwards) _tables.After = Cut;
        else _tables.Before = Cut;
        return () => requests >= at;
    }

    private void Uncut() => (_tables.Before, _tables.After) = (_ => Task.CompletedTask, _ => Task.CompletedTask);
}
