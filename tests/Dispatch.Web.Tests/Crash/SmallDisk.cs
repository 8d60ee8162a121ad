using System.Diagnostics;

namespace Dispatch.Web.Tests.Crash;

/// <summary>A file system of a few megabytes, to fill. Mounting needs root; without it the test fails and says so.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    public static async Task<SmallDisk> Mount(int megabytes)
    {
        var path = Directory.CreateTempSubdirectory("dispatch-disk-").FullName;
        var code = await Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path);
        if (code != 0) throw new InvalidOperationException("This test mounts a small tmpfs and so needs to run as root");
        return new SmallDisk(path);
    }

    /// <summary>Leaves not one free block.</summary>
    public void Fill()
    {
        using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true) file.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Empty() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        await Run("umount", "-l", Path);
        Directory.Delete(Path);
    }

    private static async Task<int> Run(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
