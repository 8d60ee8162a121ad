using System.Text;
using Dispatch.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatch.LocalEngine.Tests;

public sealed class SqliteFaultTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_disk_fails_what_does_not_fit_keeps_what_was_acknowledged_and_recovers_when_there_is_room()
    {
        List<int> stored = [];
        await using (var store = _folder.Open("PRAGMA max_page_count=64"))
        {
            for (var i = 0; i < 100; i++)
            {
                try
                {
                    Assert.True((await store.Write(new(Key(i), new byte[10_000]))).Stored);
                    stored.Add(i);
                }
                catch (StoreUnavailableException full)
                {
                    Assert.Contains("the disk is full", full.Message, StringComparison.Ordinal);
                }
            }

            Assert.InRange(stored.Count, 10, 30);
            Assert.Equal(stored.Select(Key), (await store.List("t", "p", null, 1000)).Select(row => row.Id));
            Assert.True((await store.Write(RowWrite.Delete(Key(stored[0])))).Stored);
            Assert.True((await store.Write(new(Key(200), new byte[5_000]))).Stored);
        }

        await using var again = _folder.Open();
        Assert.Equal([.. stored.Skip(1).Select(Key), Key(200)], (await again.List("t", "p", null, 1000)).Select(row => row.Id));
        Assert.True((await again.Write(new(Key(300), new byte[50_000]))).Stored);
    }

    [Fact]
    public async Task One_row_too_many_for_the_disk_does_not_take_its_batch_with_it()
    {
        await using var store = _folder.Open("PRAGMA max_page_count=40");
        RowWrite[] writes = [.. Enumerable.Range(0, 20).Select(i => new RowWrite(Key(i), new byte[i == 10 ? 500_000 : 100]))];
        var outcomes = await store.WriteAll(writes);
        Assert.Equal(WriteError.Unavailable, outcomes[10].Error);
        Assert.IsType<StoreUnavailableException>(outcomes[10].Cause);
        Assert.Equal(19, outcomes.Count(outcome => outcome.Stored));
        Assert.Equal(19, (await store.List("t", "p", null, 100)).Count);
    }

    [Fact]
    public async Task Versions_are_not_used_twice_although_a_failed_transaction_took_the_reserve_back()
    {
        HashSet<string?> etags = [];
        await using (var store = _folder.Open("PRAGMA max_page_count=40"))
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Write(new(Key(0), new byte[500_000])));
            Assert.True(etags.Add((await store.Write(new(Key(1), Body))).ETag));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Write(new(Key(0), new byte[500_000])));
            Assert.True(etags.Add((await store.Write(new(Key(1), Body))).ETag));
        }

        await using var again = _folder.Open();
        for (var i = 0; i < 20; i++)
        {
            Assert.True(etags.Add((await again.Write(new(Key(1), Body))).ETag));
        }
    }

    [Fact]
    public async Task A_read_only_file_refuses_writes_with_a_reason_and_still_reads()
    {
        await using (var store = _folder.Open())
        {
            await store.Write(new(Key(1), Body));
        }

        await using var readOnly = _folder.Open("PRAGMA query_only=1");
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => readOnly.Write(new(Key(2), Body)));
        Assert.Contains("read-only", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(await readOnly.Read(Key(1)));
    }

    [Fact]
    public async Task Only_one_may_have_it_open_until_it_lets_go()
    {
        await using (_folder.Open())
        {
            var refused = Assert.Throws<StoreInUseException>(() => _folder.Open());
            Assert.Contains(_folder.File, refused.Message, StringComparison.Ordinal);
        }

        await using var next = _folder.Open();
        Assert.True((await next.Write(new(Key(1), Body))).Stored);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        var junk = Encoding.UTF8.GetBytes(new string('x', 10_000));
        await File.WriteAllBytesAsync(_folder.File, junk);
        var refused = Assert.Throws<StoreDamagedException>(() => _folder.Open());
        Assert.Contains(_folder.File, refused.Message, StringComparison.Ordinal);
        Assert.Contains("put the last backup in its place", refused.Message, StringComparison.Ordinal);
        Assert.Equal(junk, await File.ReadAllBytesAsync(_folder.File));

        // The refused file was let go of.
        File.Delete(_folder.File);
        await using var store = _folder.Open();
    }

    [Fact]
    public async Task A_file_with_scrambled_pages_is_refused()
    {
        await using (var store = _folder.Open())
        {
            await store.WriteAll([.. Enumerable.Range(0, 500).Select(i => new RowWrite(Key(i), new byte[300]))]);
        }

        await using (var file = File.OpenWrite(_folder.File))
        {
            file.Position = 5 * 4096;
            file.Write(new byte[20 * 4096]);
        }

        Assert.Throws<StoreDamagedException>(() => _folder.Open());
    }

    [Fact]
    public async Task Damage_met_while_running_stops_the_store_for_good()
    {
        using var damaged = new Folder();
        var fatal = new TaskCompletionSource<Exception>();
        await using (var store = _folder.Open())
        {
            await store.WriteAll([.. Enumerable.Range(0, 500).Select(i => new RowWrite(Key(i), new byte[300]))]);
        }

        File.Copy(_folder.File, damaged.File);
        await using var running = damaged.Open("PRAGMA cache_size=1; PRAGMA shrink_memory", onFatal: exception => fatal.TrySetResult(exception));
        await using (var file = new FileStream(damaged.File, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = 4096;
            file.Write(Enumerable.Repeat((byte)0xEE, 45 * 4096).ToArray());
        }

        await Assert.ThrowsAsync<StoreFailedException>(() => running.Write(new(Key(250), new byte[300])));
        await Assert.ThrowsAsync<StoreFailedException>(() => running.Write(new(Key(1000), Body)));
        await Assert.ThrowsAsync<StoreFailedException>(() => running.Read(Key(1)));
        Assert.IsType<StoreFailedException>(await fatal.Task);
    }

    [Fact]
    public async Task A_newer_file_and_a_file_of_another_program_are_refused()
    {
        await using (_folder.Open("PRAGMA user_version=99"))
        {
        }

        Assert.Contains("newer program", Assert.Throws<StoreTooNewException>(() => _folder.Open()).Message, StringComparison.Ordinal);

        using var foreign = new Folder();
        await using (foreign.Open("PRAGMA application_id=1"))
        {
        }

        Assert.Contains("another program", Assert.Throws<StoreDamagedException>(() => foreign.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_cannot_hold_a_file_is_refused_with_a_reason() =>
        Assert.Throws<StoreUnavailableException>(() => new SqliteStore("/proc/dispatch/dispatch.db", new(), NullLogger<SqliteStore>.Instance));

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("body");

    private static RowKey Key(int i) => new("t", "p", $"{i:00000}");
}
