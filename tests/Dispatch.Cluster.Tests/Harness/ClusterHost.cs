using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dispatch.Cluster.Tests.Harness;

/// <param name="Address">Where the tests and the other hosts reach it.</param>
/// <param name="Database">How it reaches PostgreSQL.</param>
/// <param name="Namespace">The network namespace that it lives in, or null for the machine's own.</param>
internal sealed record HostPlace(IPAddress Address, string Database, string? Namespace = null);

/// <summary>One host of the cluster as a process of its own. It keeps its addresses from start to start, as a machine does.</summary>
internal sealed class ClusterHost(string name, Town town, HostPlace place) : IAsyncDisposable
{
    private readonly StringBuilder _output = new();
    private readonly int _siloPort = FixedPort();
    private readonly int _port = FixedPort();
    private Process? _process;

    public string Name => name;

    public Uri Address => new($"http://{place.Address}:{_port}");

    /// <summary>It has not ended by itself.</summary>
    public bool Alive => _process is { HasExited: false };

    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    public async Task Start(TimeSpan within)
    {
        string[] before = place.Namespace is { } there ? ["ip", "netns", "exec", there] : [];
        string[] all =
        [
            .. before, "dotnet", Path.Combine(AppContext.BaseDirectory, "Dispatch.Web.dll"), "--environment", "Production", "--urls", Address.ToString(), "--Keys:Path", town.Keys,
            "--Cluster:Storage", "Postgres", "--Cluster:Postgres", place.Database, "--Cluster:Id", "town",
            "--Cluster:Address", place.Address.ToString(), "--Cluster:SiloPort", _siloPort.ToString(CultureInfo.InvariantCulture),
        ];
        // A dump of a host that was told to end at once helps nobody here and takes seconds.
        var start = new ProcessStartInfo(all[0], all[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = town.Home, Environment = { ["DOTNET_DbgEnableMiniDump"] = "0" } };
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

    /// <summary>SIGTERM, as a service manager stops it; gives its exit code and how long it took.</summary>
    public async Task<(int Code, TimeSpan Took)> Stop(TimeSpan within)
    {
        var clock = Stopwatch.StartNew();
        await Signal("-TERM");
        await _process!.WaitForExitAsync().WaitAsync(within);
        var code = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return (code, clock.Elapsed);
    }

    /// <summary>Holds it still, as a machine that is suspended: its connections stay open and it does not know that time passes.</summary>
    public Task Sleep() => Signal("-STOP");

    public Task Wake() => Signal("-CONT");

    public async Task<bool> IsReady()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        try
        {
            return (await http.GetAsync(new Uri(Address, "/health/ready"))).StatusCode is HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync() => await Kill();

    private async Task Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private async Task Ready(TimeSpan within)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < within)
        {
            if (!Alive)
            {
                // Also waits for the last lines it wrote.
                await _process!.WaitForExitAsync();
                throw new InvalidOperationException($"Host {name} ended with {_process.ExitCode}:{Environment.NewLine}{Output}");
            }

            if (await IsReady()) return;
            await Task.Delay(50);
        }

        throw new TimeoutException($"Host {name} was not ready within {within}:{Environment.NewLine}{Output}");
    }

    /// <summary>Below those that the system gives to connections, one of which could have it while this host is down.</summary>
    private static int FixedPort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Any, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; another one.
            }
        }
    }

    private void Note(string? line)
    {
        lock (_output) _output.AppendLine(line);
    }
}
