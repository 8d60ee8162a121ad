using System.Globalization;
using Dispatch.Grains.Hosting;
using Dispatch.Moving;
using Dispatch.Moving.Local;
using Dispatch.Moving.Postgres;
using Dispatch.Postgres;
using Dispatch.Rows.Tests.Postgres;

namespace Dispatch.Rows.Tests.Moving;

[Collection(Servers.Name)]
public sealed class MoveTests(ServerFixture servers) : IDisposable
{
    private readonly StoreFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task From_one_machine_to_PostgreSQL_and_back_every_record_stays_what_it_was()
    {
        var before = await _home.Fill("first");
        var database = await servers.Prepared();

        var there = await Export(new LocalSource(_home["first"]), "out.jsonl");
        Assert.Equal(before.Count, there.Count);
        Assert.Equal(there.Sum, (await Import("out.jsonl", await Target(database)))!.Sum);
        var back = await Export(await PostgresSource.Open(database), "back.jsonl.gz");
        Assert.Equal(there.Sum, back.Sum);
        Assert.Equal(there.Sum, (await Import("back.jsonl.gz", Target("second")))!.Sum);

        var after = await _home.Read("second");
        Assert.Equal(before.Select(Told), after.Select(Told));
        Assert.True(new FileInfo(_home["back.jsonl.gz"]).Length < new FileInfo(_home["out.jsonl"]).Length);
        Assert.Equal(["back.jsonl.gz", "first", "out.jsonl", "second"], _home.Names());
        Assert.Equal(["dispatch.db", "dispatch.db.lock"], Directory.GetFiles(_home["second"]).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_import_that_is_interrupted_anywhere_goes_on_and_one_that_is_repeated_changes_nothing(int seed)
    {
        await _home.Fill("first");
        var all = await Export(new LocalSource(_home["first"]), "out.jsonl");
        var database = await servers.Prepared();
        var random = new Random(seed);
        foreach (var target in new Func<Task<IEntryTarget>>[] { () => Target(database), () => Task.FromResult(Target("second")) })
        {
            var interrupted = 0;
            for (var left = 0; ; left = random.Next(4))
            {
                var dying = new DyingTarget(await target(), left, afterwards: random.Next(2) == 0);
                if (await Record.ExceptionAsync(() => Import("out.jsonl", dying)) is null) break;
                interrupted++;
            }

            Assert.InRange(interrupted, 1, 100);
            Assert.Null(await Import("out.jsonl", await target()));
        }

        Assert.Equal(all.Sum, (await Export(await PostgresSource.Open(database), "database.jsonl")).Sum);
        Assert.Equal(all.Sum, (await Export(new LocalSource(_home["second"]), "second.jsonl")).Sum);
    }

    [Fact]
    public async Task A_file_that_was_damaged_or_changed_is_refused_before_anything_is_written()
    {
        await _home.Fill("first");
        await Export(new LocalSource(_home["first"]), "out.jsonl");
        await Export(new LocalSource(_home["first"]), "out.jsonl.gz");
        var lines = await File.ReadAllLinesAsync(_home["out.jsonl"]);
        var packed = await File.ReadAllBytesAsync(_home["out.jsonl.gz"]);
        var random = new Random(1);
        var at = random.Next(1, lines.Length - 1);
        Dictionary<string, string[]> damaged = new()
        {
            ["cut"] = lines[..^1],
            ["a line less"] = [.. lines[..at], .. lines[(at + 1)..]],
            ["a line twice"] = [.. lines[..at], lines[at], .. lines[at..]],
            ["another body"] = [.. lines[..at], lines[at].Replace("\"body\":\"", "\"body\":\"AAAA", StringComparison.Ordinal), .. lines[(at + 1)..]],
            ["another key"] = [.. lines[..at], lines[at].Replace("\"key\":\"", "\"key\":\"x", StringComparison.Ordinal), .. lines[(at + 1)..]],
            ["half a line"] = [.. lines[..at], lines[at][..20]],
            ["more at the end"] = [.. lines, lines[at]],
            ["another file"] = ["{}"],
            ["newer"] = [lines[0].Replace("\"format\":1", "\"format\":2", StringComparison.Ordinal), .. lines[1..]],
            ["empty"] = [],
        };
        foreach (var (name, content) in damaged)
        {
            await File.WriteAllLinesAsync(_home["damaged.jsonl"], content);
            Assert.True(await Record.ExceptionAsync(() => Import("damaged.jsonl", Target("second"))) is MoveRefusedException, name);
            Assert.False(Directory.Exists(_home["second"]), name);
        }

        await File.WriteAllBytesAsync(_home["damaged.jsonl.gz"], packed[..(packed.Length / 2)]);
        await Assert.ThrowsAsync<MoveRefusedException>(() => Import("damaged.jsonl.gz", Target("second")));
        packed[packed.Length / 2] ^= 0x10;
        await File.WriteAllBytesAsync(_home["damaged.jsonl.gz"], packed);
        await Assert.ThrowsAsync<MoveRefusedException>(() => Import("damaged.jsonl.gz", Target("second")));
    }

    [Fact]
    public async Task A_store_in_use_or_with_records_in_it_is_refused()
    {
        await _home.Fill("first");
        await Export(new LocalSource(_home["first"]), "out.jsonl");
        await using (LocalFiles.Open(LocalFiles.Store(_home["first"])))
        {
            Assert.Contains("in use", Assert.Throws<MoveRefusedException>(() => new LocalSource(_home["first"])).Message, StringComparison.Ordinal);
        }

        Assert.Contains("holds records already", (await Refused(Target("first"))).Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", Assert.Throws<MoveRefusedException>(() => new LocalSource(_home["nowhere"])).Message, StringComparison.Ordinal);
        Assert.Contains("exists", (await Assert.ThrowsAsync<MoveRefusedException>(() => Export(new LocalSource(_home["first"]), "out.jsonl"))).Message, StringComparison.Ordinal);

        var database = await servers.Prepared();
        await ServerFixture.Ask(database, "INSERT INTO orleans_cluster VALUES ('c', 1); INSERT INTO orleans_silo VALUES ('c', '10.0.0.1', 1, 1, 's', 'h', 3, 0, NULL, now(), now())");
        Assert.Contains("Stop every host", (await Assert.ThrowsAsync<MoveRefusedException>(() => PostgresSource.Open(database))).Message, StringComparison.Ordinal);
        Assert.Contains("Stop every host", (await Refused(await Target(database))).Message, StringComparison.Ordinal);
        await ServerFixture.Ask(database, "UPDATE orleans_silo SET status = 6; INSERT INTO dispatch_row VALUES ('t', 'p', 'k', 1, NULL, 'x')");
        Assert.Contains("holds records already", (await Refused(await Target(database))).Message, StringComparison.Ordinal);
        await ServerFixture.Ask(database, "TRUNCATE dispatch_row; INSERT INTO dispatch_import VALUES ('another', 5, false)");
        Assert.Contains("another import", (await Refused(await Target(database))).Message, StringComparison.Ordinal);
        Assert.Contains("not ended", (await Assert.ThrowsAsync<MoveRefusedException>(() => PostgresSource.Open(database))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StartRefusedException>(() => PostgresSchema.RequireWhole(database));
    }

    [Fact]
    public async Task What_reads_back_otherwise_is_not_called_done()
    {
        await _home.Fill("first");
        await Export(new LocalSource(_home["first"]), "out.jsonl");
        var database = await servers.Prepared();
        await ServerFixture.Ask(database, "CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.body := NEW.body || 'x'::bytea; RETURN NEW; END $$");
        await ServerFixture.Ask(database, "CREATE TRIGGER planted BEFORE INSERT ON dispatch_row FOR EACH ROW WHEN (NEW.key = 'k00007') EXECUTE FUNCTION planted()");
        Assert.Contains("table history", (await Refused(await Target(database))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StartRefusedException>(() => PostgresSchema.RequireWhole(database));
    }

    private async Task<Tally> Export(IEntrySource source, string file)
    {
        await using (source) return await Move.Export(source, _home[file], $"id of {file}");
    }

    private async Task<Tally?> Import(string file, IEntryTarget target)
    {
        await using (target) return await Move.Import(_home[file], target);
    }

    private Task<MoveRefusedException> Refused(IEntryTarget target) => Assert.ThrowsAsync<MoveRefusedException>(() => Import("out.jsonl", target));

    private static async Task<IEntryTarget> Target(PostgresSettings database) => await PostgresTarget.Open(database);

    private IEntryTarget Target(string folder) => new LocalTarget(_home[folder]);

    private static string Told(Entry entry) => string.Create(CultureInfo.InvariantCulture, $"{entry} {entry.Due} {Convert.ToBase64String(entry.Body.Span)}");
}
