using System.Text;
using Dispatch.Storage;

namespace Dispatch.LocalEngine.Tests;

public sealed class SqliteStoreTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_acknowledged_is_there_after_closing_and_after_a_crash()
    {
        string?[] etags;
        await using (var store = _folder.Open())
        {
            etags = [.. (await Write(store, 0, 100)).Select(o => o.ETag)];
            using var crashed = _folder.CopyAsAfterACrash();
            await using var survivor = crashed.Open();
            Assert.Equal(100, (await survivor.List("t", "p", null, 1000)).Count);
            Assert.All(await Write(survivor, 100, 200), after => Assert.DoesNotContain(after.ETag, etags));
        }

        Assert.False(File.Exists(_folder.File + "-wal"));
        await using var again = _folder.Open();
        Assert.Equal(etags, (await again.List("t", "p", null, 1000)).Select(row => row.ETag));
        Assert.All(await Write(again, 0, 200), after => Assert.DoesNotContain(after.ETag, etags));
    }

    [Fact]
    public async Task A_whole_store_is_read_table_by_table_and_page_by_page()
    {
        await using var store = _folder.Open();
        RowKey[] keys = [new("a", "", ""), new("a", "p", "1"), new("a", "p", "2"), new("a", "q", "1"), new("b", "", "x"), new("b", "é", "")];
        await store.WriteAll([.. keys.Reverse().Select(key => new RowWrite(key, Body))]);
        List<RowKey> found = [];
        foreach (var table in await store.Tables())
        {
            for (RowKey? last = null; await store.ListTable(table, last, 2) is { Count: > 0 } page; last = page[^1].Id) found.AddRange(page.Select(row => row.Id));
        }

        Assert.Equal(keys, found);
    }

    [Fact]
    public async Task Closing_writes_what_waits()
    {
        Task<WriteOutcome>[] writes;
        await using (var store = _folder.Open())
        {
            writes = [.. Enumerable.Range(0, 1000).Select(i => store.Write(new(Key(i), Body)))];
        }

        Assert.All(await Task.WhenAll(writes), outcome => Assert.True(outcome.Stored));
        await using var again = _folder.Open();
        Assert.Equal(1000, (await again.List("t", "p", null, 2000)).Count);
    }

    [Fact]
    public async Task Many_writers_share_a_commit_and_each_gets_its_own_outcome()
    {
        await using var store = _folder.Open();
        var held = await store.Write(new(Key(7), Body));
        var before = store.Commits;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => store.Write(new(Key(i), Body, null, RowWrite.MustNotExist))));
        Assert.InRange(store.Commits - before, 1, 500);
        Assert.Equal(new(held.ETag, WriteError.Conflict), Assert.Single(outcomes, outcome => !outcome.Stored));
        Assert.Equal(2000, (await store.List("t", "p", null, 5000)).Count);
    }

    [Fact]
    public async Task A_batch_has_a_limit()
    {
        await using var store = _folder.Open(batchLimit: 10);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => store.Write(new(Key(i), Body))));
        Assert.InRange(store.Commits, 20, 200);
    }

    [Fact]
    public async Task A_read_after_a_completed_write_sees_it()
    {
        await using var store = _folder.Open();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                var written = await store.Write(new(Key(writer), Encoding.UTF8.GetBytes($"{i}")));
                Assert.Equal(written.ETag, (await store.Read(Key(writer)))!.ETag);
            }
        })));
    }

    [Fact]
    public async Task A_full_queue_refuses_and_what_was_taken_is_written()
    {
        await using var store = _folder.Open(queueLimit: 50);
        var writes = Enumerable.Range(0, 5000).Select(i => store.Write(new(Key(i), Body))).ToArray();
        var outcomes = await Task.WhenAll(writes.Select(async write =>
        {
            try
            {
                return (await write).Stored;
            }
            catch (StoreUnavailableException)
            {
                return false;
            }
        }));
        Assert.Contains(false, outcomes);
        Assert.Equal(outcomes.Count(stored => stored), (await store.List("t", "p", null, 10_000)).Count);
    }

    [Fact]
    public async Task The_log_does_not_grow_for_ever()
    {
        await using var store = _folder.Open();
        for (var i = 0; i < 40; i++)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(k => store.Write(new(Key(k), new byte[50_000]))));
        }

        Assert.InRange(new FileInfo(_folder.File + "-wal").Length, 1, 40_000_000);
        Assert.InRange(new FileInfo(_folder.File).Length, 1_000_000, 4_000_000);
    }

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("body");

    private static RowKey Key(int i) => new("t", "p", $"{i:00000}");

    private static async Task<IReadOnlyList<WriteOutcome>> Write(SqliteStore store, int from, int count) =>
        await store.WriteAll([.. Enumerable.Range(from, count).Select(i => new RowWrite(Key(i), Body))]);
}
