using System.Diagnostics;
using Dispatch.Grains.Rows;
using Dispatch.Postgres;
using Dispatch.TestPostgres;

namespace Dispatch.Rows.Tests.Postgres;

/// <summary>On a server of its own, which is cut off, stopped and frozen. Whoever writes hears "not now" in time, and what was acknowledged is there afterwards.</summary>
public sealed class OutageTests(ServerFixture servers) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    /// <summary>A grain's turn has 5 s.</summary>
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(5);

    private readonly PostgresServer _server = servers.Server;
    private PostgresSettings _settings = null!;
    private IRows _rows = null!;

    public async Task InitializeAsync()
    {
        _settings = await servers.Prepared();
        _rows = ServerFixture.Rows(_settings);
    }

    public async Task DisposeAsync() => await ((IAsyncDisposable)_rows).DisposeAsync();

    [Fact]
    public async Task Connections_that_are_cut_lose_nothing_that_was_acknowledged_and_are_made_anew()
    {
        List<string> acknowledged = [];
        var refused = 0;
        var cuts = Task.Run(async () =>
        {
            for (var cut = 0; cut < 8; cut++)
            {
                await Task.Delay(40);
                await ServerFixture.Ask(_settings, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
            }
        });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; !cuts.IsCompleted; i++)
            {
                var key = $"{writer}-{i:00000}";
                try
                {
                    Assert.True(await Write(key));
                    lock (acknowledged) acknowledged.Add(key);
                }
                catch (RowsUnavailableException)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        })));

        await cuts;
        var there = await ServerFixture.Ask(_settings, "SELECT string_agg(key, ' ') FROM dispatch_row");
        Assert.Subset(((string)there!).Split(' ').ToHashSet(), acknowledged.ToHashSet());
        Assert.InRange(acknowledged.Count, 8, int.MaxValue);
        Assert.NotEqual(0, refused);

        // One more may be refused, over a connection that was cut while nobody used it; then the others are given up too.
        if (await Record.ExceptionAsync(() => Write("afterwards")) is { } last) Assert.IsType<RowsUnavailableException>(last);
        Assert.True(await Write("afterwards"));
    }

    [Fact]
    public async Task A_server_that_is_stopped_is_an_outage_and_works_again_when_it_is_back()
    {
        Assert.True(await Write("before"));
        await _server.Stop();
        await IsRefusedInTime(() => Write("meanwhile"));
        await IsRefusedInTime(() => _rows.Read<Note>("t", "p", "before"));
        await IsRefusedInTime(() => _rows.ListDue<Note>("t", DateTimeOffset.MaxValue, 10));
        await _server.Start();
        Assert.NotNull(await _rows.Read<Note>("t", "p", "before"));
        Assert.True(await Write("after"));
        Assert.Null(await _rows.Read<Note>("t", "p", "meanwhile"));
    }

    [Fact]
    public async Task A_server_that_is_silent_is_an_outage_for_everybody_who_waits()
    {
        Assert.True(await Write("before"));
        await _server.Freeze();
        try
        {
            var waiting = Enumerable.Range(0, 200).Select(i => IsRefusedInTime(() => Write($"{i}"))).ToList();
            waiting.AddRange(Enumerable.Range(0, 40).Select(_ => IsRefusedInTime(() => _rows.Read<Note>("t", "p", "before"))));
            await Task.WhenAll(waiting);
        }
        finally
        {
            await _server.Thaw();
        }

        await Eventually(async () => Assert.NotNull(await _rows.Read<Note>("t", "p", "before")));
        await Eventually(async () => Assert.True(await Write("after")));
    }

    /// <summary>What hangs in a connection ends by its own time limit.</summary>
    private static async Task Eventually(Func<Task> operation)
    {
        for (var since = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                await operation();
                return;
            }
            catch (RowsUnavailableException) when (Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(15))
            {
                await Task.Delay(50);
            }
        }
    }

    private async Task<bool> Write(string key) => (await _rows.Write([new("t", "p", key, new Note("x"))]))[0];

    private static async Task IsRefusedInTime(Func<Task> operation)
    {
        var since = Stopwatch.GetTimestamp();
        await Assert.ThrowsAsync<RowsUnavailableException>(operation);
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, InTime);
    }
}
