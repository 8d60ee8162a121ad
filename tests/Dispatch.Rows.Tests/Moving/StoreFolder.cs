using System.Text;
using Dispatch.Moving;
using Dispatch.Moving.Local;
using Dispatch.Storage;

namespace Dispatch.Rows.Tests.Moving;

/// <summary>A folder for stores and files of one test.</summary>
internal sealed class StoreFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("dispatch-moving-").FullName;

    public string this[string name] => Path.Combine(_root, name);

    public IEnumerable<string> Names() => Directory.GetFileSystemEntries(_root).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public async Task Put(string folder, IReadOnlyList<RowWrite> writes)
    {
        Directory.CreateDirectory(this[folder]);
        await using var store = LocalFiles.Open(LocalFiles.Store(this[folder]));
        Assert.All(await store.WriteAll(writes), outcome => Assert.True(outcome.Stored));
    }

    /// <summary>States, reminders and rows of every kind, with odd keys and bodies that are no text.</summary>
    public async Task<IReadOnlyList<Entry>> Fill(string folder)
    {
        var start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        string[] alerts = ["0f8fad5b-d9cb-469f-a165-70867728950e", "0f8fad5bd9cb469fa16570867728950e", "0F8FAD5BD9CB469FA16570867728950F", "aé/😀", "a+b", "+", "plain"];
        List<RowWrite> writes =
        [
            .. alerts.Select((alert, i) => new RowWrite(new("grain-state", $"alert/{alert}", "alert"), Bytes($"{{\"value\":{i}}}"))),
            .. alerts.Select((alert, i) => Reminder($"alert/{alert}", start.AddMilliseconds(i).AddTicks(i * 10L))),
            new(new("grain-state", "protocol/bf", "protocol"), Bytes("{}")),
            new(new("grain-state", "serviceArea/BF", "setup"), Bytes("{}")),
            new(new("grain-state", "serviceArea/0", "setup"), Bytes("{}")),
            new(new("grain-state", "account/cafe+x", "account"), Bytes("{}")),
            new(new("watch", "line", "due"), Bytes("{}"), start.AddTicks(7)),
            new(new("audit", "", ""), Array.Empty<byte>()),
            new(new("claims", "é😀\uE000", "k\n\"\\"), new byte[] { 0, 255, 10, 13, 128 }),
            .. Enumerable.Range(0, 1800).Select(i => new RowWrite(new("history", $"p{i % 7}", $"k{i:00000}"), Bytes($"{{\"no\":{i}}}"))),
        ];
        await Put(folder, writes);
        return await Read(folder);
    }

    public async Task<IReadOnlyList<Entry>> Read(string folder)
    {
        await using var source = new LocalSource(this[folder]);
        List<Entry> all = [];
        await foreach (var entry in source.Read()) all.Add(entry);
        return all;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    public static RowWrite Reminder(string grain, DateTimeOffset start) =>
        new(new("grain-reminders", grain, "watch"), Bytes($"{{\"startAt\":\"{start:O}\",\"period\":\"00:01:00\"}}"), start);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}

/// <summary>Ends after some steps, before or after the last of them was kept, as a process may.</summary>
internal sealed class DyingTarget(IEntryTarget target, int stepsLeft, bool afterwards) : IEntryTarget
{
    private int _left = stepsLeft;

    public Task<long> Begin(string import) => target.Begin(import);

    public Task Write(IReadOnlyList<Entry> entries, long position) => Step(() => target.Write(entries, position));

    public IAsyncEnumerable<Entry> ReadBack() => target.ReadBack();

    public Task Finish() => Step(target.Finish);

    public ValueTask DisposeAsync() => target.DisposeAsync();

    private async Task Step(Func<Task> step)
    {
        var dies = _left-- == 0;
        if (!dies || afterwards) await step();
        if (dies) throw new IOException("The process died");
    }
}
