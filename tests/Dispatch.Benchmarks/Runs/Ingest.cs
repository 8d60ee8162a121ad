using System.Diagnostics;
using System.Net;
using Dispatch.Benchmarks.Clients;
using Dispatch.Benchmarks.Host;
using Dispatch.Benchmarks.Reporting;
using Dispatch.Domain.Alerts;

namespace Dispatch.Benchmarks.Runs;

/// <summary>Raises over HTTP, each answered after its writes are on the disk.</summary>
internal sealed class Ingest : IBenchmark
{
    private const int Areas = 20;
    private const int Many = 32;
    private static readonly TownPlan Plan = new(Areas, 4, [Need.Health]);

    public string Name => "B7";

    public string What => $"durable raises over HTTP, 1 and {Many} clients";

    public async Task Run(Options options, Report report)
    {
        report.Say($"""
            POST /api/v1/alerts over keep-alive connections, each with a fresh Idempotency-Key, {options.Seconds:F0} s each after {options.WarmUp:F0} s of warm-up on a fresh store. {Areas} areas in turn, each with four people on
            duty and no page open: every alert is also planned and offered to two people while the next ones come in, and all stay open. Several hosts share the clients evenly. Floor: one row of
            256 bytes per commit by one client with one index, in SQLite (WAL, synchronous=FULL) or in the same PostgreSQL, on the same file system.
            """);
        var all = options.Setups.Select(setup => (Setup: setup, Figures: new Figures())).ToArray();
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var (setup, figures) in all) await Measure(setup, figures, TimeSpan.FromSeconds(options.WarmUp), TimeSpan.FromSeconds(options.Seconds));
        }

        foreach (var (setup, figures) in all)
        {
            report.Of(setup);
            Write(report, figures);
        }

        report.Compare(all,
            ("1 client, raises/s", "/s", f => f.One.PerSecond), ("1 client, p50", "ms", f => f.One.Median), ("1 client, p99", "ms", f => f.One.P99),
            ($"{Many} clients, raises/s", "/s", f => f.Many.PerSecond), ($"{Many} clients, p50", "ms", f => f.Many.Median), ($"{Many} clients, p99", "ms", f => f.Many.P99),
            ("the hosts' processor time per raise", "µs", f => f.Work), ("bare commits/s of the store", "/s", f => f.Bare.PerSecond));
    }

    private static async Task Measure(Setup setup, Figures figures, TimeSpan warmUp, TimeSpan duration)
    {
        await using var town = await MeasuredTown.Build(setup, Plan);
        var (perSecond, each) = await town.BareCommits(duration);
        figures.Bare.Add(perSecond, each);
        var hosts = town.Hosts;
        await hosts.Start();
        await Load(hosts, Many, warmUp, null);
        await Load(hosts, 1, TimeSpan.FromSeconds(1), null);
        await hosts.Idle(TimeSpan.FromSeconds(10));
        await Load(hosts, 1, duration, figures.One);
        await hosts.Idle(TimeSpan.FromSeconds(10));
        var before = hosts.Usage().Processor;
        var raised = await Load(hosts, Many, duration, figures.Many);
        figures.Left.Add((await hosts.Idle(TimeSpan.FromSeconds(30))).TotalSeconds);
        figures.Work.Add((hosts.Usage().Processor - before).TotalMicroseconds / raised);
    }

    private static void Write(Report report, Figures figures)
    {
        var (one, many, bare) = (figures.One, figures.Many, figures.Bare);
        var single = one.PerSecond.Median / bare.PerSecond.Median;
        var grouped = many.PerSecond.Median / bare.PerSecond.Median;
        var gain = many.PerSecond.Median / one.PerSecond.Median;
        report.Target("1 client, raises/s against bare commits/s", one.PerSecond.Text("/s"), bare.PerSecond.Text("/s"), $"{single:F2}", "≥ 0.3", single >= 0.3);
        report.Target($"{Many} clients, raises/s against bare commits/s of one client", many.PerSecond.Text("/s"), bare.PerSecond.Text("/s"), $"{grouped:F2}", "≥ 3", grouped >= 3);
        report.Target($"{Many} clients against our own single client (what group commit gains)", many.PerSecond.Text("/s"), one.PerSecond.Text("/s"), $"{gain:F2}", "≥ 3", gain >= 3);
        // The rate counts a disk that stalls now and then for everybody; the typical raise does not.
        report.Row("1 client, p50", one.Median.Text("ms"), bare.Median.Text("ms"), $"{one.Median.Median / bare.Median.Median:F1}");
        report.Row("1 client, p99", one.P99.Text("ms"), bare.P99.Text("ms"));
        report.Row($"{Many} clients, p50", many.Median.Text("ms"));
        report.Row($"{Many} clients, p99", many.P99.Text("ms"));
        report.Row("the hosts' processor time per raise, with all that follows it", figures.Work.Text("µs"));
        report.Row($"until they had nothing left to do after {Many} clients stopped", figures.Left.Text("s"));
    }

    /// <summary>Gives how many were raised.</summary>
    private static async Task<int> Load(Servers hosts, int clients, TimeSpan duration, Pace? figures)
    {
        var start = Stopwatch.GetTimestamp();
        var perClient = await Task.WhenAll(Enumerable.Range(0, clients)
            .Select(i => Task.Factory.StartNew(() => One(hosts.For(i), i, start, duration), default, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        var each = new Samples(perClient.SelectMany(c => c));
        figures?.Add(each.Count / Stopwatch.GetElapsedTime(start).TotalSeconds, each);
        return each.Count;
    }

    private static List<long> One(IPEndPoint host, int number, long start, TimeSpan duration)
    {
        var bodies = Enumerable.Range(0, Areas).Select(a => RaiseClient.Body(Town.Area((a + number) % Areas), "health")).ToArray();
        using var client = new RaiseClient(host, bodies);
        var each = new List<long>();
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            var began = Stopwatch.GetTimestamp();
            client.Raise(Guid.NewGuid());
            each.Add(Stopwatch.GetTimestamp() - began);
        }

        return each;
    }

    private sealed class Figures
    {
        public Pace One { get; } = new();
        public Pace Many { get; } = new();
        public Pace Bare { get; } = new();
        public Rounds Left { get; } = new();
        public Rounds Work { get; } = new();
    }
}
