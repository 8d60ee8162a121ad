using System.Diagnostics;
using Dispatch.Benchmarks.Clients;
using Dispatch.Benchmarks.Host;
using Dispatch.Benchmarks.Reporting;
using Dispatch.Domain.Alerts;

namespace Dispatch.Benchmarks.Runs;

/// <summary>From nothing to an alert that is kept.</summary>
internal sealed class ColdStart : IBenchmark
{
    private const double TargetSeconds = 2;

    public string Name => "start";

    public string What => "cold start of the process, and its first alert";

    public async Task Run(Options options, Report report)
    {
        report.Say("""
            From the start of the process (`dotnet Dispatch.Web.dll`) until `/health/ready` says 200, asked every 5 ms, and until the first raise got its 202. The demo on an empty folder makes its
            store, its keys and its people; a programme starts on a store that is there. Several hosts start at once, and all must be ready.
            """);
        var all = options.Setups.Select(setup => (Setup: setup, Figures: new Figures())).ToArray();
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var (setup, figures) in all)
            {
                if (!setup.OnPostgres) await Demo(setup, figures);
                await Programme(setup, figures);
            }
        }

        foreach (var (setup, figures) in all)
        {
            report.Of(setup);
            if (!setup.OnPostgres)
            {
                Row(report, "demo, empty folder → ready", figures.DemoReady);
                Row(report, "demo, empty folder → first raise answered", figures.DemoRaised);
            }

            Row(report, "programme, store of 16 people → ready", figures.Ready);
            Row(report, "programme, store of 16 people → first raise answered", figures.Raised);
            if (setup.OnPostgres) report.Row("hosts that ended while they started, and were started again", $"{figures.Restarts}");
        }

        report.Compare(all, ("programme → ready", "s", f => f.Ready), ("programme → first raise answered", "s", f => f.Raised));
    }

    private static async Task Demo(Setup setup, Figures figures)
    {
        var folder = Directory.CreateTempSubdirectory("dispatch-demo-").FullName;
        await using (var demo = Servers.Demo(setup.Program, folder))
        {
            await demo.Start();
            await Note(demo, "XX/demo", figures.DemoReady, figures.DemoRaised);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task Programme(Setup setup, Figures figures)
    {
        await using var town = await MeasuredTown.Build(setup, new TownPlan(4, 4, [Need.Health]));
        // The first start provides the people; the next one is the restart that is measured.
        await town.Hosts.Start();
        await town.Hosts.Kill();
        await town.Hosts.Start();
        await Note(town.Hosts, Town.Area(0), figures.Ready, figures.Raised);
        figures.Restarts += town.Hosts.Restarts;
    }

    private static async Task Note(Servers hosts, string area, Rounds ready, Rounds raised)
    {
        var began = Stopwatch.GetTimestamp();
        await Task.Run(() =>
        {
            using var client = new RaiseClient(hosts.For(0), RaiseClient.Body(area, "health"));
            client.Raise(Guid.NewGuid());
        });
        ready.Add(hosts.ReadyAfter.TotalSeconds);
        raised.Add((hosts.ReadyAfter + Stopwatch.GetElapsedTime(began)).TotalSeconds);
    }

    private static void Row(Report report, string what, Rounds seconds) =>
        report.Target(what, seconds.Text("s"), "", "", $"< {TargetSeconds} s", seconds.Median < TargetSeconds);

    private sealed class Figures
    {
        public Rounds DemoReady { get; } = new();
        public Rounds DemoRaised { get; } = new();
        public Rounds Ready { get; } = new();
        public Rounds Raised { get; } = new();
        public int Restarts { get; set; }
    }
}
