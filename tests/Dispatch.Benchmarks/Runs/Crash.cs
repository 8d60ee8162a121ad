using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Dispatch.Benchmarks.Clients;
using Dispatch.Benchmarks.Host;
using Dispatch.Benchmarks.Reporting;
using Dispatch.Domain.Alerts;

namespace Dispatch.Benchmarks.Runs;

/// <summary>SIGKILL in the middle of raising, again and again on one store.</summary>
internal sealed class Crash : IBenchmark
{
    private const int Clients = 8;
    private const int Areas = 20;
    private const int PerArea = 4;
    private const double TargetSeconds = 5;

    public string Name => "B3";

    public string What => "SIGKILL while raising";

    public async Task Run(Options options, Report report)
    {
        report.Say($"""
            {options.Seeds} seeds on one store that grows: {Clients} clients raise as fast as they can, the host (of several: all at once) is killed 0.3 to 1.5 s later at a moment chosen by the seed, and started again. Every alert
            that was answered with 202 is asked for with its own token after each start, and all of them once more at the end. Dispatching again: from the start of the process until a new
            raise put an offer on a phone that had connected again.
            """);
        var all = new List<(Setup Setup, Figures Figures)>();
        foreach (var setup in options.Setups) all.Add((setup, await Measure(setup, options.Seeds)));
        foreach (var (setup, figures) in all)
        {
            report.Of(setup);
            report.Promise($"acknowledged and lost, of {figures.Acknowledged:N0}", $"{figures.Lost}", "", "0", figures.Lost == 0);
            report.Target("start → dispatching again, median", figures.Dispatching.Text("s"), "", "", $"≤ {TargetSeconds} s", figures.Dispatching.Max <= TargetSeconds);
            report.Row("start → ready, median", figures.Ready.Text("s"));
            if (setup.OnPostgres) report.Row("hosts that ended while they started, and were started again", $"{figures.Restarts}");
        }

        report.Compare(all, ("start → dispatching again", "s", f => f.Dispatching), ("start → ready", "s", f => f.Ready));
    }

    private static async Task<Figures> Measure(Setup setup, int seeds)
    {
        var figures = new Figures();
        await using var town = await MeasuredTown.Build(setup, new TownPlan(Areas, PerArea, [Need.Health]));
        var (hosts, all) = (town.Hosts, new List<Raised>());
        await hosts.Start();
        for (var seed = 1; seed <= seeds; seed++)
        {
            var acknowledged = await RaiseUntilKilled(hosts, seed);
            var start = Stopwatch.GetTimestamp();
            await hosts.Start();
            figures.Ready.Add(hosts.ReadyAfter.TotalSeconds);
            await Probe(town);
            figures.Dispatching.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            using var calls = new Calls(hosts.For(seed));
            figures.Lost += await calls.Lost(acknowledged);
            all.AddRange(acknowledged);
        }

        using (var calls = new Calls(hosts.For(0))) figures.Lost = Math.Max(figures.Lost, await calls.Lost(all));
        (figures.Acknowledged, figures.Restarts) = (all.Count, hosts.Restarts);
        return figures;
    }

    private static async Task<IReadOnlyList<Raised>> RaiseUntilKilled(Servers hosts, int seed)
    {
        var acknowledged = new ConcurrentBag<Raised>();
        var raising = Enumerable.Range(0, Clients).Select(i => Task.Factory.StartNew(() => Raise(hosts.For(i), i, acknowledged), default, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
#pragma warning disable CA5394 // A seed to repeat a run by, not a secret.
        await Task.Delay(new Random(seed).Next(300, 1500));
#pragma warning restore CA5394
        await hosts.Kill();
        await Task.WhenAll(raising);
        return [.. acknowledged];
    }

    private static void Raise(IPEndPoint host, int number, ConcurrentBag<Raised> acknowledged)
    {
        try
        {
            using var client = new RaiseClient(host, [.. Enumerable.Range(0, Areas).Select(a => RaiseClient.Body(Town.Area((a + number) % Areas), "health"))]);
            while (true)
            {
                var key = Guid.NewGuid();
                client.Raise(key);
                acknowledged.Add(new Raised(key, client.Token()));
            }
        }
        catch (Exception killed) when (killed is IOException or System.Net.Sockets.SocketException)
        {
            // What was under way was never acknowledged.
        }
    }

    private static async Task Probe(MeasuredTown town)
    {
        var key = Guid.NewGuid();
        var watch = new AwaitedOffer(key);
        using var phones = await Phones.Connect(town.Hosts, [.. town.Responders.Take(PerArea).Select(r => r.Token)], watch);
        await Task.Run(() =>
        {
            using var client = new RaiseClient(town.Hosts.For(0), RaiseClient.Body(Town.Area(0), "health"));
            client.Raise(key);
        });
        await watch.Arrived.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private sealed class Figures
    {
        public int Acknowledged { get; set; }
        public int Lost { get; set; }
        public int Restarts { get; set; }
        public Rounds Ready { get; } = new();
        public Rounds Dispatching { get; } = new();
    }

    private sealed class AwaitedOffer(Guid alert) : IPhoneListener
    {
        private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Arrived => _arrived.Task;

        public void Offered(LivePhone phone, ReadOnlySpan<byte> offerId)
        {
            if (OfferName.Read(offerId).Alert == alert) _arrived.TrySetResult();
        }

        public void Recorded(LivePhone phone, long sentAt, bool refused)
        {
        }

        public void Told(LivePhone phone, ReadOnlySpan<byte> message)
        {
        }
    }
}
