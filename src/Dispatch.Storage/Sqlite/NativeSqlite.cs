using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Dispatch.Storage;

/// <summary>Chooses the native SQLite once per process: the system's, which gets security updates, or else the one in the package.</summary>
internal static class NativeSqlite
{
    // Older ones lack fixes of the write-ahead log and its recovery.
    private const int OldestVersion = 3_035_000;
    private static readonly Lazy<string> Chosen = new(Choose);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int AsksForNumber();

    /// <summary>Loads the library if need be, and says which one it is.</summary>
    public static string Load() => Chosen.Value;

    private static string Choose()
    {
        var system = FindSystemLibrary();
        if (system != 0)
        {
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (name, _, _) => name == "e_sqlite3" ? system : 0);
        }

        Batteries_V2.Init();
        return $"SQLite {raw.sqlite3_libversion().utf8_to_string()} ({(system != 0 ? "the system's library" : "the library in the package")})";
    }

    private static nint FindSystemLibrary()
    {
        string[] names = OperatingSystem.IsLinux() ? ["libsqlite3.so.0"] : OperatingSystem.IsMacOS() ? ["/usr/lib/libsqlite3.dylib"] : [];
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, Assembly.GetExecutingAssembly(), null, out var library))
            {
                if (Ask(library, "sqlite3_libversion_number") >= OldestVersion && Ask(library, "sqlite3_threadsafe") != 0)
                {
                    return library;
                }

                NativeLibrary.Free(library);
            }
        }

        return 0;
    }

    private static int Ask(nint library, string function) =>
        NativeLibrary.TryGetExport(library, function, out var address) ? Marshal.GetDelegateForFunctionPointer<AsksForNumber>(address)() : 0;
}
