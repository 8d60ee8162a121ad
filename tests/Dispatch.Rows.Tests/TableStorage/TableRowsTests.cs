using Dispatch.Grains.Rows;
using Dispatch.TableStorage;

namespace Dispatch.Rows.Tests.TableStorage;

public sealed class TableRowsTests : RowsContract
{
    private readonly MemoryTables _tables = new();

    protected override Task<IRows> Open() => Task.FromResult<IRows>(new TableRows(_tables, TimeProvider.System));

    [Fact]
    public async Task Many_rows_of_a_partition_go_together_as_many_at_a_time_as_the_service_takes()
    {
        Assert.DoesNotContain(false, await Rows.Write([.. Enumerable.Range(0, 250).Select(i => Put($"k{i}", "x"))]));
        Assert.Equal([100, 100, 50], _tables.Transactions);
    }

    [Fact]
    public async Task Large_rows_that_are_given_together_stay_within_what_one_transaction_takes()
    {
        var large = new string('x', 890 * 1024);
        Assert.DoesNotContain(false, await Rows.Write([.. Enumerable.Range(0, 7).Select(i => Put($"k{i}", large))]));
        Assert.Equal([3, 3, 1], _tables.Transactions);
    }

    [Fact]
    public async Task Partitions_are_written_in_the_order_in_which_they_are_named_so_that_a_failure_leaves_a_leading_part()
    {
        var requests = 0;
        _tables.Before = request => request.StartsWith("submit", StringComparison.Ordinal) && ++requests == 2 ? throw new RowsUnavailableException("busy") : Task.CompletedTask;
        await Assert.ThrowsAsync<RowsUnavailableException>(() => Rows.Write([Change("z"), Change("a"), Change("b"), Change("z", "2")]));
        _tables.Before = _ => Task.CompletedTask;
        Assert.Equal(2, (await Rows.List<Note>("t", "z", null, 10)).Count);
        Assert.Null(await Rows.Read<Note>("t", "a", "k"));
        Assert.Null(await Rows.Read<Note>("t", "b", "k"));
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_not_waited_for()
    {
        var clock = new ManualTime();
        var silent = new TableRows(new MemoryTables { Before = _ => new TaskCompletionSource().Task }, clock);
        var (read, write) = (silent.Read<Note>("t", "p", "a"), Write(silent, Put("a", "x")));
        clock.Pass(TimeSpan.FromSeconds(4));
        await Assert.ThrowsAsync<RowsUnavailableException>(() => read);
        await Assert.ThrowsAsync<RowsUnavailableException>(() => write);
    }

    private static RowChange Change(string partition, string key = "k") => new("t", partition, key, new Note("x"));
}
