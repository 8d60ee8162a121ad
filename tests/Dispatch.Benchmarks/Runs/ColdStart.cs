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
            store, its keys and its people; a programme starts on a store that is there.
            """);
        Rounds demoReady = new(), demoRaised = new(), ready = new(), raised = new();
        for (var round = 0; round < options.Rounds; round++)
        {
            var folder = Directory.CreateTempSubdirectory("dispatch-demo-").FullName;
            await using (var demo = await RunningProcess.Demo(folder)) await Note(demo, "XX/demo", demoReady, demoRaised);
            Directory.Delete(folder, recursive: true);

            await using var town = await Town.Build(new TownPlan(4, 4, [Need.Health]));
            await using (await RunningProcess.Host(town))
            {
                // The first start provides the people; the next one is the restart that is measured.
            }

            await using var again = await RunningProcess.Host(town);
            await Note(again, Town.Area(0), ready, raised);
        }

        Row(report, "demo, empty folder → ready", demoReady);
        Row(report, "demo, empty folder → first raise answered", demoRaised);
        Row(report, "programme, store of 16 people → ready", ready);
        Row(report, "programme, store of 16 people → first raise answered", raised);
    }

    private static async Task Note(RunningProcess host, string area, Rounds ready, Rounds raised)
    {
        var began = Stopwatch.GetTimestamp();
        await Task.Run(() =>
        {
            using var client = new RaiseClient(host.Address, RaiseClient.Body(area, "health"));
            client.Raise(Guid.NewGuid());
        });
        ready.Add(host.ReadyAfter.TotalSeconds);
        raised.Add((host.ReadyAfter + Stopwatch.GetElapsedTime(began)).TotalSeconds);
    }

    private static void Row(Report report, string what, Rounds seconds) =>
        report.Row(what, seconds.Text("s"), target: $"< {TargetSeconds} s", verdict: seconds.Median < TargetSeconds ? Verdict.Met : Verdict.Missed);
}
