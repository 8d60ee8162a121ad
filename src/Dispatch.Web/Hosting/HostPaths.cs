namespace Dispatch.Web.Hosting;

/// <summary>Where this host keeps its data and its keys. Never in one place: who steals the data disk must not have the key.</summary>
internal sealed record HostPaths(string Storage, string Keys, bool Demo)
{
    private const string StorageSetting = "Storage:Path";
    private const string KeysSetting = "Keys:Path";

    public static HostPaths Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var demo = configuration.GetValue("Demo:Enabled", environment.IsDevelopment());
        if (demo && environment.IsProduction()) throw new StartRefusedException("Demo:Enabled is set in Production. The demo never runs there.");
        var home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "dispatch-demo");
        var storage = Path.GetFullPath(configuration[StorageSetting] ?? (demo ? Path.Combine(home, "data") : throw Missing(StorageSetting)));
        var keys = Path.GetFullPath(configuration[KeysSetting] ?? (demo ? Path.Combine(home, "keys") : throw Missing(KeysSetting)));
        if ((keys + Path.DirectorySeparatorChar).StartsWith(storage + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new StartRefusedException($"{KeysSetting} lies inside {StorageSetting}. Keep the keys apart from the data.");
        }

        return new HostPaths(storage, keys, demo);
    }

    /// <summary>The engine reads its folder from the settings: in a demo without one it gets the default.</summary>
    public void Publish(IConfiguration configuration) => configuration[StorageSetting] = Storage;

    private static StartRefusedException Missing(string setting) => new($"{setting} is not set.");
}
