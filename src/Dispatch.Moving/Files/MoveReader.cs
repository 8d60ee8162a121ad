using System.IO.Compression;
using System.Text.Json;

namespace Dispatch.Moving.Files;

/// <summary>Reads an export. <see cref="Check"/> comes first: nothing of a damaged file is ever written anywhere.</summary>
internal sealed class MoveReader(string path)
{
    private Tally? _checked;

    /// <summary>Which export it is; an import is resumed by it.</summary>
    public string Id { get; private set; } = "";

    /// <summary>What a store must hold that took everything. It differs from what the file holds where that was written when reminders were still kept finer.</summary>
    public Tally Expected { get; } = new();

    /// <summary>Reads the whole file and counts it against what its last line says.</summary>
    public async Task<Tally> Check()
    {
        Foot? foot = null;
        var tally = new Tally();
        await foreach (var entry in Lines(last => foot = last))
        {
            tally.Add(entry);
            Expected.Add(PortableOf(entry));
        }

        if (foot is null) throw Damaged("it ends before its last line");
        var sums = tally.Tables;
        foreach (var table in foot.Tables.Keys.Union(sums.Keys))
        {
            if (!Equals(foot.Tables.GetValueOrDefault(table), sums.GetValueOrDefault(table))) throw Damaged($"its table {table} is not what was written");
        }

        if (foot.Count != tally.Count || foot.Sum != tally.Sum) throw Damaged("it is not what was written");
        return _checked = tally;
    }

    public IAsyncEnumerable<Entry> Read() => _checked is null ? throw new InvalidOperationException("The file was not checked") : Lines(_ => { });

    private Entry PortableOf(Entry entry)
    {
        try
        {
            return Portable.Of(entry);
        }
        catch (JsonException exception)
        {
            throw Damaged(exception.Message);
        }
    }

    private async IAsyncEnumerable<Entry> Lines(Action<Foot> last)
    {
        await using var lines = All().GetAsyncEnumerator();
        if (!await lines.MoveNextAsync() || Parse<Head>(lines.Current) is not { Kind: Head.Export } head) throw new MoveRefusedException($"{path} is no export.");
        if (head.Format != MoveFile.Format) throw new MoveRefusedException($"{path} was written by a newer program (format {head.Format}, this one knows {MoveFile.Format}). Use that one.");
        Id = head.Id;
        for (var ended = false; await lines.MoveNextAsync();)
        {
            if (ended) throw Damaged("something follows its last line");
            if (lines.Current.StartsWith("{\"tables\"", StringComparison.Ordinal))
            {
                ended = true;
                last(Parse<Foot>(lines.Current));
                continue;
            }

            var line = Parse<Line>(lines.Current);
            yield return new Entry(line.Table, line.Partition, line.Key, line.Due, line.Body);
        }
    }

    private async IAsyncEnumerable<string> All()
    {
        await using var file = Open();
        await using var stream = MoveFile.IsCompressed(path) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        using var reader = new StreamReader(stream);
        while (await Next(reader) is { } line) yield return line;
    }

    private async Task<string?> Next(StreamReader reader)
    {
        try
        {
            var line = await reader.ReadLineAsync();
            return line?.Length > MoveFile.LongestLine ? throw Damaged("it has a line that is too long") : line;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw Damaged(exception.Message);
        }
    }

    private FileStream Open()
    {
        try
        {
            return new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MoveRefusedException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    private T Parse<T>(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Format) ?? throw Damaged("a line says nothing");
        }
        catch (JsonException exception)
        {
            throw Damaged(exception.Message);
        }
    }

    private MoveRefusedException Damaged(string what) => new($"{path} is damaged: {what}. Nothing was imported from it; export again.");

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };
}
