using System.Collections.Concurrent;
using System.Diagnostics;
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
            {options.Seeds} seeds on one store that grows: {Clients} clients raise as fast as they can, the host is killed 0.3 to 1.5 s later at a moment chosen by the seed, and started again. Every alert
            that was answered with 202 is asked for with its own token after each start, and all of them once more at the end. Dispatching again: from the start of the process until a new
            raise put an offer on a phone that had connected again.
            """);
        await using var town = await Town.Build(new TownPlan(Areas, PerArea, [Need.Health]));
        var port = RunningProcess.FreePort();
        var all = new List<Raised>();
        var (lost, ready, dispatching) = (0, new Rounds(), new Rounds());
        var host = await RunningProcess.Host(town, port);
        for (var seed = 1; seed <= options.Seeds; seed++)
        {
            var acknowledged = await RaiseUntilKilled(host, seed);
            await host.DisposeAsync();
            var start = Stopwatch.GetTimestamp();
            host = await RunningProcess.Host(town, port);
            ready.Add(host.ReadyAfter.TotalSeconds);
            await Probe(host, town);
            dispatching.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            using var calls = new Calls(host.Address);
            lost += await calls.Lost(acknowledged);
            all.AddRange(acknowledged);
        }

        using (var calls = new Calls(host.Address)) lost = Math.Max(lost, await calls.Lost(all));
        await host.DisposeAsync();
        report.Row($"acknowledged and lost, of {all.Count:N0}", $"{lost}", target: "0", verdict: lost == 0 ? Verdict.Met : Verdict.Broken);
        report.Row("start → dispatching again, median", dispatching.Text("s"), target: $"≤ {TargetSeconds} s", verdict: dispatching.Max <= TargetSeconds ? Verdict.Met : Verdict.Missed);
        report.Row("start → ready, median", ready.Text("s"));
    }

    private static async Task<IReadOnlyList<Raised>> RaiseUntilKilled(RunningProcess host, int seed)
    {
        var acknowledged = new ConcurrentBag<Raised>();
        var raising = Enumerable.Range(0, Clients).Select(i => Task.Factory.StartNew(() => Raise(host, i, acknowledged), default, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
#pragma warning disable CA5394 // A seed to repeat a run by, not a secret.
        await Task.Delay(new Random(seed).Next(300, 1500));
#pragma warning restore CA5394
        await host.Kill();
        await Task.WhenAll(raising);
        return [.. acknowledged];
    }

    private static void Raise(RunningProcess host, int number, ConcurrentBag<Raised> acknowledged)
    {
        try
        {
            using var client = new RaiseClient(host.Address, [.. Enumerable.Range(0, Areas).Select(a => RaiseClient.Body(Town.Area((a + number) % Areas), "health"))]);
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

    private static async Task Probe(RunningProcess host, Town town)
    {
        var key = Guid.NewGuid();
        var watch = new AwaitedOffer(key);
        using var phones = await Phones.Connect(host.Address, [.. town.Responders.Take(PerArea).Select(r => r.Token)], watch);
        await Task.Run(() =>
        {
            using var client = new RaiseClient(host.Address, RaiseClient.Body(Town.Area(0), "health"));
            client.Raise(key);
        });
        await watch.Arrived.WaitAsync(TimeSpan.FromSeconds(60));
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
