using System.Diagnostics;
using Dispatch.Benchmarks.Clients;
using Dispatch.Benchmarks.Host;
using Dispatch.Benchmarks.Reporting;
using Dispatch.Domain.Alerts;

namespace Dispatch.Benchmarks.Runs;

/// <summary>One alert to a list of people on call, each on three ways at once.</summary>
internal sealed class OnCall : IBenchmark
{
    private const int People = 20;
    private const int WarmUp = 150;
    private const double Target = 1.5;
    private const double TargetMilliseconds = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Name => "B2";

    public string What => $"one alert, {People} people, each live, by push and by text";

    public async Task Run(Options options, Report report)
    {
        report.Say($"""
            {People} people on call, each with her page open, a browser registered for push and a number; one alert asks all of them in its first step, on all three ways at once (the protocol's `textAfterSeconds` is 0; the
            product's own is 8). {People * 3} attempts: an offer is made when its last byte has arrived at the page, at the push service or at the text gateway. The latter two are stand-ins in the load, over HTTP/1.1 without TLS, which
            answer 201 and 202 (Kannel's interface) at once. "Raise → all" counts from the moment before the raise was sent, so its way in and the writes before its plan is kept are in it; "plan kept → all" from the first sign of
            the kept plan that can be seen outside: the 202, or the first attempt where that came first. Pages answer with receipts meanwhile; a supervisor's console is open. {options.Alarms} alerts a round after {WarmUp} to warm up, each cancelled
            and taken back on all ways before the next. Floor: the bare hub of B1 with the same pages, the alert fsynced, and with each send a Web Push encrypted and posted, and a text by HTTP, to the same stand-ins, all started at once.
            """);
        var floor = new Figures();
        var all = options.Setups.Select(setup => (Setup: setup, Figures: new Figures())).ToArray();
        for (var round = 0; round < options.Rounds; round++)
        {
            await Floor(floor, options.Alarms);
            foreach (var (setup, figures) in all) await Ours(setup, figures, options.Alarms);
        }

        foreach (var (setup, figures) in all)
        {
            report.Of(setup);
            Write(report, figures, floor);
        }

        report.Compare(all,
            ("raise → all attempts, median", "ms", f => f.Made.Median), ("raise → all attempts, p99", "ms", f => f.Made.P99), ("plan kept → all attempts, p99", "ms", f => f.FromPlan.P99),
            ("the servers' processor time per alert", "ms", f => f.Work));
    }

    private static void Write(Report report, Figures ours, Figures floor)
    {
        var ratio = ours.Made.Median.Median / floor.Made.Median.Median;
        report.Target("plan kept → all attempts, p99", ours.FromPlan.P99.Text("ms"), floor.FromPlan.P99.Text("ms"), Ratio(ours.FromPlan.P99, floor.FromPlan.P99), $"≤ {TargetMilliseconds} ms", ours.FromPlan.P99.Median <= TargetMilliseconds);
        report.Target("raise → all attempts, median", ours.Made.Median.Text("ms"), floor.Made.Median.Text("ms"), $"{ratio:F2}", $"≤ {Target}", ratio <= Target);
        report.Promise("attempts made twice", $"{ours.Twice}", $"{floor.Twice}", "0", ours.Twice == 0);
        report.Row("raise → all attempts, p99", ours.Made.P99.Text("ms"), floor.Made.P99.Text("ms"), Ratio(ours.Made.P99, floor.Made.P99));
        report.Row("plan kept → all attempts, median", ours.FromPlan.Median.Text("ms"), floor.FromPlan.Median.Text("ms"), Ratio(ours.FromPlan.Median, floor.FromPlan.Median));
        report.Row("raise → 202, median", ours.Accepted.Text("ms"), floor.Accepted.Text("ms"));
        report.Row("raise → first attempt, median", ours.First.Text("ms"), floor.First.Text("ms"));
        foreach (var way in Enum.GetValues<Way>()) report.Row($"raise → last attempt of {Word(way)}, median", ours.Last[way].Text("ms"), floor.Last[way].Text("ms"));
        report.Row("the servers' processor time per alert", ours.Work.Text("ms"), floor.Work.Text("ms"));
    }

    private static string Ratio(Rounds ours, Rounds floor) => $"{ours.Median / floor.Median:F2}";

    private static string Word(Way way) => way switch
    {
        Way.Live => "the pages",
        Way.Push => "the pushes",
        Way.Text => "the texts",
        _ => throw new UnreachableException($"way {way}"),
    };

    private static async Task Floor(Figures figures, int alerts)
    {
        var watch = new OnCallWatch(People);
        using var push = StandIn.PushService(head => Note(watch, Way.Push, FarSide.Push(head)));
        using var texts = StandIn.TextGateway(head => Note(watch, Way.Text, FarSide.Text(head)));
        var folder = Directory.CreateTempSubdirectory("dispatch-floor-").FullName;
        await using (var floor = Servers.SignalRFloor(folder, push.Address.ToString(), texts.Address.ToString()))
        {
            await floor.Start();
            await Measure(floor, figures, watch, [.. Enumerable.Repeat("none", People)], consoleToken: null, alerts);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task Ours(Setup setup, Figures figures, int alerts)
    {
        var watch = new OnCallWatch(People);
        using var push = StandIn.PushService(head => Note(watch, Way.Push, FarSide.Push(head)));
        using var texts = StandIn.TextGateway(head => Note(watch, Way.Text, FarSide.Text(head)));
        await using var town = await MeasuredTown.Build(setup, new TownPlan(1, People, [Need.Health], (0, People)) { TextAfterSeconds = 0 }, address => [.. Ways.Pushing, .. Ways.Texting(texts.Address, address)]);
        await town.Hosts.Start();
        using (var calls = new Calls(town.Hosts.For(0)))
        {
            for (var i = 0; i < People; i++)
            {
                await calls.Register(town.Responders[i].Token, "browser", FarSide.BrowserDevice(push.Address, i));
                await calls.Register(town.Responders[i].Token, "sim", FarSide.NumberDevice(i));
            }
        }

        await Measure(town.Hosts, figures, watch, [.. town.Responders.Select(r => r.Token)], town.OnTheLine.Token, alerts);
    }

    private static async Task Measure(Servers servers, Figures figures, OnCallWatch watch, string[] tokens, string? consoleToken, int alerts)
    {
        using var phones = await Phones.Connect(servers, tokens, watch);
        using var console = await Phones.Connect(servers, consoleToken is null ? [] : [consoleToken], new Unheard());
        var clients = Enumerable.Range(0, servers.Count).Select(n => new RaiseClient(servers.For(n), RaiseClient.Body(Town.Area(0), "health"))).ToArray();
        using var calls = new Calls(servers.For(0));
        await Task.Delay(500);
        TimeSpan before = default;
        var one = new OfEachAlert();
        // The answer to a cancel takes its time, whatever it finds; the next alert does not wait for it.
        var cancelling = new List<Task>();
        for (var i = 0; i < WarmUp + alerts; i++)
        {
            if (i == WarmUp) before = servers.Usage().Processor;
            var (key, client) = (Guid.NewGuid(), clients[i % clients.Length]);
            var raised = watch.Begin();
            await Task.Run(() => client.Raise(key));
            var answered = Stopwatch.GetTimestamp();
            await watch.AllMade.WaitAsync(Patience);
            if (i >= WarmUp) one.Add(watch, raised, answered);
            if (consoleToken is not null)
            {
                cancelling.Add(calls.Cancel(new Raised(key, client.Token())));
                await watch.AllTakenBack.WaitAsync(Patience);
            }

            await Task.Delay(30);
        }

        await Task.WhenAll(cancelling);
        foreach (var client in clients) client.Dispose();
        figures.Add(one, watch.Twice, (servers.Usage().Processor - before).TotalMilliseconds / alerts);
    }

    private static void Note(OnCallWatch watch, Way way, (int Person, bool Asks) what) => watch.Note(what.Person, way, what.Asks);

    /// <summary>Of one round, in stopwatch ticks.</summary>
    private sealed class OfEachAlert
    {
        public List<long> Accepted { get; } = [];
        public List<long> First { get; } = [];
        public List<long> Made { get; } = [];
        public List<long> FromPlan { get; } = [];
        public Dictionary<Way, List<long>> Last { get; } = Enum.GetValues<Way>().ToDictionary(way => way, _ => new List<long>());

        public void Add(OnCallWatch watch, long raised, long answered)
        {
            var (first, last) = (watch.At.Min(), watch.At.Max());
            Accepted.Add(answered - raised);
            First.Add(first - raised);
            Made.Add(last - raised);
            FromPlan.Add(last - Math.Min(first, answered));
            foreach (var way in Last.Keys) Last[way].Add(watch.Last(way) - raised);
        }
    }

    private sealed class Spread
    {
        public Rounds Median { get; } = new();
        public Rounds P99 { get; } = new();

        public void Add(IEnumerable<long> ticks)
        {
            var samples = new Samples(ticks);
            Median.Add(samples.Median);
            P99.Add(samples.P99);
        }
    }

    private sealed class Figures
    {
        public int Twice { get; private set; }
        public Spread Made { get; } = new();
        public Spread FromPlan { get; } = new();
        public Rounds Accepted { get; } = new();
        public Rounds First { get; } = new();
        public Dictionary<Way, Rounds> Last { get; } = Enum.GetValues<Way>().ToDictionary(way => way, _ => new Rounds());
        public Rounds Work { get; } = new();

        public void Add(OfEachAlert one, int twice, double work)
        {
            Twice += twice;
            Made.Add(one.Made);
            FromPlan.Add(one.FromPlan);
            Accepted.Add(new Samples(one.Accepted).Median);
            First.Add(new Samples(one.First).Median);
            foreach (var way in Last.Keys) Last[way].Add(new Samples(one.Last[way]).Median);
            Work.Add(work);
        }
    }
}
