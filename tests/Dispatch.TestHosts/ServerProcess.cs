using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dispatch.TestHosts;

/// <param name="Address">Where it listens.</param>
/// <param name="Folder">Where it runs.</param>
/// <param name="Command">The program and what it is told.</param>
/// <param name="ReadyPath">Answers 200 once it is ready.</param>
public sealed record ServerStart(IPEndPoint Address, string Folder, IReadOnlyList<string> Command, string ReadyPath = "/health/ready");

/// <summary>A server as a process of its own: started as an operator would, and killed as a power cut would. It keeps its address from start to start, as a machine does.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const int MostOutput = 4_000_000;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(2);

    private readonly ServerStart _how;
    private readonly StringBuilder _output = new();
    private Process? _process;

    public ServerProcess(string name, ServerStart how)
    {
        (Name, _how) = (name, how);
        // Nothing outlives a run that is broken off.
        AppDomain.CurrentDomain.ProcessExit += KillNow;
    }

    public string Name { get; }

    public IPEndPoint EndPoint => _how.Address;

    public Uri Address => new($"http://{_how.Address}");

    /// <summary>It has not ended by itself.</summary>
    public bool Alive => _process is { HasExited: false };

    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Starts it and waits until it is ready, at most <paramref name="within"/>.</summary>
    public async Task Start(TimeSpan within, params string[] more)
    {
        string[] all = [.. _how.Command, .. more];
        // A dump of a host that was told to end at once helps nobody here and takes seconds.
        var start = new ProcessStartInfo(all[0], all[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _how.Folder, Environment = { ["DOTNET_DbgEnableMiniDump"] = "0" } };
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
        var code = await Exited(within);
        _process!.Dispose();
        _process = null;
        return (code, clock.Elapsed);
    }

    /// <summary>Waits for it to end by itself, for starts that must be refused.</summary>
    public async Task<int> Exited(TimeSpan within)
    {
        await _process!.WaitForExitAsync().WaitAsync(within);
        return _process.ExitCode;
    }

    /// <summary>Holds it still, as a machine that is suspended: its connections stay open and it does not know that time passes.</summary>
    public Task Sleep() => Signal("-STOP");

    public Task Wake() => Signal("-CONT");

    public (double ResidentMiB, TimeSpan Processor) Usage()
    {
        _process!.Refresh();
        return (_process.WorkingSet64 / (1024.0 * 1024), _process.TotalProcessorTime);
    }

    /// <summary>Asked with as little as can be, because it is asked often while it starts.</summary>
    public async Task<bool> IsReady()
    {
        using var limit = new CancellationTokenSource(AnswersWithin);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var answer = new byte[64];
        try
        {
            await socket.ConnectAsync(_how.Address, limit.Token);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {_how.ReadyPath} HTTP/1.1\r\nHost: {_how.Address}\r\nConnection: close\r\n\r\n"), limit.Token);
            var got = await socket.ReceiveAsync(answer, limit.Token);
            return answer.AsSpan(0, got).IndexOf(" 200 "u8) > 0;
        }
        catch (Exception silent) when (silent is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        AppDomain.CurrentDomain.ProcessExit -= KillNow;
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
                throw new InvalidOperationException($"{Name} ended with {_process.ExitCode}:{Environment.NewLine}{Output}");
            }

            if (await IsReady()) return;
            await Task.Delay(LookEvery);
        }

        throw new TimeoutException($"{Name} was not ready within {within}:{Environment.NewLine}{Output}");
    }

    private async Task Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private void KillNow(object? sender, EventArgs exit)
    {
        if (Alive) _process!.Kill();
    }

    /// <summary>The end of a long story is what a failure needs.</summary>
    private void Note(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
            if (_output.Length > MostOutput) _output.Remove(0, MostOutput / 2);
        }
    }
}
