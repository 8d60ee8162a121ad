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
            {wait} s after that receipt, so that all are pending before the first falls due and all fall due within {options.Span:F0} s. Half-way through the host is killed with SIGKILL and started
            again, and the phones come back and fetch. Late: from {wait} s after the first phone sent its receipt until the offer is on the second phone; what fell due while the host was down,
            or within a second after, counts from its being ready. The product's own rings at 60 s go on beside it. Floor: as many timers of .NET for each second.
            """);
        Rounds p50 = new(), p99 = new(), max = new(), after = new(), afterMax = new(), byClock = new(), down = new(), floor50 = new(), floor99 = new(), floorMax = new();
        var (missed, doubled, repeated, total) = (0, 0, 0, 0);
        for (var round = 0; round < options.Rounds; round++)
        {
            var bare = await TimerFloor.Run((int)(options.Escalations * Math.Min(1, 10 / options.Span)), TimeSpan.FromSeconds(Math.Min(10, options.Span)));
            floor50.Add(bare.Median);
            floor99.Add(bare.P99);
            floorMax.Add(bare.Max);
            var (watch, killed, ready) = await Ours(options.Escalations, span, wait);
            var (usual, late, unexcused) = Lateness(watch, wait, killed, ready);
            p50.Add(usual.Median);
            p99.Add(usual.P99);
            max.Add(usual.Max);
            after.Add(late.P99);
            afterMax.Add(late.Max);
            byClock.Add(unexcused.Max / 1000);
            down.Add(Samples.Ms(ready - killed) / 1000);
            missed += watch.Cases.Count(c => c is { Acknowledged: true, EscalatedAt: 0 });
            doubled += watch.Doubled;
            repeated += watch.Repeated;
            total += watch.Cases.Count(c => c.Acknowledged);
        }

        report.Row($"missed, of {total:N0}", $"{missed}", target: "0", verdict: missed == 0 ? Verdict.Met : Verdict.Broken);
        report.Row("doubled", $"{doubled}", target: "0", verdict: doubled == 0 ? Verdict.Met : Verdict.Broken);
        report.Row("late, p99", p99.Text("ms"), floor99.Text("ms"), $"{p99.Median / floor99.Median:F1}", $"≤ {TargetMilliseconds} ms", p99.Median <= TargetMilliseconds ? Verdict.Met : Verdict.Missed);
        report.Row("after the restart, late, p99", after.Text("ms"), "", "", $"≤ {TargetAfterRestart:N0} ms", after.Median <= TargetAfterRestart ? Verdict.Met : Verdict.Missed);
        report.Row("late, p50", p50.Text("ms"), floor50.Text("ms"));
        report.Row("late, most", max.Text("ms"), floorMax.Text("ms"));
        report.Row("after the restart, late, most", afterMax.Text("ms"));
        report.Row("killed → ready", down.Text("s"));
        report.Row("fell due while the host was down, late by the clock, most", byClock.Text("s"));
        report.Row("shown again after the kill under the same id, which a page drops", $"{repeated}");
    }

    private static async Task<(EscalationWatch Watch, long Killed, long Ready)> Ours(int count, TimeSpan span, int wait)
    {
        await using var town = await Town.Build(new TownPlan(Areas, 2, [Need.Health], (0, 1), (wait, 1)));
        var tokens = town.Responders.Select(r => r.Token).ToArray();
        var (watch, port) = (new EscalationWatch(), RunningProcess.FreePort());
        var host = await RunningProcess.Host(town, port);
        var phones = await Phones.Connect(host.Address, tokens, watch);
        var start = Stopwatch.GetTimestamp();
        await Raise(host, watch, count, span, start);
        await Task.Delay(Left(start, TimeSpan.FromSeconds(wait) + (span / 2)));

        var killed = Stopwatch.GetTimestamp();
        await host.DisposeAsync();
        phones.Dispose();
        watch.Life++;
        host = await RunningProcess.Host(town, port);
        var ready = Stopwatch.GetTimestamp();
        phones = await Phones.Connect(host.Address, tokens, watch);
        using (var calls = new Calls(host.Address))
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
        await host.DisposeAsync();
        return (watch, killed, ready);
    }

    private static Task Raise(RunningProcess host, EscalationWatch watch, int count, TimeSpan span, long start) =>
        Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Factory.StartNew(
            () =>
            {
                using var press = new RaiseClient(host.Address, [.. Enumerable.Range(0, Areas).Select(a => RaiseClient.Body(Town.Area((a + (client * Areas / Clients)) % Areas), "health"))]);
                for (var i = client; i < count; i += Clients)
                {
                    if (Left(start, span * i / count) is { Ticks: > 0 } early) Thread.Sleep(early);
                    var key = Guid.NewGuid();
                    press.Raise(key);
                    watch.Acknowledged(key);
                }
            },
            default, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    /// <summary>The last of them counts the time that the host was down, too.</summary>
    private static (Samples Usual, Samples AfterRestart, Samples ByClock) Lateness(EscalationWatch watch, int wait, long killed, long ready)
    {
        var second = Stopwatch.Frequency;
        var due = watch.Cases.Where(c => c is { FirstAt: > 0, EscalatedAt: > 0 }).Select(c => (At: c.FirstAt + (wait * second), c.EscalatedAt)).ToArray();
        bool Held((long At, long EscalatedAt) one) => one.EscalatedAt > killed && one.At < ready + second;
        return (new Samples(due.Where(d => !Held(d)).Select(d => Math.Max(0, d.EscalatedAt - d.At))),
            new Samples(due.Where(Held).Select(d => Math.Max(0, d.EscalatedAt - Math.Max(d.At, ready)))),
            new Samples(due.Where(Held).Select(d => Math.Max(0, d.EscalatedAt - d.At))));
    }

    private static TimeSpan Left(long start, TimeSpan until)
    {
        var left = until - Stopwatch.GetElapsedTime(start);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
