using System.Diagnostics;
using Dispatch.Benchmarks.Clients;
using Dispatch.Benchmarks.Floors;
using Dispatch.Benchmarks.Host;
using Dispatch.Benchmarks.Reporting;
using Dispatch.Domain.Alerts;
using Dispatch.TestPostgres;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Benchmarks.Runs;

/// <summary>Beds that are held and given back, many houses and one that everybody asks.</summary>
internal sealed class BedHolds : IBenchmark
{
    private const int Houses = 50;
    private const int BedsEach = 10;

    /// <summary>Fewer than the clients want at a time: some are refused.</summary>
    private const int BedsOfTheHotOne = 12;
    private const int Clients = 8;
    private const double Target = 0.7;

    /// <summary>A session may ask so often in a row; what comes after it waits for its turn.</summary>
    private const int MostOverHttp = 280;

    private static readonly int[] Beds = [.. Enumerable.Repeat(BedsEach, Houses), BedsOfTheHotOne];
    private static readonly Range Spread = ..Houses;
    private static readonly Range Hot = Houses..;

    public string Name => "B6";

    public string What => $"bed holds, {Houses} shelters and one hot shelter";

    public async Task Run(Options options, Report report)
    {
        var overHttp = Math.Min(options.Holds, MostOverHttp);
        report.Say($"""
            {Clients} clients hold a bed and give back the one they have had for longest, two at a time each, for {options.Seconds:F0} s after {options.WarmUp:F0} s to warm up: first in {Houses} houses of {BedsEach} beds at random, then all of them
            in one house of {BedsOfTheHotOne}, where some are refused. A hold counts when it is on the disk; each has its release beside it, which takes a write too. The clients ask the houses' own ledgers, as alerts do, within the
            process of one host (also where several are measured). Floor: the same in a PostgreSQL of this run's own, with fsync: `FOR UPDATE SKIP LOCKED` and a unique reservation, one prepared statement and one commit each, one
            connection for each client. Then one client alone, and {overHttp} holds over HTTP as a call-taker asks for them, one after the other, each for another alert: beside the house's own write it takes an audit line, the
            alert's request and what the house answered to it. They are set beside one bare commit of one row in the product's own store.
            """);
        var floor = new Figures();
        var all = options.Setups.Select(setup => (Setup: setup, Figures: new Figures())).ToArray();
        for (var round = 0; round < options.Rounds; round++)
        {
            await Floor(floor, options);
            foreach (var (setup, figures) in all) await Ours(setup, figures, options, overHttp);
        }

        foreach (var (setup, figures) in all)
        {
            report.Of(setup);
            Write(report, figures, floor);
        }

        report.Compare(all,
            ("holds in many houses", "/s", f => f.Spread.PerSecond), ("holds in one house", "/s", f => f.Hot.PerSecond), ("one client, p50", "ms", f => f.One.Median),
            ("over HTTP, p50", "ms", f => f.Http.Median), ("bare commit, p50", "ms", f => f.Bare.Median));
    }

    private static void Write(Report report, Figures ours, Figures floor)
    {
        var (spread, hot) = (Ratio(ours.Spread.PerSecond, floor.Spread.PerSecond), Ratio(ours.Hot.PerSecond, floor.Hot.PerSecond));
        report.Target($"holds in {Houses} houses, {Clients} clients", ours.Spread.PerSecond.Text("/s"), floor.Spread.PerSecond.Text("/s"), $"{spread:F2}", $"≥ {Target}", spread >= Target);
        report.Target($"holds in one house, {Clients} clients", ours.Hot.PerSecond.Text("/s"), floor.Hot.PerSecond.Text("/s"), $"{hot:F2}", $"≥ {Target}", hot >= Target);
        report.Promise($"beds in two hands, of {ours.Holds:N0} holds", $"{ours.Doubled}", $"{floor.Doubled} of {floor.Holds:N0}", "0", ours.Doubled == 0);
        report.Row($"in {Houses} houses, p50", ours.Spread.Median.Text("ms"), floor.Spread.Median.Text("ms"), $"{Ratio(ours.Spread.Median, floor.Spread.Median):F2}");
        report.Row($"in {Houses} houses, p99", ours.Spread.P99.Text("ms"), floor.Spread.P99.Text("ms"), $"{Ratio(ours.Spread.P99, floor.Spread.P99):F2}");
        report.Row("in one house, p50", ours.Hot.Median.Text("ms"), floor.Hot.Median.Text("ms"), $"{Ratio(ours.Hot.Median, floor.Hot.Median):F2}");
        report.Row("in one house, p99", ours.Hot.P99.Text("ms"), floor.Hot.P99.Text("ms"), $"{Ratio(ours.Hot.P99, floor.Hot.P99):F2}");
        report.Row("one client, p50, beside PostgreSQL", ours.One.Median.Text("ms"), floor.One.Median.Text("ms"), $"{Ratio(ours.One.Median, floor.One.Median):F2}");
        report.Row("one client, p50, beside one bare commit", ours.One.Median.Text("ms"), ours.Bare.Median.Text("ms"), $"{Ratio(ours.One.Median, ours.Bare.Median):F1}");
        report.Row("one client, p99, beside one bare commit", ours.One.P99.Text("ms"), ours.Bare.P99.Text("ms"), $"{Ratio(ours.One.P99, ours.Bare.P99):F1}");
        report.Row("over HTTP, p50, beside one bare commit", ours.Http.Median.Text("ms"), ours.Bare.Median.Text("ms"), $"{Ratio(ours.Http.Median, ours.Bare.Median):F1}");
        report.Row("over HTTP, p99, beside one bare commit", ours.Http.P99.Text("ms"), ours.Bare.P99.Text("ms"), $"{Ratio(ours.Http.P99, ours.Bare.P99):F1}");
    }

    private static double Ratio(Rounds ours, Rounds floor) => ours.Median / floor.Median;

    private static async Task Floor(Figures figures, Options options)
    {
        await using var server = await PostgresServer.Create();
        var database = await server.CreateDatabase();
        await PostgresBeds.Create(database, Beds);
        await Measure(figures, options, name => PostgresBeds.Connect(database, name));
    }

    private static async Task Ours(Setup setup, Figures figures, Options options, int overHttp)
    {
        await using var town = await MeasuredTown.Build(setup, new TownPlan(1, 2, [Need.Health]) { Beds = Beds });
        var (perSecond, each) = await town.BareCommits(TimeSpan.FromSeconds(options.Seconds));
        figures.Bare.Add(perSecond, each);
        await using (var host = town.Inside())
        {
            await host.StartAsync();
            var grains = host.Services.GetRequiredService<IGrainFactory>();
            await Measure(figures, options, name => Task.FromResult<IBedClient>(new HouseClient(grains, name)));
            await host.StopAsync();
        }

        await town.Hosts.Start();
        figures.Http.Add(0, new Samples(await OverHttp(town, overHttp)));
    }

    private static async Task Measure(Figures figures, Options options, Func<string, Task<IBedClient>> connect)
    {
        var load = new BedLoad(Beds);
        var (warmUp, duration) = (TimeSpan.FromSeconds(options.WarmUp), TimeSpan.FromSeconds(options.Seconds));
        await With(connect, "warm-spread", Clients, clients => load.Run(clients, Spread, warmUp));
        await With(connect, "warm-hot", Clients, clients => load.Run(clients, Hot, warmUp));
        var spread = await With(connect, "spread", Clients, clients => load.Run(clients, Spread, duration));
        var hot = await With(connect, "hot", Clients, clients => load.Run(clients, Hot, duration));
        var one = await With(connect, "one", 1, clients => load.Run(clients, Spread, duration));
        if (load.Left != 0) throw new InvalidOperationException($"{load.Left} beds were not given back.");
        figures.Spread.Add(spread.PerSecond, spread.Each);
        figures.Hot.Add(hot.PerSecond, hot.Each);
        figures.One.Add(one.PerSecond, one.Each);
        figures.Doubled += load.Doubled;
        figures.Holds += spread.Each.Count + hot.Each.Count + one.Each.Count;
    }

    private static async Task<T> With<T>(Func<string, Task<IBedClient>> connect, string name, int count, Func<IReadOnlyList<IBedClient>, Task<T>> work)
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, count).Select(i => connect($"{name}-{i}")));
        var result = await work(clients);
        foreach (var client in clients) await client.DisposeAsync();
        return result;
    }

    /// <summary>Each for an alert that was raised before and that nothing else is done about at that moment.</summary>
    private static async Task<List<long>> OverHttp(MeasuredTown town, int holds)
    {
        using var calls = new Calls(town.Hosts.For(0));
        using var raising = new RaiseClient(town.Hosts.For(0), RaiseClient.Body(Town.Area(0), "health"));
        var alerts = Enumerable.Range(0, holds).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var alert in alerts) raising.Raise(alert);
        await town.Hosts.Idle(TimeSpan.FromSeconds(30));
        var each = new List<long>();
        for (var i = 0; i < holds; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await calls.Hold(alerts[i], Town.House(i % Houses), town.OnTheLine.Token);
            each.Add(Stopwatch.GetTimestamp() - began);
        }

        return each;
    }

    private sealed class Figures
    {
        public int Doubled { get; set; }
        public int Holds { get; set; }
        public Pace Spread { get; } = new();
        public Pace Hot { get; } = new();
        public Pace One { get; } = new();
        public Pace Http { get; } = new();
        public Pace Bare { get; } = new();
    }
}
