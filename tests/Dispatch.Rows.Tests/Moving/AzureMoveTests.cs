using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Dispatch.Grains.Hosting;
using Dispatch.Grains.Rows;
using Dispatch.Moving;
using Dispatch.Moving.AzureTables;
using Dispatch.Moving.Files;
using Dispatch.Moving.Local;
using Dispatch.Rows.Tests.TableStorage;
using Dispatch.Storage;
using Dispatch.TableStorage;

namespace Dispatch.Rows.Tests.Moving;

/// <summary>On tables in memory that refuse what Azure refuses.</summary>
public sealed class AzureMoveTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly StoreFolder _home = new();
    private readonly ManualTime _clock = new();
    private readonly MemoryTables _tables = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task From_one_machine_to_Azures_tables_and_back_every_record_stays_what_it_was()
    {
        await _home.Fill("first");
        await _home.Put("first",
        [
            State("serviceArea/ML/kayes_nord", "setup", StoreFolder.Bytes("{\"value\":{\"tenant\":\"ML\"}}")),
            State("account/large", "account", RandomNumberGenerator.GetBytes(150_000)),
            State("alert/largest", "alert", RandomNumberGenerator.GetBytes(TableBody.MostBytes)),
            new(new("history", "large", "row"), RandomNumberGenerator.GetBytes(TableBody.MostBytes)),
        ]);
        var before = await _home.Read("first");

        var there = await Export(new LocalSource(_home["first"]), "out.jsonl.gz");
        Assert.Equal(there.Sum, (await Import("out.jsonl.gz", Target()))!.Sum);
        var back = await Export(await Source(), "back.jsonl");
        Assert.Equal((there.Sum, before.Count), (back.Sum, (int)back.Count));
        await Import("back.jsonl", new LocalTarget(_home["second"]));
        Assert.Equal(before.Select(Told), (await _home.Read("second")).Select(Told));

        // The hosts' own row store finds what is due, and the rows.
        var rows = new TableRows(_tables, TimeProvider.System);
        Assert.Equal(("line", "due", Start.AddTicks(7)), Single(await rows.ListDue<JsonObject>("watch", DateTimeOffset.MaxValue, 10)));
        Assert.Equal(258, (await rows.List<JsonObject>("history", "p0", null, 1000)).Count);

        static (string, string, DateTimeOffset?) Single(IReadOnlyList<StoredRow<JsonObject>> due) => (Assert.Single(due).Partition, due[0].Key, due[0].Due);
    }

    [Fact]
    public async Task An_import_that_is_cut_off_at_any_request_goes_on_and_one_that_is_repeated_changes_nothing()
    {
        await FillSmall("first");
        var all = await Export(new LocalSource(_home["first"]), "out.jsonl");
        var cuts = 0;
        foreach (var afterwards in (bool[])[false, true])
        {
            for (var at = 1; ; at++)
            {
                var tables = new MemoryTables();
                var cut = Cut(tables, at, afterwards);
                var failure = await Record.ExceptionAsync(() => Import("out.jsonl", Target(tables)));
                Uncut(tables);
                if (!cut()) break;

                cuts++;
                Assert.IsType<RowsUnavailableException>(failure);
                var isDone = (await MoveNotes.Read(tables)).Import is { Position: TableImport.Done };
                if ((await MoveNotes.Read(tables)).Import is not null && !isDone) await RefusesHostsAndExport(tables);
                Assert.Equal(isDone, await Import("out.jsonl", Target(tables)) is null);
                Assert.Null(await Import("out.jsonl", Target(tables)));
                await TableImport.RequireWhole(tables);
                Assert.Equal(all.Sum, (await Tally.Of(TablesReading.All(tables))).Sum);
                Assert.Equal(2, tables.KeysOf(TableRows.DueTable).Count);
            }
        }

        Assert.InRange(cuts, 80, 200);
    }

    [Fact]
    public async Task An_import_goes_on_where_it_stopped()
    {
        await FillSmall("first");
        await Export(new LocalSource(_home["first"]), "out.jsonl");
        // The first 500 records are three others and five requests of rows.
        Cut(_tables, 6, afterwards: true, request => request == $"submit {TableRows.RowsTable}");
        await Assert.ThrowsAsync<RowsUnavailableException>(() => Import("out.jsonl", Target()));
        Uncut(_tables);
        Assert.Equal(500, (await MoveNotes.Read(_tables)).Import!.Position);
        _tables.Transactions.Clear();
        await Import("out.jsonl", Target());
        Assert.Equal(23, _tables.Transactions.Sum());
    }

    [Fact]
    public async Task A_damaged_file_is_refused_before_anything_is_written()
    {
        await FillSmall("first");
        await Export(new LocalSource(_home["first"]), "out.jsonl");
        var lines = await File.ReadAllLinesAsync(_home["out.jsonl"]);
        foreach (var damaged in new string[][] { lines[..^1], [.. lines[..5], .. lines[6..]], [lines[0].Replace("\"format\":1", "\"format\":2", StringComparison.Ordinal), .. lines[1..]] })
        {
            await File.WriteAllLinesAsync(_home["damaged.jsonl"], damaged);
            _tables.Before = _ => throw new InvalidOperationException("Nothing may be asked of the account");
            await Assert.ThrowsAsync<MoveRefusedException>(() => Import("damaged.jsonl", Target()));
        }
    }

    [Theory]
    [InlineData("Active", 119, true)]
    [InlineData("Joining", 0, true)]
    [InlineData("ShuttingDown", 1, true)]
    [InlineData("Active", null, true)]
    [InlineData("Active", 120, false)]
    [InlineData("Dead", 0, false)]
    [InlineData("Dead", null, false)]
    public async Task An_account_with_a_host_that_lives_is_refused(string status, int? secondsAgo, bool lives)
    {
        await FillSmall("first");
        await Export(new LocalSource(_home["first"]), "out.jsonl");
        await Import("out.jsonl", Target());
        await Member(_tables, status, secondsAgo);
        var empty = new MemoryTables();
        await Member(empty, status, secondsAgo);

        Assert.Equal(lives, Refuses(await Record.ExceptionAsync(Source), "Stop every host"));
        Assert.Equal(lives, Refuses(await Record.ExceptionAsync(() => Import("out.jsonl", Target(empty))), "Stop every host"));
    }

    [Fact]
    public async Task A_host_that_starts_during_a_move_ends_it()
    {
        await FillSmall("first");
        await Export(new LocalSource(_home["first"]), "out.jsonl");
        _tables.After = request => request == $"scan {OrleansTables.Reminders}" && _tables.KeysOf(OrleansTables.Members).Count == 0 && _tables.KeysOf(OrleansTables.Reminders).Count > 0
            ? Member(_tables, "Active", 0)
            : Task.CompletedTask;
        Assert.True(Refuses(await Record.ExceptionAsync(() => Import("out.jsonl", Target())), "Stop every host"));
        await RefusesHosts(_tables);

        _clock.Pass(TimeSpan.FromMinutes(3));
        _tables.After = _ => Task.CompletedTask;
        await Import("out.jsonl", Target());
        await using var source = await Source();
        await Member(_tables, "Active", 0);
        Assert.True(Refuses(await Record.ExceptionAsync(() => Export(source, "late.jsonl")), "Stop every host"));
        Assert.False(File.Exists(_home["late.jsonl"]));
    }

    [Fact]
    public async Task An_account_with_records_or_another_import_in_it_is_refused_and_one_without_has_nothing_to_export()
    {
        await FillSmall("first");
        await Export(new LocalSource(_home["first"]), "out.jsonl");
        await Export(new LocalSource(_home["first"]), "other.jsonl");
        Assert.True(Refuses(await Record.ExceptionAsync(Source), "nothing to export"));
        foreach (var table in (string[])[TableRows.RowsTable, TableRows.DueTable, OrleansTables.States, OrleansTables.Reminders])
        {
            var used = new MemoryTables();
            await Plant(used, table, "p", "k", []);
            Assert.True(Refuses(await Record.ExceptionAsync(() => Import("out.jsonl", Target(used))), "holds records already"), table);
        }

        await Import("out.jsonl", Target());
        Assert.True(Refuses(await Record.ExceptionAsync(() => Import("other.jsonl", Target())), "Another import"));
    }

    [Fact]
    public async Task Two_imports_beside_each_other_do_not_both_go_on()
    {
        var (one, other) = (Target(), Target());
        await one.Begin("same");
        await other.Begin("same");
        await one.Write([new("t", "p", "a", null, StoreFolder.Bytes("{}"))], 1);
        Assert.True(Refuses(await Record.ExceptionAsync(() => other.Write([new("t", "p", "a", null, StoreFolder.Bytes("{}"))], 2)), "somewhere else"));
    }

    [Fact]
    public async Task What_reads_back_otherwise_or_would_not_be_found_when_due_is_not_called_done()
    {
        await FillSmall("first");
        await Export(new LocalSource(_home["first"]), "out.jsonl");
        await CutAtReadBack();
        await Plant(_tables, TableRows.RowsTable, TableKey.Of("history", "p"), TableKey.Of("planted"), new() { ["Body00"] = new byte[] { 1 } });
        Assert.True(Refuses(await Record.ExceptionAsync(() => Import("out.jsonl", Target())), "table history"));
        await RefusesHosts(_tables);
        await Remove(TableRows.RowsTable, TableKey.Of("history", "p"), TableKey.Of("planted"));
        await Remove(TableRows.DueTable, DuePointer.PartitionOf("watch"), _tables.KeysOf(TableRows.DueTable)[0]);
        Assert.True(Refuses(await Record.ExceptionAsync(() => Import("out.jsonl", Target())), "would not be found when it is due"));
        await RefusesHosts(_tables);
    }

    [Fact]
    public async Task A_file_of_when_reminders_were_kept_finer_is_taken()
    {
        var fine = StoreFolder.Reminder("alert/one", Start.AddTicks(12_345));
        await MoveWriter.Write(_home["old.jsonl"], "old", Once(new(fine.Id.Table, fine.Id.Partition, fine.Id.Key, Start.AddTicks(12_345).UtcTicks, fine.Body!.Value)));
        Assert.NotNull(await Import("old.jsonl", Target()));
        await using var source = await Source();
        await foreach (var entry in source.Read()) Assert.Equal(Start.AddMilliseconds(1).UtcTicks, entry.Due);

        static async IAsyncEnumerable<Entry> Once(Entry entry)
        {
            await Task.CompletedTask;
            yield return entry;
        }
    }

    /// <summary>520 rows, so that the import notes a position on its way; two of them are due.</summary>
    private Task FillSmall(string folder) => _home.Put(folder,
    [
        State("alert/0f8fad5b-d9cb-469f-a165-70867728950e", "alert", StoreFolder.Bytes("{\"value\":1}")),
        State("serviceArea/XX/demo", "setup", StoreFolder.Bytes("{\"value\":{}}")),
        StoreFolder.Reminder("alert/0f8fad5b-d9cb-469f-a165-70867728950e", Start),
        new(new("watch", "line", "a"), StoreFolder.Bytes("{}"), Start),
        new(new("watch", "line", "b"), StoreFolder.Bytes("{}"), Start.AddSeconds(1)),
        .. Enumerable.Range(0, 518).Select(i => new RowWrite(new("history", "p", $"k{i:0000}"), StoreFolder.Bytes($"{{\"no\":{i}}}"))),
    ]);

    private static RowWrite State(string grain, string name, byte[] body) => new(new("grain-state", grain, name), body);

    private Task<TablesSource> Source() => TablesSource.Open(_tables, _clock);

    private TablesTarget Target(MemoryTables? tables = null) => new(tables ?? _tables, _clock);

    private async Task<Tally> Export(IEntrySource source, string file)
    {
        await using (source) return await Move.Export(source, _home[file], $"id of {file}");
    }

    private async Task<Tally?> Import(string file, IEntryTarget target)
    {
        await using (target) return await Move.Import(_home[file], target);
    }

    private static bool Refuses(Exception? outcome, string because)
    {
        if (outcome is null) return false;
        Assert.Contains(because, Assert.IsType<MoveRefusedException>(outcome).Message, StringComparison.Ordinal);
        return true;
    }

    private async Task RefusesHostsAndExport(MemoryTables tables)
    {
        await RefusesHosts(tables);
        Assert.True(Refuses(await Record.ExceptionAsync(() => TablesSource.Open(tables, _clock)), "not ended"));
    }

    private static Task RefusesHosts(MemoryTables tables) => Assert.ThrowsAsync<StartRefusedException>(() => TableImport.RequireWhole(tables));

    /// <summary>Cuts off the request with this number among those that count. Tells whether it came to that.</summary>
    private static Func<bool> Cut(MemoryTables tables, int at, bool afterwards, Func<string, bool>? counts = null)
    {
        var requests = 0;
        Func<string, Task> die = request => (counts?.Invoke(request) ?? true) && ++requests == at ? throw new RowsUnavailableException("The process died") : Task.CompletedTask;
        if (afterwards) tables.After = die;
        else tables.Before = die;
        return () => requests >= at;
    }

    private static void Uncut(MemoryTables tables) => (tables.Before, tables.After) = (_ => Task.CompletedTask, _ => Task.CompletedTask);

    private async Task CutAtReadBack()
    {
        Cut(_tables, 1, afterwards: false, request => request == $"scan {OrleansTables.States}" && _tables.KeysOf(OrleansTables.States).Count > 0);
        await Assert.ThrowsAsync<RowsUnavailableException>(() => Import("out.jsonl", Target()));
        Uncut(_tables);
    }

    private Task Member(MemoryTables tables, string status, int? secondsAgo)
    {
        Dictionary<string, object> silo = new() { ["Status"] = status };
        if (secondsAgo is { } seconds) silo["IAmAliveTime"] = _clock.GetUtcNow().AddSeconds(-seconds).ToString("yyyy-MM-dd HH:mm:ss.fff 'GMT'", CultureInfo.InvariantCulture);
        return Task.WhenAll(
            Plant(tables, OrleansTables.Members, "c", "VersionRow", new() { ["MembershipVersion"] = "3" }),
            Plant(tables, OrleansTables.Members, "c", "10.0.0.1-11111-1", silo));
    }

    private static async Task Plant(MemoryTables tables, string table, string partition, string key, Dictionary<string, object> properties)
    {
        await tables.Make(table);
        Assert.Null(await tables.Submit(table, partition, [new(TableVerb.Upsert, new(key, "", properties))]));
    }

    private async Task Remove(string table, string partition, string key) => Assert.Null(await _tables.Submit(table, partition, [new(TableVerb.Delete, new(key, "", new Dictionary<string, object>()))]));

    private static string Told(Entry entry) => string.Create(CultureInfo.InvariantCulture, $"{entry} {entry.Due} {Convert.ToBase64String(entry.Body.Span)}");
}
