using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Dispatch.Benchmarks.Host;

/// <summary>Processes that serve together: the hosts of a town, or a floor. They start and end at once, as after a power cut and in one.</summary>
/// <param name="all">One or several.</param>
/// <param name="supervised">One that ends by itself while it starts is started again, as a service manager does; it may have called a host that is not there yet.</param>
internal sealed class Servers(IReadOnlyList<ServerProcess> all, bool supervised = false) : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(3);
    private int _restarts;

    public int Count => all.Count;

    /// <summary>Of the last start, until all of them were ready.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>How often one ended by itself while it started, and was started again.</summary>
    public int Restarts => _restarts;

    /// <summary>This program again, as the bare hub.</summary>
    /// <param name="far">Where it pushes and texts to, or nothing.</param>
    public static Servers SignalRFloor(string folder, params string[] far)
    {
        var address = new IPEndPoint(IPAddress.Loopback, Ports.Free());
        return new([new ServerProcess("The floor", new ServerStart(address, folder,
            ["dotnet", Path.Combine(AppContext.BaseDirectory, "Dispatch.Benchmarks.dll"), "floor-signalr", address.Port.ToString(CultureInfo.InvariantCulture), Path.Combine(folder, "floor.log"), .. far], "/ready"))]);
    }

    /// <summary>The host with the product's own demo, in a folder of its own.</summary>
    public static Servers Demo(string program, string folder)
    {
        var address = new IPEndPoint(IPAddress.Loopback, Ports.Free());
        return new([new ServerProcess("The demo", new ServerStart(address, folder,
        [
            "dotnet", program, "--environment", "Development", "--urls", $"http://{address}", "--Cluster:SiloPort", $"{Ports.Free()}",
            "--Storage:Path", Path.Combine(folder, "data"), "--Keys:Path", Path.Combine(folder, "keys"), "--Demo:Password", HostProcess.Password,
        ]))]);
    }

    /// <summary>Callers are spread over all of them by their number.</summary>
    public IPEndPoint For(int caller) => all[caller % all.Count].EndPoint;

    public async Task Start()
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(all.Select(server => Start(server, clock)));
        ReadyAfter = clock.Elapsed;
    }

    /// <summary>SIGKILL for all of them: no handler runs, nothing is flushed.</summary>
    public Task Kill() => Task.WhenAll(all.Select(s => s.Kill()));

    public (double ResidentMiB, TimeSpan Processor) Usage()
    {
        var each = all.Select(s => s.Usage()).ToArray();
        return (each.Sum(u => u.ResidentMiB), TimeSpan.FromTicks(each.Sum(u => u.Processor.Ticks)));
    }

    /// <summary>Waits until they have nothing left to do: each less than a tenth of a core over half a second.</summary>
    public async Task<TimeSpan> Idle(TimeSpan within)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < within)
        {
            var (before, since) = (Usage().Processor, clock.Elapsed);
            await Task.Delay(500);
            if (Usage().Processor - before < 0.1 * all.Count * (clock.Elapsed - since)) return since;
        }

        return within;
    }

    private async Task Start(ServerProcess server, Stopwatch clock)
    {
        while (true)
        {
            try
            {
                await server.Start(StartsWithin);
                return;
            }
            catch (InvalidOperationException ended) when (supervised && clock.Elapsed < StartsWithin)
            {
                Interlocked.Increment(ref _restarts);
                await Console.Error.WriteLineAsync(ended.Message);
                await server.Kill();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in all) await server.DisposeAsync();
    }
}
