using System.Diagnostics;
using System.Globalization;
using Dispatch.Benchmarks.Clients;
using Dispatch.Benchmarks.Floors;
using Dispatch.Benchmarks.Host;
using Dispatch.Benchmarks.Reporting;
using Dispatch.Channels.Gateways;
using Dispatch.Domain.Alerts;

namespace Dispatch.Benchmarks.Runs;

/// <summary>One alert that texts everybody, through a real gateway program.</summary>
internal sealed class MassTexts : IBenchmark
{
    private const int WarmUp = 3;
    private const double Target = 0.8;
    private static readonly Need[] Needs = [Need.Health, Need.Psychosocial, Need.Legal, Need.Transport];
    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(15);

    public string Name => "B4";

    public string What => "one alert, a thousand texts through Kannel";

    public async Task Run(Options options, Report report)
    {
        var perNeed = Math.Min(options.Texts, 1000) / Needs.Length;
        var texts = perNeed * Needs.Length;
        report.Say($"""
            {texts} people with a number and no open page; one alert with four needs asks {perNeed} for each in its first step and texts them at once (`textAfterSeconds` is 0). The host sends through a real Kannel (bearerbox and
            smsbox, its fake centre as the network), {GatewayLimits.AtOnce} requests at a time, and asks for a delivery report of each, which Kannel brings back meanwhile and the host records. Measured from the moment before the raise was sent until the
            network has all {texts}. {options.Bursts} alerts a round after {WarmUp} to warm up; each is cancelled, everybody is texted that it is no longer needed, and all reports are in before the next. Floor: the same Kannel, {texts} bare requests by
            {GatewayLimits.AtOnce} clients that do nothing else, with the same reports taken by a listener that only answers, until the network has all; and once more without asking for reports.
            """);
        var (floor, silent) = (new Figures(), new Figures());
        var all = options.Setups.Select(setup => (Setup: setup, Figures: new Figures())).ToArray();
        for (var round = 0; round < options.Rounds; round++)
        {
            await using var kannel = await RunningKannel.Start(new Uri("http://127.0.0.1:9"), "nobody-texts-us-here");
            await Floor(kannel, floor, silent, texts, options.Bursts);
            foreach (var (setup, figures) in all) await Ours(setup, kannel, figures, texts, options.Bursts);
        }

        foreach (var (setup, figures) in all)
        {
            report.Of(setup);
            Write(report, figures, floor, silent, texts);
        }

        report.Compare(all, ("texts at the network", "/s", f => f.PerSecond), ("raise → last text at the network, median", "ms", f => f.Last), ("the hosts' processor time per text", "µs", f => f.Work));
    }

    private static void Write(Report report, Figures ours, Figures floor, Figures silent, int texts)
    {
        var ratio = ours.PerSecond.Median / floor.PerSecond.Median;
        report.Target("texts at the network", ours.PerSecond.Text("/s"), floor.PerSecond.Text("/s"), $"{ratio:F2}", $"≥ {Target}", ratio >= Target);
        report.Promise("texts lost or sent twice", $"{ours.Wrong}", $"{floor.Wrong}", "0", ours.Wrong == 0);
        report.Row("beside Kannel without reports", ours.PerSecond.Text("/s"), silent.PerSecond.Text("/s"), $"{ours.PerSecond.Median / silent.PerSecond.Median:F2}");
        report.Row($"→ last of {texts} at the network, median", ours.Last.Text("ms"), floor.Last.Text("ms"));
        report.Row("→ first at the network, median", ours.First.Text("ms"), floor.First.Text("ms"));
        report.Row("raise → 202, median", ours.Accepted.Text("ms"));
        report.Row("first → last, texts at the network", ours.Stream.Text("/s"), floor.Stream.Text("/s"), $"{ours.Stream.Median / floor.Stream.Median:F2}");
        report.Row("the hosts' processor time per text, with its report and its withdrawal", ours.Work.Text("µs"));
    }

    private static async Task Floor(RunningKannel kannel, Figures floor, Figures silent, int texts, int bursts)
    {
        using var listener = StandIn.Reports();
        var reports = new Uri(listener.Address, "/reports");
        var (with, without) = (new OfEachBurst(texts), new OfEachBurst(texts));
        for (var i = 0; i < WarmUp + bursts; i++)
        {
            foreach (var (burst, to) in new[] { (with, (Uri?)reports), (without, null) })
            {
                var start = Stopwatch.GetTimestamp();
                var sending = Drive(kannel, to, texts);
                await burst.Take(kannel, start, counts: i >= WarmUp);
                await sending;
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }

        floor.Add(with, work: 0);
        silent.Add(without, work: 0);
    }

    private static Task Drive(RunningKannel kannel, Uri? reports, int texts) =>
        Task.WhenAll(Enumerable.Range(0, GatewayLimits.AtOnce).Select(client => Task.Factory.StartNew(
            () =>
            {
                using var sends = new TextClient(kannel.SendUrl);
                for (var person = client; person < texts; person += GatewayLimits.AtOnce) sends.Send(BareTexts.Url(kannel.SendUrl, reports, person, person.ToString("D32", CultureInfo.InvariantCulture)));
            },
            default, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    private static async Task Ours(Setup setup, RunningKannel kannel, Figures figures, int texts, int bursts)
    {
        var plan = new TownPlan(1, texts, Needs, (0, texts / Needs.Length)) { TextAfterSeconds = 0 };
        await using var town = await MeasuredTown.Build(setup, plan, address => Ways.Texting(kannel.SendUrl, address));
        var hosts = town.Hosts;
        await hosts.Start();
        using var calls = new Calls(hosts.For(0));
        await Parallel.ForAsync(0, texts, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) => await calls.Register(town.Responders[i].Token, "sim", FarSide.NumberDevice(i)));
        var body = RaiseClient.Body(Town.Area(0), [.. Needs.Select(n => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(n.ToString()))]);
        var clients = Enumerable.Range(0, hosts.Count).Select(n => new RaiseClient(hosts.For(n), body)).ToArray();
        var burst = new OfEachBurst(texts);
        TimeSpan before = default;
        for (var i = 0; i < WarmUp + bursts; i++)
        {
            await hosts.Idle(Settles);
            if (i == WarmUp) before = hosts.Usage().Processor;
            var (key, client) = (Guid.NewGuid(), clients[i % clients.Length]);
            var raised = Stopwatch.GetTimestamp();
            var answered = Task.Run(() =>
            {
                client.Raise(key);
                return Stopwatch.GetTimestamp();
            });
            await burst.Take(kannel, raised, counts: i >= WarmUp);
            if (i >= WarmUp) figures.Accepted.Add(Samples.Ms(await answered - raised));
            await answered;
            await hosts.Idle(Settles);
            await calls.Cancel(new Raised(key, client.Token()));
            await burst.TakeBack(kannel);
        }

        await hosts.Idle(Settles);
        foreach (var client in clients) client.Dispose();
        figures.Add(burst, (hosts.Usage().Processor - before).TotalMicroseconds / (bursts * texts));
    }

    /// <summary>Of one round.</summary>
    private sealed class OfEachBurst(int texts)
    {
        private readonly int[] _asked = new int[texts];

        public int Texts => texts;

        public List<long> First { get; } = [];
        public List<long> Last { get; } = [];

        /// <summary>Numbers that got the text of one alert twice. One that gets none ends the run.</summary>
        public int Wrong { get; private set; }

        /// <summary>Until the network has a text for everybody.</summary>
        public async Task Take(RunningKannel kannel, long start, bool counts)
        {
            Array.Clear(_asked);
            long first = 0;
            for (var people = 0; people < texts;)
            {
                var (person, asks) = FarSide.Line(await kannel.Next());
                if (first == 0) first = Stopwatch.GetTimestamp();
                if (Note(person, asks)) people++;
            }

            if (!counts) return;
            First.Add(first - start);
            Last.Add(Stopwatch.GetTimestamp() - start);
        }

        /// <summary>Until it has what takes all of them back.</summary>
        public async Task TakeBack(RunningKannel kannel)
        {
            var told = new HashSet<int>();
            while (told.Count < texts)
            {
                var (person, asks) = FarSide.Line(await kannel.Next());
                if (asks) Note(person, asks);
                else told.Add(person);
            }
        }

        private bool Note(int person, bool asks)
        {
            if (asks && ++_asked[person] == 1) return true;
            Wrong++;
            return false;
        }
    }

    private sealed class Figures
    {
        public int Wrong { get; private set; }
        public Rounds PerSecond { get; } = new();

        /// <summary>Without what goes before the first text.</summary>
        public Rounds Stream { get; } = new();
        public Rounds First { get; } = new();
        public Rounds Last { get; } = new();
        public Rounds Accepted { get; } = new();
        public Rounds Work { get; } = new();

        public void Add(OfEachBurst burst, double work)
        {
            var (first, last) = (new Samples(burst.First).Median, new Samples(burst.Last).Median);
            Wrong += burst.Wrong;
            First.Add(first);
            Last.Add(last);
            PerSecond.Add(burst.Texts / last * 1000);
            Stream.Add((burst.Texts - 1) / (last - first) * 1000);
            Work.Add(work);
        }
    }
}
