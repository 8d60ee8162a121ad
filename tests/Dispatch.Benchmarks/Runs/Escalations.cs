using System.Diagnostics;
using Dispatch.Benchmarks.Clients;
using Dispatch.Benchmarks.Floors;
using Dispatch.Benchmarks.Host;
using Dispatch.Benchmarks.Reporting;
using Dispatch.Domain.Alerts;

namespace Dispatch.Benchmarks.Runs;

/// <summary>Many unanswered alerts whose next step falls due one after the other, and a crash among them.</summary>
internal sealed class Escalations : IBenchmark
{
    private const int Areas = 200;
    private const int Clients = 8;
    private const double TargetMilliseconds = 100;
    private const double TargetAfterRestart = 1000;
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public string Name => "B5";

    public string What => "escalations on time, with a crash in the middle";

    public async Task Run(Options options, Report report)
    {
        var span = TimeSpan.FromSeconds(options.Span);
        var wait = (int)(span + Apart).TotalSeconds;
        report.Say($"""
            {options.Escalations:N0} alerts raised evenly over {options.Span:F0} s in {Areas} areas of two people each, pages open. The first person confirms each offer and does not answer; the second is due
            {wait} s after that receipt, so that all are pending before the first falls due and all fall due within {options.Span:F0} s. Half-way through the host (of several: all at once) is killed with SIGKILL and
            started again, and the phones come back and fetch. Late: from {wait} s after the first phone sent its receipt until the offer is on the second phone; what fell due while the host was down,
            or within a second after, counts from its being ready. The product's own rings at 60 s go on beside it. Floor: as many timers of .NET for each second.
            """);
        var (floor, all) = (new Lateness(), options.Setups.Select(setup => (Setup: setup, Figures: new Figures())).ToArray());
        for (var round = 0; round < options.Rounds; round++)
        {
            floor.Add(await TimerFloor.Run((int)(options.Escalations * Math.Min(1, 10 / options.Span)), TimeSpan.FromSeconds(Math.Min(10, options.Span))));
            foreach (var (setup, figures) in all)
            {
                var (watch, killed, ready) = await Ours(setup, options.Escalations, span, wait);
                figures.Add(watch, wait, killed, ready);
            }
        }

        foreach (var (setup, figures) in all)
        {
            report.Of(setup);
            Write(report, figures, floor);
        }

        report.Compare(all, ("late, p50", "ms", f => f.Usual.P50), ("late, p99", "ms", f => f.Usual.P99), ("after the restart, late, p99", "ms", f => f.AfterRestart.P99), ("killed → ready", "s", f => f.Down));
    }

    private static void Write(Report report, Figures ours, Lateness floor)
    {
        var (usual, after) = (ours.Usual, ours.AfterRestart);
        report.Promise($"missed, of {ours.Total:N0}", $"{ours.Missed}", "", "0", ours.Missed == 0);
        report.Promise("doubled", $"{ours.Doubled}", "", "0", ours.Doubled == 0);
        report.Target("late, p99", usual.P99.Text("ms"), floor.P99.Text("ms"), $"{usual.P99.Median / floor.P99.Median:F1}", $"≤ {TargetMilliseconds} ms", usual.P99.Median <= TargetMilliseconds);
        report.Target("after the restart, late, p99", after.P99.Text("ms"), "", "", $"≤ {TargetAfterRestart:N0} ms", after.P99.Median <= TargetAfterRestart);
        report.Row("late, p50", usual.P50.Text("ms"), floor.P50.Text("ms"));
        report.Row("late, most", usual.Most.Text("ms"), floor.Most.Text("ms"));
        report.Row("after the restart, late, most", after.Most.Text("ms"));
        report.Row("killed → ready", ours.Down.Text("s"));
        report.Row("fell due while the host was down, late by the clock, most", ours.ByClock.Text("s"));
        report.Row("shown again after the kill under the same id, which a page drops", $"{ours.Repeated}");
    }

    private static async Task<(EscalationWatch Watch, long Killed, long Ready)> Ours(Setup setup, int count, TimeSpan span, int wait)
    {
        await using var town = await MeasuredTown.Build(setup, new TownPlan(Areas, 2, [Need.Health], (0, 1), (wait, 1)));
        var tokens = town.Responders.Select(r => r.Token).ToArray();
        var (watch, hosts) = (new EscalationWatch(), town.Hosts);
        await hosts.Start();
        var phones = await Phones.Connect(hosts, tokens, watch);
        var start = Stopwatch.GetTimestamp();
        await Raise(hosts, watch, count, span, start);
        await Task.Delay(Left(start, TimeSpan.FromSeconds(wait) + (span / 2)));

        var killed = Stopwatch.GetTimestamp();
        await hosts.Kill();
        phones.Dispose();
        watch.Life++;
        await hosts.Start();
        var ready = Stopwatch.GetTimestamp();
        phones = await Phones.Connect(hosts, tokens, watch);
        using (var calls = new Calls(hosts.For(0)))
        {
            await Parallel.ForEachAsync(tokens, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (token, _) =>
            {
                foreach (var offer in await calls.Offers(token)) watch.Fetched(offer);
            });
        }

        while (watch.Escalated < count && Left(start, TimeSpan.FromSeconds(wait) + span + Patience) > TimeSpan.Zero) await Task.Delay(100);
        // Whatever comes twice comes soon.
        await Task.Delay(TimeSpan.FromSeconds(2));
        phones.Dispose();
        return (watch, killed, ready);
    }

    private static Task Raise(Servers hosts, EscalationWatch watch, int count, TimeSpan span, long start) =>
        Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Factory.StartNew(
            () =>
            {
                using var press = new RaiseClient(hosts.For(client), [.. Enumerable.Range(0, Areas).Select(a => RaiseClient.Body(Town.Area((a + (client * Areas / Clients)) % Areas), "health"))]);
                for (var i = client; i < count; i += Clients)
                {
                    if (Left(start, span * i / count) is { Ticks: > 0 } early) Thread.Sleep(early);
                    var key = Guid.NewGuid();
                    press.Raise(key);
                    watch.Acknowledged(key);
                }
            },
            default, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    private static TimeSpan Left(long start, TimeSpan until)
    {
        var left = until - Stopwatch.GetElapsedTime(start);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private sealed class Lateness
    {
        public Rounds P50 { get; } = new();
        public Rounds P99 { get; } = new();
        public Rounds Most { get; } = new();

        public void Add(Samples late)
        {
            P50.Add(late.Median);
            P99.Add(late.P99);
            Most.Add(late.Max);
        }
    }

    private sealed class Figures
    {
        public Lateness Usual { get; } = new();
        public Lateness AfterRestart { get; } = new();

        /// <summary>Counts the time that the host was down, too.</summary>
        public Rounds ByClock { get; } = new();
        public Rounds Down { get; } = new();
        public int Missed { get; private set; }
        public int Doubled { get; private set; }
        public int Repeated { get; private set; }
        public int Total { get; private set; }

        public void Add(EscalationWatch watch, int wait, long killed, long ready)
        {
            var second = Stopwatch.Frequency;
            var due = watch.Cases.Where(c => c is { FirstAt: > 0, EscalatedAt: > 0 }).Select(c => (At: c.FirstAt + (wait * second), c.EscalatedAt)).ToArray();
            bool Held((long At, long EscalatedAt) one) => one.EscalatedAt > killed && one.At < ready + second;
            Usual.Add(new Samples(due.Where(d => !Held(d)).Select(d => Math.Max(0, d.EscalatedAt - d.At))));
            AfterRestart.Add(new Samples(due.Where(Held).Select(d => Math.Max(0, d.EscalatedAt - Math.Max(d.At, ready)))));
            ByClock.Add(new Samples(due.Where(Held).Select(d => Math.Max(0, d.EscalatedAt - d.At))).Max / 1000);
            Down.Add(Samples.Ms(ready - killed) / 1000);
            Missed += watch.Cases.Count(c => c is { Acknowledged: true, EscalatedAt: 0 });
            Doubled += watch.Doubled;
            Repeated += watch.Repeated;
            Total += watch.Cases.Count(c => c.Acknowledged);
        }
    }
}
