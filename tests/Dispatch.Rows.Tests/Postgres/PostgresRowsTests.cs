using System.Globalization;
using Dispatch.Grains.Rows;
using Dispatch.Postgres;
using Dispatch.Postgres.Rows;

namespace Dispatch.Rows.Tests.Postgres;

[Collection(Servers.Name)]
public sealed class PostgresRowsTests(ServerFixture servers) : RowsContract
{
    private const string Deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";

    private PostgresSettings _settings = null!;

    [Fact]
    public async Task Many_writers_share_a_transaction()
    {
        var before = await Transactions();
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Write(Put($"{i:0000}", "x"))));
        Assert.InRange(await Transactions() - before, 1, 200);
        Assert.Equal(1000, (await Rows.List<Note>("t", "p", null, 2000)).Count);
    }

    [Fact]
    public async Task Writes_of_one_row_keep_their_order()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Write(Put("a", $"{i}"))));
        Assert.Equal("199", (await Read("a"))!.Value.Text);
    }

    [Fact]
    public async Task Hosts_that_write_the_same_rows_in_any_order_never_lock_each_other_out()
    {
        IRows[] hosts = [Another(), Another(), Another(), Another()];
        var before = await ServerFixture.Ask(_settings, Deadlocks);
        await Task.WhenAll(hosts.Select((rows, host) => Task.Run(async () =>
        {
            var random = new Random(host);
            for (var round = 0; round < 60; round++)
            {
                RowChange[] changes = [.. Enumerable.Range(0, 20).Select(_ => $"k{random.Next(30)}").Select(key => random.Next(3) == 0 ? Delete(key) : Put(key, $"{host}"))];
                Assert.All(await rows.Write(changes), Assert.True);
            }
        })));
        Assert.Equal(before, await ServerFixture.Ask(_settings, Deadlocks));
    }

    [Fact]
    public async Task What_one_writer_does_wrong_fails_no_other_writer()
    {
        _settings = await servers.Prepared();
        var rows = Another();
        await ServerFixture.Ask(_settings, "ALTER TABLE dispatch_row ADD CONSTRAINT planted CHECK (key <> 'bad')");
        var writes = Enumerable.Range(0, 50).Select(i => Write(rows, Put(i == 25 ? "bad" : $"{i:00}", "x"))).ToArray();
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => writes[25]);
        Assert.All(await Task.WhenAll(writes.Where((_, i) => i != 25)), Assert.True);
    }

    [Fact]
    public async Task A_caller_that_is_gone_before_its_answer_keeps_no_connection()
    {
        var gone = new GoneScheduler();
        for (var i = 0; i < 100; i++) _ = Task.Factory.StartNew(() => Rows.Read<Note>("t", "p", "a"), CancellationToken.None, TaskCreationOptions.None, gone);
        Assert.Null(await Read("a"));
    }

    [Fact]
    public async Task A_closed_store_refuses()
    {
        var rows = Another();
        await rows.DisposeAsync();
        await Assert.ThrowsAsync<RowsUnavailableException>(() => Write(rows, Put("a", "x")));
        await Assert.ThrowsAsync<RowsUnavailableException>(() => rows.Read<Note>("t", "p", "a"));
    }

    protected override async Task<IRows> Open()
    {
        _settings = await servers.Emptied();
        return Another();
    }

    protected override Task<bool[]> Race(Func<int, RowChange> change)
    {
        IRows[] hosts = [Rows, Another(), Another()];
        return Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => Write(hosts[i % hosts.Length], change(i)))));
    }

    /// <summary>As on another host: with connections and a queue of its own.</summary>
    private PostgresRows Another() => Keep(ServerFixture.Rows(_settings));

    private async Task<long> Transactions() => long.Parse((string)(await ServerFixture.Ask(_settings, "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"))!, CultureInfo.InvariantCulture);

    /// <summary>Begins what its own thread gives it, and never goes on with anything.</summary>
    private sealed class GoneScheduler : TaskScheduler
    {
        private readonly int _thread = Environment.CurrentManagedThreadId;

        protected override void QueueTask(Task task)
        {
            if (Environment.CurrentManagedThreadId != _thread) return;
            // Awaits would go on there rather than here.
            var tests = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(null);
            TryExecuteTask(task);
            SynchronizationContext.SetSynchronizationContext(tests);
        }

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        protected override IEnumerable<Task> GetScheduledTasks() => [];
    }
}
