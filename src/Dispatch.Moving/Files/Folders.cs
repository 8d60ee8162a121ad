using System.Runtime.InteropServices;

namespace Dispatch.Moving.Files;

/// <summary>A file's new name survives a power cut only once its folder is on the disk too.</summary>
internal static partial class Folders
{
    private const int ReadOnly = 0;

    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(folder, ReadOnly);
        if (handle < 0) throw new IOException($"{folder} cannot be opened (error {Marshal.GetLastPInvokeError()})");
        try
        {
            if (FSync(handle) != 0) throw new IOException($"{folder} cannot be written to the disk (error {Marshal.GetLastPInvokeError()})");
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
