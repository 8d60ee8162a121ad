using System.Diagnostics;
using Dispatch.Benchmarks.Clients;
using Dispatch.Benchmarks.Host;
using Dispatch.Benchmarks.Reporting;
using Dispatch.Domain.Alerts;

namespace Dispatch.Benchmarks.Runs;

/// <summary>Many open pages: what they cost, how fast they are all back, and what those that hang do to the others.</summary>
internal sealed class Connections : IBenchmark
{
    private const int Areas = 40;
    private const int PerArea = 30;

    /// <summary>What the send buffer of a loopback connection takes, 2.8 MB, is about six thousand alerts asked and withdrawn.</summary>
    private const int FillPerSecond = 100;
    private static readonly TimeSpan GivenUpWithin = TimeSpan.FromSeconds(120);
    private const double Target = 1.5;
    private const double TargetSeconds = 5;
    private static readonly int[] StalledCounts = [1, 10];

    public string Name => "B8";

    public string What => "open pages: memory, all back after a restart, stalled ones";

    public async Task Run(Options options, Report report)
    {
        var count = Math.Max(options.Connections, Areas * PerArea);
        report.Say($"""
            {count:N0} pages of {Areas * PerArea:N0} people, signed in, in {Areas} areas; the people of the area that is measured have one page each, the others share the rest. Memory: resident, with all of them connected and 2 s later, less that of the server with
            none, after it had served some. All back: the server is killed and started again on the same port, and every phone connects at once when it is ready, up to 256 at a time in the
            load. Stalled: pages in an area of {PerArea} stop reading (with 4 KiB to receive in) while {FillPerSecond} alerts a second ask all of that area and are cancelled, until their buffers are full and the
            host has hung up on them; beside that one alert after the other is measured on the healthy phones. "None stalled" is the same with everybody reading. Floor: the bare hub of B1 with the same clients.
            """);
        var floor = new Figures();
        var all = options.Setups.Select(setup => (Setup: setup, Figures: new Figures())).ToArray();
        for (var round = 0; round < options.Rounds; round++)
        {
            await Floor(floor, count);
            foreach (var (setup, figures) in all) await Ours(setup, count, figures);
        }

        foreach (var (setup, figures) in all)
        {
            report.Of(setup);
            Write(report, figures, floor);
        }

        report.Compare(all,
            ("memory of one connection", "KiB", f => f.Kibibytes), ("resident with all connected", "MiB", f => f.Resident), ("ready → all back", "s", f => f.Back),
            ("raise → offer, p99, none stalled", "ms", f => f.Healthy), ($"raise → offer on a healthy phone, p99, {StalledCounts[^1]} stalled", "ms", f => f.Stalled[StalledCounts[^1]]));
    }

    private static void Write(Report report, Figures ours, Figures floor)
    {
        var memory = ours.Kibibytes.Median / floor.Kibibytes.Median;
        report.Target("memory of one connection", ours.Kibibytes.Text("KiB"), floor.Kibibytes.Text("KiB"), $"{memory:F2}", $"≤ {Target}", memory <= Target);
        report.Row("resident with all connected", ours.Resident.Text("MiB"), floor.Resident.Text("MiB"));
        report.Target("ready → all back", ours.Back.Text("s"), floor.Back.Text("s"), $"{ours.Back.Median / floor.Back.Median:F2}", $"≤ {TargetSeconds} s", ours.Back.Median <= TargetSeconds);
        report.Row("start of the process → all back", ours.BackFromStart.Text("s"), floor.BackFromStart.Text("s"));
        report.Row("first connect of all", ours.Connected.Text("s"), floor.Connected.Text("s"));
        report.Row("raise → offer, p99, none stalled", ours.Healthy.Text("ms"));
        foreach (var stalled in StalledCounts)
        {
            var ratio = ours.Stalled[stalled].Median / ours.Healthy.Median;
            report.Target($"raise → offer on a healthy phone, p99, {stalled} stalled", ours.Stalled[stalled].Text("ms"), "", $"{ratio:F2}", $"≤ {Target} of none stalled", ratio <= Target);
            report.Row($"until the host hung up on {stalled} stalled", ours.UntilCutOff[stalled].Text("s"));
        }

        report.Target("healthy pages that it hung up on", $"{ours.Lost}", "", "", "0", ours.Lost == 0);
    }

    private static async Task Floor(Figures figures, int count)
    {
        var folder = Directory.CreateTempSubdirectory("dispatch-floor-").FullName;
        var tokens = Enumerable.Repeat("none", count).ToArray();
        await using (var server = Servers.SignalRFloor(folder))
        {
            await server.Start();
            var phones = await Memory(server, figures, tokens, new NoticeWatch(0));
            (await Storm(server, phones, figures, tokens, new NoticeWatch(0))).Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task Ours(Setup setup, int count, Figures figures)
    {
        await using var town = await MeasuredTown.Build(setup, new TownPlan(Areas, PerArea, [Need.Health], (0, PerArea)));
        var (measured, others) = (town.Responders.Take(PerArea), town.Responders.Skip(PerArea).ToArray());
        string[] tokens = [.. measured.Select(r => r.Token), .. Enumerable.Range(0, count - PerArea).Select(i => others[i % others.Length].Token)];
        var (hosts, watch) = (town.Hosts, new NoticeWatch(PerArea));
        // The first start provides the people.
        await hosts.Start();
        await hosts.Kill();
        await hosts.Start();
        using var phones = await Storm(hosts, await Memory(hosts, figures, tokens, watch), figures, tokens, watch);
        await Busy(hosts, watch, TimeSpan.FromSeconds(20), () => false);
        figures.Healthy.Add((await Busy(hosts, watch, TimeSpan.FromSeconds(20), () => false)).P99);
        foreach (var stalled in StalledCounts) figures.Stalled[stalled].Add(await WhileTheyStall(hosts, phones, watch, stalled, figures));
        figures.Lost += phones.All.Skip(StalledCounts[^1]).Count(phone => phone.CutOff);
    }

    /// <summary>On the healthy phones, from the moment when the others stop reading until a little after the host has given them up.</summary>
    private static async Task<double> WhileTheyStall(Servers hosts, Phones phones, NoticeWatch watch, int stalled, Figures figures)
    {
        var hanging = phones.All.Take(stalled).ToArray();
        foreach (var phone in hanging) phone.Stalled = true;
        watch.Expected = PerArea - stalled;
        var start = Stopwatch.GetTimestamp();
        var took = await Busy(hosts, watch, GivenUpWithin, () => hanging.All(phone => phone.CutOff));
        figures.UntilCutOff[stalled].Add(hanging.All(phone => phone.CutOff) ? Stopwatch.GetElapsedTime(start).TotalSeconds : double.NaN);
        return took.P99;
    }

    /// <summary>One alert after the other measured, beside as many as fill a buffer in about a minute.</summary>
    private static async Task<Samples> Busy(Servers hosts, NoticeWatch watch, TimeSpan most, Func<bool> enough)
    {
        using var over = new CancellationTokenSource(most);
        var filling = NoticeWatch.Fill(hosts, FillPerSecond, Town.Area(0), over.Token);
        var took = new List<long>();
        while (!over.IsCancellationRequested && !enough()) took.AddRange((await watch.Measure(hosts, 20, Town.Area(0))).Ticks);
        await over.CancelAsync();
        await filling;
        return new Samples(took);
    }

    /// <summary>Gives the pages, all connected.</summary>
    private static async Task<Phones> Memory(Servers servers, Figures figures, string[] tokens, IPhoneListener listener)
    {
        (await Phones.Connect(servers, [.. tokens.Take(200)], listener)).Dispose();
        await Task.Delay(2000);
        var before = servers.Usage().ResidentMiB;
        var start = Stopwatch.GetTimestamp();
        var phones = await Phones.Connect(servers, tokens, listener);
        figures.Connected.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        await Task.Delay(2000);
        var after = servers.Usage().ResidentMiB;
        figures.Resident.Add(after);
        figures.Kibibytes.Add((after - before) * 1024 / tokens.Length);
        return phones;
    }

    /// <summary>Gives the pages that came back.</summary>
    private static async Task<Phones> Storm(Servers servers, Phones before, Figures figures, string[] tokens, IPhoneListener listener)
    {
        await servers.Kill();
        before.Dispose();
        var start = Stopwatch.GetTimestamp();
        await servers.Start();
        var ready = Stopwatch.GetTimestamp();
        var phones = await Phones.Connect(servers, tokens, listener, small: StalledCounts[^1]);
        figures.Back.Add(Stopwatch.GetElapsedTime(ready).TotalSeconds);
        figures.BackFromStart.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        return phones;
    }

    private sealed class Figures
    {
        public Rounds Kibibytes { get; } = new();
        public Rounds Resident { get; } = new();
        public Rounds Connected { get; } = new();
        public Rounds Back { get; } = new();
        public Rounds BackFromStart { get; } = new();
        public Rounds Healthy { get; } = new();
        public Dictionary<int, Rounds> Stalled { get; } = StalledCounts.ToDictionary(n => n, _ => new Rounds());
        public Dictionary<int, Rounds> UntilCutOff { get; } = StalledCounts.ToDictionary(n => n, _ => new Rounds());
        public int Lost { get; set; }
    }
}
