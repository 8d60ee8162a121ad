using Dispatch.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatch.LocalEngine.Tests;

/// <summary>A folder for one test's store.</summary>
public sealed class Folder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("dispatch-store-").FullName;

    public string File => Path.Combine(Root, "dispatch.db");

    public SqliteStore Open(string? pragmas = null, Action<Exception>? onFatal = null, int queueLimit = 50_000, int batchLimit = 512) =>
        new(File, new() { WriterPragmas = pragmas, OnFatal = onFatal, QueueLimit = queueLimit, BatchLimit = batchLimit }, NullLogger<SqliteStore>.Instance);

    /// <summary>What a power cut would leave: the files as they are now, while the store is open.</summary>
    public Folder CopyAsAfterACrash()
    {
        var copy = new Folder();
        foreach (var file in Directory.GetFiles(Root).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            System.IO.File.Copy(file, Path.Combine(copy.Root, Path.GetFileName(file)));
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
