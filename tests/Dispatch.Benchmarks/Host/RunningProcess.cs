using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dispatch.Benchmarks.Host;

/// <summary>A server as a process of its own on a loopback port: the host, or a floor.</summary>
internal sealed class RunningProcess : IAsyncDisposable
{
    private readonly StringBuilder _output = new();
    private readonly Process _process;

    private RunningProcess(Process process, IPEndPoint address)
    {
        (_process, Address) = (process, address);
        // Nothing outlives a run that is broken off.
        AppDomain.CurrentDomain.ProcessExit += KillNow;
    }

    public IPEndPoint Address { get; }

    /// <summary>From the start of the process until it said that it was ready.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>The host on a town's store, as an operator would run it.</summary>
    public static Task<RunningProcess> Host(Town town, int? port = null) =>
        Start(town.Home, "/health/ready", port, p => [Path.Combine(AppContext.BaseDirectory, "Dispatch.Web.dll"),
            "--environment", "Production", "--urls", $"http://127.0.0.1:{p}", "--Storage:Path", town.Storage, "--Keys:Path", town.Keys]);

    /// <summary>The host with the product's own demo, in a folder of its own.</summary>
    public static Task<RunningProcess> Demo(string folder) =>
        Start(folder, "/health/ready", null, p => [Path.Combine(AppContext.BaseDirectory, "Dispatch.Web.dll"),
            "--environment", "Development", "--urls", $"http://127.0.0.1:{p}", "--Storage:Path", Path.Combine(folder, "data"), "--Keys:Path", Path.Combine(folder, "keys"),
            "--Demo:Password", "town-square-42"]);

    /// <summary>This program again, as the bare hub.</summary>
    public static Task<RunningProcess> SignalRFloor(string log, int? port = null) =>
        Start(Path.GetDirectoryName(log)!, "/ready", port, p => [Path.Combine(AppContext.BaseDirectory, "Dispatch.Benchmarks.dll"), "floor-signalr", p.ToString(CultureInfo.InvariantCulture), log]);

    public (double ResidentMiB, TimeSpan Processor) Usage()
    {
        _process.Refresh();
        return (_process.WorkingSet64 / (1024.0 * 1024), _process.TotalProcessorTime);
    }

    /// <summary>Waits until it has nothing left to do: less than a tenth of a core over half a second.</summary>
    public async Task<TimeSpan> Idle(TimeSpan within)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < within)
        {
            var (before, since) = (Usage().Processor, clock.Elapsed);
            await Task.Delay(500);
            if (Usage().Processor - before < 0.1 * (clock.Elapsed - since)) return since;
        }

        return within;
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task Kill()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        AppDomain.CurrentDomain.ProcessExit -= KillNow;
        _process.Dispose();
    }

    private void KillNow(object? sender, EventArgs exit)
    {
        if (!_process.HasExited) _process.Kill();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<RunningProcess> Start(string folder, string readyPath, int? port, Func<int, string[]> arguments)
    {
        var chosen = port ?? FreePort();
        var start = new ProcessStartInfo("dotnet", arguments(chosen)) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        var clock = Stopwatch.StartNew();
        var running = new RunningProcess(Process.Start(start)!, new IPEndPoint(IPAddress.Loopback, chosen));
        running._process.OutputDataReceived += (_, line) => running.Note(line.Data);
        running._process.ErrorDataReceived += (_, line) => running.Note(line.Data);
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        await running.Ready(readyPath, clock);
        running.ReadyAfter = clock.Elapsed;
        return running;
    }

    private async Task Ready(string path, Stopwatch clock)
    {
        var request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {Address}\r\nConnection: close\r\n\r\n");
        var answer = new byte[64];
        while (clock.Elapsed < TimeSpan.FromMinutes(2))
        {
            if (_process.HasExited)
            {
                await _process.WaitForExitAsync();
                throw new InvalidOperationException($"The process ended with {_process.ExitCode}:{Environment.NewLine}{Output()}");
            }

            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(Address);
                await socket.SendAsync(request);
                var got = await socket.ReceiveAsync(answer);
                if (answer.AsSpan(0, got).IndexOf(" 200 "u8) > 0) return;
            }
            catch (SocketException)
            {
                // Not listening yet.
            }

            await Task.Delay(5);
        }

        throw new TimeoutException($"The process was not ready in time:{Environment.NewLine}{Output()}");
    }

    public string Output()
    {
        lock (_output) return _output.ToString();
    }

    private void Note(string? line)
    {
        lock (_output)
        {
            if (_output.Length < 100_000) _output.AppendLine(line);
        }
    }
}
