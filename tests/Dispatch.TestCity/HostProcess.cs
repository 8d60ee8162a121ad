using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dispatch.TestCity;

/// <summary>The real host as a process of its own: started as an operator would, and killed as a power cut would.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    public const string Password = "town-square-42";

    private readonly string _folder = Directory.CreateTempSubdirectory("dispatch-").FullName;
    private readonly StringBuilder _output = new();
    private Process? _process;

    /// <param name="storagePath">Where its data is; by default in a folder of its own, deleted at the end.</param>
    /// <param name="keysPath">Where its keys are; likewise.</param>
    public HostProcess(string? storagePath = null, string? keysPath = null)
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        StoragePath = storagePath ?? Path.Combine(_folder, "data");
        KeysPath = keysPath ?? Path.Combine(_folder, "keys");
    }

    public Uri Address { get; }

    public string StoragePath { get; }

    public string KeysPath { get; }

    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Starts it and waits until it is ready, at most <paramref name="within"/>.</summary>
    public async Task Start(TimeSpan within, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "Dispatch.Web.dll"), "--urls", Address.ToString(), "--contentRoot", Path.Combine(Root, "src", "Dispatch.Web"),
                "--environment", "Development", "--Cluster:SiloPort", $"{FreePort()}", "--Storage:Path", StoragePath, "--Keys:Path", KeysPath, "--Demo:Password", Password,
            },
        };
        foreach (var argument in more) start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Ready(within);
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task Kill()
    {
        if (_process is not { } process) return;
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        _process = null;
    }

    /// <summary>SIGTERM, as a service manager stops it; gives its exit code.</summary>
    public async Task<int> Stop(TimeSpan within)
    {
        using var term = Process.Start("kill", ["-TERM", _process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync().WaitAsync(within);
        var code = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return code;
    }

    /// <summary>Waits for it to end by itself, for starts that must be refused.</summary>
    public async Task<int> Exited(TimeSpan within)
    {
        await _process!.WaitForExitAsync().WaitAsync(within);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Ready(TimeSpan within)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < within)
        {
            if (_process!.HasExited)
            {
                // Also waits for the last lines it wrote.
                await _process.WaitForExitAsync();
                throw new InvalidOperationException($"The host ended with {_process.ExitCode}:{Environment.NewLine}{Output}");
            }

            try
            {
                if ((await http.GetAsync(new Uri(Address, "/health/ready"))).StatusCode is HttpStatusCode.OK) return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
            }

            await Task.Delay(20);
        }

        throw new TimeoutException($"The host was not ready within {within}:{Environment.NewLine}{Output}");
    }

    private void Note(string? line)
    {
        lock (_output) _output.AppendLine(line);
    }

    /// <summary>One that nobody listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(Environment.GetEnvironmentVariable("DISPATCH_ROOT") ?? AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Dispatch.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests must run from a build below the folder of Dispatch.sln, or with DISPATCH_ROOT set to it");
    }
}
