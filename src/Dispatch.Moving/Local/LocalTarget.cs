using System.Text.Json;
using Dispatch.Moving.Files;
using Dispatch.Storage;

namespace Dispatch.Moving.Local;

/// <summary>A file for one machine, written under another name and given its own when it is whole: a host never sees a half of it.</summary>
internal sealed class LocalTarget(string folder) : IEntryTarget
{
    private static readonly RowKey Marker = new(LocalFiles.ImportTable, "store", "position");

    private readonly string _path = LocalFiles.Store(folder);
    private FileStream? _lock;
    private SqliteStore? _store;
    private string _import = "";

    private string Unfinished => _path + ".importing";

    private SqliteStore Store => _store ?? throw new InvalidOperationException("The import was not begun");

    public async Task<long> Begin(string import)
    {
        MakeFolder(Path.GetDirectoryName(_path)!);
        _lock = Lock();
        if (File.Exists(_path))
        {
            await _lock.DisposeAsync();
            return await IsDone(import) ? -1 : throw new MoveRefusedException($"{_path} holds records already. Import into an empty folder.");
        }

        _import = import;
        _store = LocalFiles.Open(Unfinished);
        if (await Read(_store) is not { } begun)
        {
            await Keep([Note(0)]);
            return 0;
        }

        return begun.Import == import ? begun.Position : throw new MoveRefusedException($"Another import was begun in {Unfinished}. End that one with its own file, or delete what it left.");
    }

    // One after the other: on a full disk the store keeps what it can of writes that go together, and the position might be all that it can.
    public async Task Write(IReadOnlyList<Entry> entries, long position)
    {
        await Keep([.. entries.Select(e => new RowWrite(new RowKey(e.Table, e.Partition, e.Key), e.Body, e.Due is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null))]);
        await Keep([Note(position)]);
    }

    public IAsyncEnumerable<Entry> ReadBack() => LocalFiles.Read(Store);

    public async Task Finish()
    {
        await Store.DisposeAsync();
        _store = null;
        File.Move(Unfinished, _path, overwrite: false);
        Folders.Flush(Path.GetDirectoryName(_path)!);
        File.Delete(Unfinished + ".lock");
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null) await _store.DisposeAsync();
        if (_lock is not null) await _lock.DisposeAsync();
    }

    private async Task Keep(RowWrite[] writes)
    {
        foreach (var outcome in await Store.WriteAll(writes))
        {
            if (!outcome.Stored) throw new MoveRefusedException($"{Unfinished} could not be written: {outcome.Cause?.Message}", outcome.Cause);
        }
    }

    private RowWrite Note(long position) => new(Marker, JsonSerializer.SerializeToUtf8Bytes(new Begun(_import, position)));

    private async Task<bool> IsDone(string import)
    {
        await using var store = LocalFiles.Open(_path);
        return await Read(store) is { } earlier && earlier.Import == import;
    }

    /// <summary>For this account only, as a host makes it.</summary>
    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The lock of the name that the file will have, so that no host begins a file of its own there meanwhile.</summary>
    private FileStream Lock()
    {
        try
        {
            return new FileStream(_path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MoveRefusedException($"{_path} is in use. Stop the host first.", exception);
        }
    }

    private static async Task<Begun?> Read(SqliteStore store) =>
        await store.Read(Marker) is { } row ? JsonSerializer.Deserialize<Begun>(row.Body.Span) : null;

    private sealed record Begun(string Import, long Position);
}
