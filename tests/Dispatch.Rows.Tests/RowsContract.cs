using Dispatch.Grains.Rows;

namespace Dispatch.Rows.Tests;

/// <summary>What every row store promises. Runs on each of them.</summary>
public abstract class RowsContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<IAsyncDisposable> _opened = [];

    protected IRows Rows { get; private set; } = null!;

    public async Task InitializeAsync() => Rows = await Open();

    public async Task DisposeAsync()
    {
        foreach (var opened in _opened) await opened.DisposeAsync();
    }

    [Fact]
    public async Task A_row_is_read_as_it_was_written()
    {
        var due = new DateTimeOffset(2026, 3, 1, 12, 0, 0, 123, 456, TimeSpan.FromHours(2)).AddTicks(7);
        Assert.True(await Write(Put("a", "Fatoumata é 😀 \0 \"\\", due, RowChange.MustNotExist)));
        var row = await Read("a");
        Assert.Equal(("p", "a", "Fatoumata é 😀 \0 \"\\", due), (row!.Partition, row.Key, row.Value.Text, row.Due!.Value));
        Assert.NotEmpty(row.ETag);
        Assert.Null(await Read("b"));
        Assert.Null(await Rows.Read<Note>("other", "p", "a"));
        Assert.Null(await Rows.Read<Note>("t", "other", "a"));
    }

    [Fact]
    public async Task A_large_row_is_kept_and_one_that_is_too_large_is_refused()
    {
        var large = new string('x', 800 * 1024);
        Assert.True(await Write(Put("large", large)));
        Assert.Equal(large, (await Read("large"))!.Value.Text);
        await Assert.ThrowsAnyAsync<Exception>(() => Write(Put("huge", new string('x', 2 << 20))));
        Assert.Null(await Read("huge"));
    }

    [Fact]
    public async Task A_write_says_what_it_expects_and_changes_nothing_when_it_is_wrong()
    {
        Assert.True(await Write(Put("a", "1", ifMatch: RowChange.MustNotExist)));
        Assert.False(await Write(Put("a", "x", ifMatch: RowChange.MustNotExist)));
        var first = (await Read("a"))!.ETag;
        Assert.True(await Write(Put("a", "2", ifMatch: first)));
        Assert.False(await Write(Put("a", "x", ifMatch: first)));
        Assert.False(await Write(Delete("a", first)));
        Assert.False(await Write(Put("b", "x", ifMatch: first)));
        Assert.False(await Write(Delete("b", first)));
        Assert.False(await Write(Put("a", "x", ifMatch: "an ETag of another store")));
        Assert.Null(await Read("b"));
        Assert.Equal("2", (await Read("a"))!.Value.Text);
        Assert.True(await Write(Put("a", "3")));
        Assert.Equal("3", (await Read("a"))!.Value.Text);
    }

    [Fact]
    public async Task Every_write_gives_an_ETag_that_was_never_there_before()
    {
        var etags = new HashSet<string>();
        for (var i = 0; i < 5; i++)
        {
            Assert.True(await Write(Put("a", "x", ifMatch: RowChange.MustNotExist)));
            var etag = (await Read("a"))!.ETag;
            Assert.True(etags.Add(etag));
            Assert.True(await Write(Put("a", "x", ifMatch: etag)));
            etag = (await Read("a"))!.ETag;
            Assert.True(etags.Add(etag));
            Assert.True(await Write(Delete("a", etag)));
            Assert.Null(await Read("a"));
        }

        Assert.True(await Write(Delete("a")));
        Assert.True(await Write(Delete("a", RowChange.MustNotExist)));
    }

    [Fact]
    public async Task A_partition_is_listed_in_the_order_of_its_keys_page_by_page()
    {
        // As bytes of UTF-8: UTF-16 would put the emoji before the private-use character, French the small letters between the capitals.
        string[] keys = ["", "-", "0", "10", "2", "A", "B", "Z", "_", "a", "a b", "a-b", "aa", "ab", "b", "z", "é", "ÿ", "\uE000", "\uFFFD", "😀"];
        foreach (var key in keys.Reverse()) await Write(Put(key, key));
        await Rows.Write([new("t", "other", "aaa", new Note("x")), new("other", "p", "aaa", new Note("x"))]);

        List<string> found = [];
        for (string? after = null; ; after = found[^1])
        {
            var page = await Rows.List<Note>("t", "p", after, 4);
            found.AddRange(page.Select(row => row.Key));
            Assert.All(page, row => Assert.Equal(row.Key, row.Value.Text));
            if (page.Count < 4) break;
        }

        Assert.Equal(keys, found);
        Assert.Equal(["ab", "b"], (await Rows.List<Note>("t", "p", "aaz", 2)).Select(row => row.Key));
    }

    [Fact]
    public async Task Due_rows_are_listed_across_partitions_earliest_first_page_by_page()
    {
        string[] partitions = ["é", "a", "B"];
        for (var i = 0; i < 20; i++) await Rows.Write([new("t", partitions[i % 3], $"k{i:00}", new Note("x"), Start.AddSeconds(i * 7 % 5).AddTicks(i % 2))]);
        await Rows.Write([new("t", "p", "never", new Note("x")), new("other", "p", "k", new Note("x"), Start)]);
        await Rows.Write([new("t", "é", "k00", new Note("later"), Start.AddSeconds(100)), new("t", "B", "k05", null), new("t", "a", "k01", new Note("no more"))]);

        List<StoredRow<Note>> found = [];
        while (true)
        {
            var page = await Rows.ListDue<Note>("t", Start.AddSeconds(3), 4, found.LastOrDefault());
            found.AddRange(page);
            if (page.Count < 4) break;
        }

        var expected = Enumerable.Range(0, 20)
            .Where(i => i is not 0 and not 1 and not 5)
            .Select(i => (Due: Start.AddSeconds(i * 7 % 5).AddTicks(i % 2), Partition: partitions[i % 3], Key: $"k{i:00}"))
            .Where(r => r.Due <= Start.AddSeconds(3))
            .OrderBy(r => r.Due).ThenBy(r => r.Partition, StringComparer.Ordinal).ThenBy(r => r.Key, StringComparer.Ordinal);
        Assert.Equal(expected, found.Select(row => (row.Due!.Value, row.Partition, row.Key)));
    }

    [Fact]
    public async Task Writes_that_go_together_have_their_own_outcomes()
    {
        await Write(Put("there", "1"));
        var etag = (await Read("there"))!.ETag;
        var stored = await Rows.Write(
        [
            Put("z", "last in the order of keys, first here"),
            Put("there", "x", ifMatch: RowChange.MustNotExist),
            Put("there", "2", ifMatch: etag),
            Put("there", "3", ifMatch: etag),
            Put("new", "1", ifMatch: RowChange.MustNotExist),
            Put("new", "2", ifMatch: RowChange.MustNotExist),
            Put("gone", "1"),
            Delete("gone"),
            Put("again", "1"),
            Put("again", "2"),
        ]);

        Assert.Equal([true, false, true, false, true, false, true, true, true, true], stored);
        Assert.Equal("2", (await Read("there"))!.Value.Text);
        Assert.Equal("1", (await Read("new"))!.Value.Text);
        Assert.Equal("2", (await Read("again"))!.Value.Text);
        Assert.Null(await Read("gone"));
        Assert.Empty(await Rows.Write([]));
    }

    [Fact]
    public async Task What_no_store_can_keep_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Write(Put("a\0b", "x")));
        await Assert.ThrowsAsync<ArgumentException>(() => Write(Put("\uD83D", "x")));
        await Assert.ThrowsAsync<ArgumentException>(() => Read("a\0b"));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Rows.List<Note>("t", "p", null, 0));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Rows.ListDue<Note>("t", Start, 0));
    }

    [Fact]
    public async Task Of_many_rivals_exactly_one_makes_a_row_and_exactly_one_replaces_it()
    {
        for (var round = 0; round < 5; round++)
        {
            var key = $"k{round}";
            Assert.Single(await Race(_ => Put(key, "made", ifMatch: RowChange.MustNotExist)), stored => stored);
            var etag = (await Read(key))!.ETag;
            Assert.Single(await Race(i => Put(key, $"{i}", ifMatch: etag)), stored => stored);
            etag = (await Read(key))!.ETag;
            Assert.Single(await Race(i => i % 2 == 0 ? Delete(key, etag) : Put(key, $"{i}", ifMatch: etag)), stored => stored);
        }
    }

    /// <summary>Writers that know nothing of each other: on a shared database each has a connection of its own.</summary>
    protected virtual Task<bool[]> Race(Func<int, RowChange> change) =>
        Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => Write(change(i)))));

    protected abstract Task<IRows> Open();

    /// <summary>Closed when the test ends.</summary>
    protected T Keep<T>(T opened)
        where T : IAsyncDisposable
    {
        _opened.Add(opened);
        return opened;
    }

    protected static RowChange Put(string key, string text, DateTimeOffset? due = null, string? ifMatch = null) => new("t", "p", key, new Note(text), due, ifMatch);

    protected static RowChange Delete(string key, string? ifMatch = null) => new("t", "p", key, null, null, ifMatch);

    protected Task<StoredRow<Note>?> Read(string key) => Rows.Read<Note>("t", "p", key);

    protected Task<bool> Write(RowChange change) => Write(Rows, change);

    protected static async Task<bool> Write(IRows rows, RowChange change) => (await rows.Write([change]))[0];
}

public sealed record Note(string Text);
