using System.IO.Compression;
using System.Text.Json;

namespace Dispatch.Moving.Files;

/// <summary>Writes beside the name and takes the name when everything is on the disk: a file with that name is whole.</summary>
internal static class MoveWriter
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    public static async Task<Tally> Write(string path, string id, IAsyncEnumerable<Entry> entries)
    {
        if (File.Exists(path)) throw new MoveRefusedException($"{path} exists. Name a file that does not, or move it away.");
        var part = path + ".part";
        var tally = new Tally();
        try
        {
            await using (var file = new FileStream(part, Options()))
            {
                await using (var packed = MoveFile.IsCompressed(path) ? new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true) : null)
                {
                    await Write(packed ?? (Stream)file, id, entries, tally);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: false);
            Folders.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch
        {
            File.Delete(part);
            throw;
        }

        return tally;
    }

    private static async Task Write(Stream stream, string id, IAsyncEnumerable<Entry> entries, Tally tally)
    {
        await Append(stream, new Head(Head.Export, MoveFile.Format, id));
        await foreach (var entry in entries)
        {
            tally.Add(entry);
            await Append(stream, new Line(entry.Table, entry.Partition, entry.Key, entry.Body.ToArray()) { Due = entry.Due });
        }

        await Append(stream, new Foot(tally.Tables, tally.Count, tally.Sum));
    }

    private static async Task Append<T>(Stream stream, T line)
    {
        await JsonSerializer.SerializeAsync(stream, line, JsonSerializerOptions.Web);
        await stream.WriteAsync(NewLine);
    }

    // What is in it is sealed, and still for nobody else.
    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.Asynchronous, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
