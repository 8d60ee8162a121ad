using System.Diagnostics;
using Dispatch.Benchmarks.Clients;
using Dispatch.Benchmarks.Floors;
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
            POST /api/v1/alerts over keep-alive connections, each with a fresh Idempotency-Key, {options.Seconds:F0} s each after warm-up on a fresh store. {Areas} areas in turn, each with four people on
            duty and no page open: every alert is also planned and offered to two people while the next ones come in, and all stay open. Floor: one row of 256 bytes per
            commit by one client (SQLite, WAL, synchronous=FULL, one index) on the same file system.
            """);
        var (one, many, bare) = (new Figures(), new Figures(), new Figures());
        Rounds left = new(), work = new();
        for (var round = 0; round < options.Rounds; round++)
        {
            await Floor(bare, options);
            await using var town = await Town.Build(Plan);
            await using var host = await RunningProcess.Host(town);
            await Load(host, Many, TimeSpan.FromSeconds(2), null);
            await Load(host, 1, TimeSpan.FromSeconds(1), null);
            await host.Idle(TimeSpan.FromSeconds(10));
            await Load(host, 1, TimeSpan.FromSeconds(options.Seconds), one);
            await host.Idle(TimeSpan.FromSeconds(10));
            var before = host.Usage().Processor;
            var raised = await Load(host, Many, TimeSpan.FromSeconds(options.Seconds), many);
            left.Add((await host.Idle(TimeSpan.FromSeconds(30))).TotalSeconds);
            work.Add((host.Usage().Processor - before).TotalMicroseconds / raised);
        }

        Write(report, one, many, bare);
        report.Row("the host's processor time per raise, with all that follows it", work.Text("µs"));
        report.Row($"until it had nothing left to do after {Many} clients stopped", left.Text("s"));
    }

    private static void Write(Report report, Figures one, Figures many, Figures bare)
    {
        var single = one.PerSecond.Median / bare.PerSecond.Median;
        var grouped = many.PerSecond.Median / bare.PerSecond.Median;
        var gain = many.PerSecond.Median / one.PerSecond.Median;
        report.Row("1 client, raises/s against bare commits/s", one.PerSecond.Text("/s"), bare.PerSecond.Text("/s"), $"{single:F2}", "≥ 0.3", single >= 0.3 ? Verdict.Met : Verdict.Missed);
        report.Row($"{Many} clients, raises/s against bare commits/s of one client", many.PerSecond.Text("/s"), bare.PerSecond.Text("/s"), $"{grouped:F2}", "≥ 3", grouped >= 3 ? Verdict.Met : Verdict.Missed);
        report.Row($"{Many} clients against our own single client (what group commit gains)", many.PerSecond.Text("/s"), one.PerSecond.Text("/s"), $"{gain:F2}", "≥ 3", gain >= 3 ? Verdict.Met : Verdict.Missed);
        // The rate counts a disk that stalls now and then for everybody; the typical raise does not.
        report.Row("1 client, p50", one.Median.Text("ms"), bare.Median.Text("ms"), $"{one.Median.Median / bare.Median.Median:F1}");
        report.Row("1 client, p99", one.P99.Text("ms"), bare.P99.Text("ms"));
        report.Row($"{Many} clients, p50", many.Median.Text("ms"));
        report.Row($"{Many} clients, p99", many.P99.Text("ms"));
    }

    private static async Task Floor(Figures bare, Options options)
    {
        var folder = Directory.CreateTempSubdirectory("dispatch-floor-").FullName;
        var (perSecond, each) = await Task.Run(() => SqliteFloor.Run(folder, TimeSpan.FromSeconds(options.Seconds)));
        bare.Add(perSecond, each);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Gives how many were raised.</summary>
    private static async Task<int> Load(RunningProcess host, int clients, TimeSpan duration, Figures? figures)
    {
        var start = Stopwatch.GetTimestamp();
        var perClient = await Task.WhenAll(Enumerable.Range(0, clients)
            .Select(i => Task.Factory.StartNew(() => One(host, i, start, duration), default, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        var each = new Samples(perClient.SelectMany(c => c));
        figures?.Add(each.Count / Stopwatch.GetElapsedTime(start).TotalSeconds, each);
        return each.Count;
    }

    private static List<long> One(RunningProcess host, int number, long start, TimeSpan duration)
    {
        var bodies = Enumerable.Range(0, Areas).Select(a => RaiseClient.Body(Town.Area((a + number) % Areas), "health")).ToArray();
        using var client = new RaiseClient(host.Address, bodies);
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
        public Rounds PerSecond { get; } = new();
        public Rounds Median { get; } = new();
        public Rounds P99 { get; } = new();

        public void Add(double perSecond, Samples each)
        {
            PerSecond.Add(perSecond);
            Median.Add(each.Median);
            P99.Add(each.P99);
        }
    }
}
