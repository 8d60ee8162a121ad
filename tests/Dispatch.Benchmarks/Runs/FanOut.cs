using System.Diagnostics;
using Dispatch.Benchmarks.Clients;
using Dispatch.Benchmarks.Host;
using Dispatch.Benchmarks.Reporting;
using Dispatch.Domain.Alerts;

namespace Dispatch.Benchmarks.Runs;

/// <summary>One alert that asks everybody at once.</summary>
internal sealed class FanOut : IBenchmark
{
    private const int WarmUp = 5;
    private const double Target = 1.25;

    /// <summary>A step asks 250 people for each need at most, so that four needs ask a thousand.</summary>
    private static readonly Need[] Needs = [Need.Health, Need.Psychosocial, Need.Legal, Need.Transport];

    public string Name => "B1";

    public string What => "one alert, one send to each live phone, every receipt durable";

    public async Task Run(Options options, Report report)
    {
        var perNeed = Math.Min(options.Phones, 1000) / Needs.Length;
        var phones = perNeed * Needs.Length;
        report.Say($"""
            {phones} phones on as many accounts, each with its page open; one alert with four needs asks {perNeed} people for each in its first step. Each phone answers with a receipt by a hub
            invocation, which completes when the receipt is on the disk: "all recorded" is the last completion on the last phone, from the moment before the raise was sent. A supervisor's
            console is open too. Several hosts share the pages evenly and the raises in turn. {options.Alerts} alerts a round after {WarmUp} to warm up; each is cancelled and its {phones} withdrawals awaited before the next. Floor: a bare hub in its own
            process with the same clients: the alert fsynced, one send for each connection, receipts appended with a shared fsync before their invocations complete.
            """);
        var floor = new Figures();
        var all = options.Setups.Select(setup => (Setup: setup, Figures: new Figures())).ToArray();
        for (var round = 0; round < options.Rounds; round++)
        {
            await Floor(floor, phones, options.Alerts);
            foreach (var (setup, figures) in all) await Ours(setup, figures, perNeed, phones, options.Alerts);
        }

        foreach (var (setup, figures) in all)
        {
            report.Of(setup);
            Write(report, figures, floor, phones);
        }

        report.Compare(all,
            ("raise → 202, median", "ms", f => f.Accepted), ("raise → first offer on a phone, median", "ms", f => f.First), ("raise → last offer on a phone, median", "ms", f => f.Arrived),
            ("raise → offer on the phone, p99 over all", "ms", f => f.ArrivedP99), ($"raise → all {phones} receipts durable, median", "ms", f => f.Recorded),
            ("raise → receipt durable, p99 over all receipts", "ms", f => f.RecordedP99), ("the servers' processor time per alert", "ms", f => f.Work));
    }

    private static void Write(Report report, Figures ours, Figures floor, int phones)
    {
        var ratio = ours.Recorded.Median / floor.Recorded.Median;
        report.Target($"raise → all {phones} receipts durable, median", ours.Recorded.Text("ms"), floor.Recorded.Text("ms"), $"{ratio:F2}", $"≤ {Target}", ratio <= Target);
        report.Promise("phones asked twice, receipts refused", $"{ours.Wrong}", $"{floor.Wrong}", "0", ours.Wrong == 0);
        report.Row("raise → receipt durable, p99 over all receipts", ours.RecordedP99.Text("ms"), floor.RecordedP99.Text("ms"), $"{ours.RecordedP99.Median / floor.RecordedP99.Median:F2}");
        report.Row("raise → 202, median", ours.Accepted.Text("ms"), floor.Accepted.Text("ms"));
        report.Row("raise → first offer on a phone, median", ours.First.Text("ms"), floor.First.Text("ms"));
        report.Row("raise → last offer on a phone, median", ours.Arrived.Text("ms"), floor.Arrived.Text("ms"));
        report.Row("raise → offer on the phone, p99 over all", ours.ArrivedP99.Text("ms"), floor.ArrivedP99.Text("ms"));
        report.Row("receipt sent → durable, p99", ours.ReceiptP99.Text("ms"), floor.ReceiptP99.Text("ms"));
        report.Row("the servers' processor time per alert", ours.Work.Text("ms"), floor.Work.Text("ms"));
    }

    private static async Task Floor(Figures figures, int count, int alerts)
    {
        var folder = Directory.CreateTempSubdirectory("dispatch-floor-").FullName;
        await using (var floor = Servers.SignalRFloor(folder))
        {
            await floor.Start();
            await Measure(floor, figures, [.. Enumerable.Repeat("none", count)], consoleToken: null, alerts);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task Ours(Setup setup, Figures figures, int perNeed, int count, int alerts)
    {
        await using var town = await MeasuredTown.Build(setup, new TownPlan(1, count, Needs, (0, perNeed)));
        await town.Hosts.Start();
        await Measure(town.Hosts, figures, [.. town.Responders.Select(r => r.Token)], town.OnTheLine.Token, alerts);
    }

    private static async Task Measure(Servers servers, Figures figures, string[] tokens, string? consoleToken, int alerts)
    {
        var watch = new FanOutWatch(tokens.Length);
        using var phones = await Phones.Connect(servers, tokens, watch);
        using var console = await Phones.Connect(servers, consoleToken is null ? [] : [consoleToken], new Unheard());
        var body = RaiseClient.Body(Town.Area(0), [.. Needs.Select(n => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(n.ToString()))]);
        var clients = Enumerable.Range(0, servers.Count).Select(n => new RaiseClient(servers.For(n), body)).ToArray();
        using var calls = new Calls(servers.For(0));
        await Task.Delay(500);
        TimeSpan before = default;
        List<long> recorded = [], arrived = [], first = [], accepted = [], eachRecorded = [], eachArrived = [], receipts = [];
        for (var i = 0; i < WarmUp + alerts; i++)
        {
            if (i == WarmUp) before = servers.Usage().Processor;
            var (key, client) = (Guid.NewGuid(), clients[i % clients.Length]);
            var t0 = watch.Begin();
            await Task.Run(() => client.Raise(key));
            var answered = Stopwatch.GetTimestamp();
            await watch.AllRecorded.WaitAsync(TimeSpan.FromSeconds(60));
            if (i >= WarmUp)
            {
                accepted.Add(answered - t0);
                recorded.Add(watch.LastRecorded - t0);
                arrived.Add(watch.ArrivedAt.Max() - t0);
                first.Add(watch.ArrivedAt.Min() - t0);
                eachRecorded.AddRange(watch.RecordedAt.Select(at => at - t0));
                eachArrived.AddRange(watch.ArrivedAt.Select(at => at - t0));
                receipts.AddRange(watch.ReceiptTook);
            }

            if (consoleToken is not null)
            {
                await calls.Cancel(new Raised(key, client.Token()));
                await watch.AllWithdrawn.WaitAsync(TimeSpan.FromSeconds(60));
            }

            await Task.Delay(50);
        }

        foreach (var client in clients) client.Dispose();
        figures.Wrong += watch.Wrong;
        figures.Recorded.Add(new Samples(recorded).Median);
        figures.RecordedP99.Add(new Samples(eachRecorded).P99);
        figures.Arrived.Add(new Samples(arrived).Median);
        figures.ArrivedP99.Add(new Samples(eachArrived).P99);
        figures.First.Add(new Samples(first).Median);
        figures.Accepted.Add(new Samples(accepted).Median);
        figures.ReceiptP99.Add(new Samples(receipts).P99);
        figures.Work.Add((servers.Usage().Processor - before).TotalMilliseconds / alerts);
    }

    private sealed class Figures
    {
        public int Wrong { get; set; }
        public Rounds Recorded { get; } = new();
        public Rounds RecordedP99 { get; } = new();
        public Rounds Arrived { get; } = new();
        public Rounds ArrivedP99 { get; } = new();
        public Rounds First { get; } = new();
        public Rounds Accepted { get; } = new();
        public Rounds ReceiptP99 { get; } = new();
        public Rounds Work { get; } = new();
    }
}
