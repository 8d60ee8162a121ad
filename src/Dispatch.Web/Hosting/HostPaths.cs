using Dispatch.Grains.Hosting;

namespace Dispatch.Web.Hosting;

/// <summary>Where this host keeps its data and its keys. Never in one place: who steals the data disk must not have the key.</summary>
/// <param name="Storage">Null where a cluster keeps the data elsewhere.</param>
internal sealed record HostPaths(string? Storage, string Keys, bool Demo)
{
    private const string StorageSetting = "Storage:Path";
    private const string KeysSetting = "Keys:Path";

    public static HostPaths Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var demo = configuration.GetValue("Demo:Enabled", environment.IsDevelopment());
        if (demo && environment.IsProduction()) throw new StartRefusedException("Demo:Enabled is set in Production. The demo never runs there.");
        var home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "dispatch-demo");
        var storage = configuration["Cluster:Storage"] is null or "Local"
            ? Full(configuration[StorageSetting] ?? (demo ? Path.Combine(home, "data") : throw Missing(StorageSetting)))
            : null;
        var keys = Full(configuration[KeysSetting] ?? (demo ? Path.Combine(home, "keys") : throw Missing(KeysSetting)));
        if (storage is null) return new HostPaths(null, keys, demo);
        if (Within(storage, keys)) throw new StartRefusedException($"{KeysSetting} lies inside {StorageSetting}. Keep the keys apart from the data.");
        if (Within(keys, storage)) throw new StartRefusedException($"{StorageSetting} lies inside {KeysSetting}. Keep the keys apart from the data.");
        return new HostPaths(storage, keys, demo);
    }

    /// <summary>The engine reads its folder from the settings: in a demo without one it gets the default.</summary>
    public void Publish(IConfiguration configuration)
    {
        if (Storage is null) return;
        MakeFolder(Storage);
        configuration[StorageSetting] = Storage;
    }

    /// <summary>A folder that is made here is for this account only; one that is there already is as its operator wants it.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>A slash at its end is no other folder.</summary>
    private static string Full(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private static bool Within(string outer, string inner) =>
        inner == outer || inner.StartsWith(Path.EndsInDirectorySeparator(outer) ? outer : outer + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static StartRefusedException Missing(string setting) => new($"{setting} is not set.");
}
