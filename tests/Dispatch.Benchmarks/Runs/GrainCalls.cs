using System.Diagnostics;
using Dispatch.Benchmarks.Reporting;

namespace Dispatch.Benchmarks.Runs;

/// <summary>What the actor between caller and code costs.</summary>
internal sealed class GrainCalls : IBenchmark
{
    private const int Calls = 200_000;
    private const int Many = 32;

    public string Name => "call";

    public string What => "one grain call against a direct call";

    public async Task Run(Options options, Report report)
    {
        report.Say($"""
            The engine of this build in this process: {Calls:N0} awaited calls of a method that returns its argument, after as many to warm up. Floor: the same
            code called and awaited through a delegate. "{Many} callers" call as many grains at the same time.
            """);
        await using var engine = await EchoEngine.Start();
        var grains = Enumerable.Range(0, Many).Select(i => engine.Grains.GetGrain<IEchoGrain>($"{i}")).ToArray();
        Rounds alone = new(), together = new(), bare = new(), bytes = new();
        await Call(grains[0].Echo, Calls);
        for (var round = 0; round < options.Rounds; round++)
        {
            bare.Add(await Nanoseconds(() => Call(EchoGrain.Answer, Calls), Calls));
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            alone.Add(await Nanoseconds(() => Call(grains[0].Echo, Calls), Calls) / 1000);
            bytes.Add((GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)Calls);
            together.Add(await Nanoseconds(() => Task.WhenAll(grains.Select(g => Task.Run(() => Call(g.Echo, Calls / Many)))), Calls) / 1000);
        }

        report.Row("one caller, one grain, each call", alone.Text("µs"), bare.Text("ns"), $"{alone.Median * 1000 / bare.Median:F0}");
        report.Row($"{Many} callers, {Many} grains, each call", together.Text("µs"));
        report.Row("allocated by a call", bytes.Text("bytes"));
    }

    private static async Task Call(Func<int, Task<int>> echo, int times)
    {
        for (var i = 0; i < times; i++)
        {
            if (await echo(i) != i) throw new InvalidOperationException("It echoes something else.");
        }
    }

    private static async Task<double> Nanoseconds(Func<Task> work, int calls)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    }
}
