using System.Net;
using Dispatch.TestPrograms;

namespace Dispatch.TestHosts;

/// <summary>The real host with the product's own demo, on one file.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    public const string Password = "town-square-42";

    private readonly string _folder = Directory.CreateTempSubdirectory("dispatch-").FullName;
    private readonly ServerProcess _process;

    /// <param name="storagePath">Where its data is; by default in a folder of its own, deleted at the end.</param>
    /// <param name="keysPath">Where its keys are; likewise.</param>
    public HostProcess(string? storagePath = null, string? keysPath = null)
    {
        var address = new IPEndPoint(IPAddress.Loopback, Ports.Free());
        (StoragePath, KeysPath) = (storagePath ?? Path.Combine(_folder, "data"), keysPath ?? Path.Combine(_folder, "keys"));
        _process = new ServerProcess("The host", new ServerStart(address, _folder,
        [
            "dotnet", Town.Program, "--urls", $"http://{address}", "--contentRoot", Path.Combine(Root, "src", "Dispatch.Web"),
            "--environment", "Development", "--Cluster:SiloPort", $"{Ports.Free()}", "--Storage:Path", StoragePath, "--Keys:Path", KeysPath, "--Demo:Password", Password,
        ]));
    }

    public Uri Address => _process.Address;

    public string StoragePath { get; }

    public string KeysPath { get; }

    public string Output => _process.Output;

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Starts it and waits until it is ready, at most <paramref name="within"/>.</summary>
    public Task Start(TimeSpan within, params string[] more) => _process.Start(within, more);

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public Task Kill() => _process.Kill();

    /// <summary>SIGTERM, as a service manager stops it; gives its exit code.</summary>
    public async Task<int> Stop(TimeSpan within) => (await _process.Stop(within)).Code;

    /// <summary>Waits for it to end by itself, for starts that must be refused.</summary>
    public Task<int> Exited(TimeSpan within) => _process.Exited(within);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(Environment.GetEnvironmentVariable("DISPATCH_ROOT") ?? AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Dispatch.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests must run from a build below the folder of Dispatch.sln, or with DISPATCH_ROOT set to it");
    }
}
