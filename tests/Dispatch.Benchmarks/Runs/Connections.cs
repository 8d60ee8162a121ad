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
    private const int Notices = 200;

    /// <summary>About as many as the send buffer of a loopback connection takes, 2.5 MB.</summary>
    private const int ToFill = 1500;
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
            load. Stalled: pages in an area of {PerArea} stop reading (with 4 KiB to receive in), {ToFill:N0} alerts ask all of that area to fill their buffers, then {Notices} are measured on the healthy phones; each
            alert is cancelled afterwards. Floor: the bare hub of B1 with the same clients.
            """);
        var (ours, floor) = (new Figures(), new Figures());
        var stalls = StalledCounts.ToDictionary(n => n, _ => new Rounds());
        var (healthy, withheld) = (new Rounds(), new Rounds());
        for (var round = 0; round < options.Rounds; round++)
        {
            await Floor(floor, count);
            await using var town = await Town.Build(new TownPlan(Areas, PerArea, [Need.Health], (0, PerArea)));
            await Ours(town, count, ours, healthy, stalls, withheld);
        }

        var memory = ours.Kibibytes.Median / floor.Kibibytes.Median;
        report.Row("memory of one connection", ours.Kibibytes.Text("KiB"), floor.Kibibytes.Text("KiB"), $"{memory:F2}", $"≤ {Target}", memory <= Target ? Verdict.Met : Verdict.Missed);
        report.Row("resident with all connected", ours.Resident.Text("MiB"), floor.Resident.Text("MiB"));
        report.Row("ready → all back", ours.Back.Text("s"), floor.Back.Text("s"), $"{ours.Back.Median / floor.Back.Median:F2}", $"≤ {TargetSeconds} s", ours.Back.Median <= TargetSeconds ? Verdict.Met : Verdict.Missed);
        report.Row("start of the process → all back", ours.BackFromStart.Text("s"), floor.BackFromStart.Text("s"));
        report.Row("first connect of all", ours.Connected.Text("s"), floor.Connected.Text("s"));
        report.Row("raise → offer, p99, none stalled", healthy.Text("ms"));
        foreach (var (stalled, p99) in stalls)
        {
            var ratio = p99.Median / healthy.Median;
            report.Row($"raise → offer on a healthy phone, p99, {stalled} stalled", p99.Text("ms"), "", $"{ratio:F2}", $"≤ {Target} of none stalled", ratio <= Target ? Verdict.Met : Verdict.Missed);
        }

        report.Row($"offers that never reached the first stalled page: its buffers were full", withheld.Text("offers"));
    }

    private static async Task Floor(Figures figures, int count)
    {
        var folder = Directory.CreateTempSubdirectory("dispatch-floor-").FullName;
        var tokens = Enumerable.Repeat("none", count).ToArray();
        var server = await Memory(await RunningProcess.SignalRFloor(Path.Combine(folder, "floor.log")), figures, tokens, new NoticeWatch(0));
        var (back, phones) = await Storm(server, port => RunningProcess.SignalRFloor(Path.Combine(folder, "floor.log"), port), figures, tokens, new NoticeWatch(0));
        phones.Dispose();
        await back.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task Ours(Town town, int count, Figures figures, Rounds healthy, Dictionary<int, Rounds> stalls, Rounds withheld)
    {
        var (measured, others) = (town.Responders.Take(PerArea), town.Responders.Skip(PerArea).ToArray());
        string[] tokens = [.. measured.Select(r => r.Token), .. Enumerable.Range(0, count - PerArea).Select(i => others[i % others.Length].Token)];
        await using (await RunningProcess.Host(town))
        {
            // The first start provides the people.
        }

        var watch = new NoticeWatch(PerArea);
        var server = await Memory(await RunningProcess.Host(town), figures, tokens, watch);
        var (host, phones) = await Storm(server, port => RunningProcess.Host(town, port), figures, tokens, watch);
        await using (host)
        {
            using (phones)
            {
                await watch.Measure(host, Notices, Town.Area(0));
                healthy.Add((await watch.Measure(host, Notices, Town.Area(0))).P99);
                foreach (var stalled in StalledCounts)
                {
                    foreach (var phone in phones.All.Take(stalled)) phone.Stalled = true;
                    watch.Expected = PerArea - stalled;
                    await NoticeWatch.Fill(host, ToFill, Town.Area(0));
                    stalls[stalled].Add((await watch.Measure(host, Notices, Town.Area(0))).P99);
                }

                foreach (var phone in phones.All.Take(StalledCounts[^1])) phone.Stalled = false;
                await Task.Delay(1000);
                withheld.Add(phones.All[PerArea - 1].Offers - phones.All[0].Offers);
            }
        }
    }

    /// <summary>Gives the server with nobody connected any more.</summary>
    private static async Task<(RunningProcess Server, Phones Phones)> Memory(RunningProcess server, Figures figures, string[] tokens, IPhoneListener listener)
    {
        (await Phones.Connect(server.Address, [.. tokens.Take(200)], listener)).Dispose();
        await Task.Delay(2000);
        var before = server.Usage().ResidentMiB;
        var start = Stopwatch.GetTimestamp();
        var phones = await Phones.Connect(server.Address, tokens, listener);
        figures.Connected.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        await Task.Delay(2000);
        var after = server.Usage().ResidentMiB;
        figures.Resident.Add(after);
        figures.Kibibytes.Add((after - before) * 1024 / tokens.Length);
        return (server, phones);
    }

    private static async Task<(RunningProcess Server, Phones Phones)> Storm(
        (RunningProcess Server, Phones Phones) before, Func<int, Task<RunningProcess>> restart, Figures figures, string[] tokens, IPhoneListener listener)
    {
        var port = before.Server.Address.Port;
        await before.Server.DisposeAsync();
        before.Phones.Dispose();
        var start = Stopwatch.GetTimestamp();
        var server = await restart(port);
        var ready = Stopwatch.GetTimestamp();
        var phones = await Phones.Connect(server.Address, tokens, listener, small: StalledCounts[^1]);
        figures.Back.Add(Stopwatch.GetElapsedTime(ready).TotalSeconds);
        figures.BackFromStart.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        return (server, phones);
    }

    private sealed class Figures
    {
        public Rounds Kibibytes { get; } = new();
        public Rounds Resident { get; } = new();
        public Rounds Connected { get; } = new();
        public Rounds Back { get; } = new();
        public Rounds BackFromStart { get; } = new();
    }
}
