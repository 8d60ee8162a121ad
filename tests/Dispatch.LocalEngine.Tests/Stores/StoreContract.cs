using System.Text;
using Dispatch.Storage;

namespace Dispatch.LocalEngine.Tests;

/// <summary>What every store promises. Runs on each of them.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    protected ILocalStore Store { get; private set; } = null!;

    public async Task InitializeAsync() => Store = await Open();

    public async Task DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public async Task A_row_is_read_as_it_was_written()
    {
        var due = new DateTimeOffset(2026, 3, 1, 12, 0, 0, 123, 456, TimeSpan.FromHours(2)).AddTicks(7);
        var written = await Store.Write(new(Key("a"), Bytes("body"), due, RowWrite.MustNotExist));
        var row = await Store.Read(Key("a"));

        Assert.True(written.Stored);
        Assert.Equal(Key("a"), row!.Id);
        Assert.Equal(written.ETag, row.ETag);
        Assert.Equal(due, row.Due);
        Assert.Equal("body", Text(row));
        Assert.Null(await Store.Read(Key("b")));
    }

    [Fact]
    public async Task An_empty_body_and_a_large_one_are_kept()
    {
        var large = new byte[800 * 1024];
        Random(7).NextBytes(large);
        await Store.Write(new(Key("empty"), Array.Empty<byte>()));
        await Store.Write(new(Key("large"), large));
        Assert.Equal(0, (await Store.Read(Key("empty")))!.Body.Length);
        Assert.True((await Store.Read(Key("large")))!.Body.Span.SequenceEqual(large));
    }

    [Fact]
    public async Task A_write_says_what_it_expects_and_changes_nothing_when_it_is_wrong()
    {
        var first = await Store.Write(new(Key("a"), Bytes("1"), null, RowWrite.MustNotExist));
        Assert.Equal(new(first.ETag, WriteError.Conflict), await Store.Write(new(Key("a"), Bytes("x"), null, RowWrite.MustNotExist)));
        var second = await Store.Write(new(Key("a"), Bytes("2"), null, first.ETag));
        Assert.True(second.Stored);
        Assert.Equal(new(second.ETag, WriteError.Conflict), await Store.Write(new(Key("a"), Bytes("x"), null, first.ETag)));
        Assert.Equal(new(second.ETag, WriteError.Conflict), await Store.Write(RowWrite.Delete(Key("a"), first.ETag)));
        Assert.Equal(new(null, WriteError.Conflict), await Store.Write(new(Key("b"), Bytes("x"), null, first.ETag)));
        Assert.Equal("2", Text(await Store.Read(Key("a"))));
        Assert.True((await Store.Write(new(Key("a"), Bytes("3")))).Stored);
        Assert.Equal("3", Text(await Store.Read(Key("a"))));
    }

    [Fact]
    public async Task A_deleted_row_is_gone_and_its_ETag_is_never_used_again()
    {
        var etags = new HashSet<string?>();
        for (var i = 0; i < 5; i++)
        {
            var written = await Store.Write(new(Key("a"), Bytes("x"), null, RowWrite.MustNotExist));
            Assert.True(etags.Add(written.ETag));
            Assert.Equal(new(null), await Store.Write(RowWrite.Delete(Key("a"), written.ETag)));
            Assert.Null(await Store.Read(Key("a")));
        }

        Assert.True((await Store.Write(RowWrite.Delete(Key("a")))).Stored);
    }

    [Fact]
    public async Task A_partition_is_listed_in_the_order_of_its_keys_page_by_page()
    {
        // As bytes of UTF-8; UTF-16 would put the emoji before the private-use character.
        string[] keys = ["", "A", "B", "a", "aa", "b", "é", "\uE000", "😀"];
        foreach (var key in keys.Reverse())
        {
            await Store.Write(new(Key(key), Bytes(key)));
        }

        await Store.Write(new(new("t", "other", "aaa"), Bytes("x")));
        await Store.Write(new(new("other", "p", "aaa"), Bytes("x")));

        List<string> found = [];
        string? after = null;
        while (true)
        {
            var page = await Store.List("t", "p", after, 4);
            found.AddRange(page.Select(row => row.Id.Key));
            if (page.Count < 4)
            {
                break;
            }

            after = page[^1].Id.Key;
        }

        Assert.Equal(keys, found);
    }

    [Fact]
    public async Task Due_rows_are_listed_across_partitions_earliest_first_page_by_page()
    {
        var start = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 20; i++)
        {
            await Store.Write(new(new("t", $"p{i % 3}", $"k{i:00}"), Bytes("x"), start.AddSeconds(i * 7 % 5)));
        }

        await Store.Write(new(Key("never"), Bytes("x")));
        await Store.Write(new(new("other", "p", "k"), Bytes("x"), start));
        await Store.Write(new(new("t", "p0", "k00"), Bytes("later"), start.AddSeconds(100)));
        await Store.Write(RowWrite.Delete(new("t", "p2", "k05")));

        List<Row> found = [];
        while (true)
        {
            var page = await Store.ListDue("t", start.AddSeconds(3), 4, found.LastOrDefault());
            found.AddRange(page);
            if (page.Count < 4)
            {
                break;
            }
        }

        var expected = Enumerable.Range(0, 20)
            .Where(i => i is not 0 and not 5 && i * 7 % 5 <= 3)
            .Select(i => (Due: start.AddSeconds(i * 7 % 5), Id: new RowKey("t", $"p{i % 3}", $"k{i:00}")))
            .OrderBy(r => r.Due).ThenBy(r => r.Id.Partition, StringComparer.Ordinal).ThenBy(r => r.Id.Key, StringComparer.Ordinal)
            .Select(r => r.Id);
        Assert.Equal(expected, found.Select(row => row.Id));
    }

    [Fact]
    public async Task Writes_that_go_together_have_their_own_outcomes()
    {
        var there = await Store.Write(new(Key("there"), Bytes("1")));
        var outcomes = await Store.WriteAll(
        [
            new(Key("new"), Bytes("n")),
            new(Key("there"), Bytes("x"), null, RowWrite.MustNotExist),
            new(Key("huge"), new byte[2 << 20]),
            new(Key("there"), Bytes("2"), null, there.ETag),
            new(Key("there"), Bytes("3"), null, there.ETag),
        ]);

        Assert.Equal([WriteError.None, WriteError.Conflict, WriteError.TooLarge, WriteError.None, WriteError.Conflict], outcomes.Select(o => o.Error));
        Assert.Equal("2", Text(await Store.Read(Key("there"))));
        Assert.Equal("n", Text(await Store.Read(Key("new"))));
        Assert.Null(await Store.Read(Key("huge")));
        Assert.Empty(await Store.WriteAll([]));
    }

    [Fact]
    public async Task A_row_that_is_too_large_throws_and_so_does_a_key_that_no_store_can_keep()
    {
        await Assert.ThrowsAsync<RowTooLargeException>(() => Store.Write(new(Key("huge"), new byte[2 << 20])));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.Write(new(Key("a\0b"), Bytes("x"))));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.Write(new(Key("\uD83D"), Bytes("x"))));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.List("t", "p", null, 0));
    }

    [Fact]
    public async Task Writes_of_one_row_keep_their_order_and_exactly_one_of_many_rivals_wins()
    {
        var ordered = Enumerable.Range(0, 200).Select(i => Store.Write(new(Key("a"), Bytes($"{i}")))).ToArray();
        await Task.WhenAll(ordered);
        Assert.Equal("199", Text(await Store.Read(Key("a"))));

        var rivals = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => Store.Write(new(Key("b"), Bytes($"{i}"), null, RowWrite.MustNotExist)))));
        Assert.Single(rivals, outcome => outcome.Stored);
    }

    [Fact]
    public async Task A_closed_store_refuses()
    {
        await Store.DisposeAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.Write(new(Key("a"), Bytes("x"))));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.Read(Key("a")));
        await Store.DisposeAsync();
    }

    protected static RowKey Key(string key) => new("t", "p", key);

    protected static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static string? Text(Row? row) => row is null ? null : Encoding.UTF8.GetString(row.Body.Span);

    protected static Random Random(int seed) => new(seed);

    protected abstract ValueTask<ILocalStore> Open();
}

public sealed class MemoryStoreTests : StoreContract
{
    protected override ValueTask<ILocalStore> Open() => new(new MemoryStore(new ThreadPoolTurns()));
}

public sealed class SqliteStoreContractTests : StoreContract, IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override ValueTask<ILocalStore> Open() => new(_folder.Open());
}
