using System.Diagnostics;
using Dispatch.Simulation.Plans;
using Dispatch.Simulation.Runs;

namespace Dispatch.Simulation.Tests;

/// <summary>A seed is worth keeping only if it plays the same everywhere.</summary>
public sealed class ReproducibleTests
{
    private static readonly int[] Seeds = [3, 7, 12];

    [Fact]
    public void A_seed_plays_the_same_to_the_byte_in_another_process()
    {
        foreach (var seed in Seeds)
        {
            var here = Trace(seed);
            var there = InAnotherProcess(seed);
            Assert.Equal(here, there[..there.LastIndexOf("seed ", StringComparison.Ordinal)]);
        }
    }

    [Fact]
    public void Another_seed_plays_otherwise() => Assert.NotEqual(Run.Of(PlanMaker.Of(3)).Digest, Run.Of(PlanMaker.Of(7)).Digest);

    [Fact]
    public void Seeds_side_by_side_share_nothing()
    {
        var alone = Run.Of(PlanMaker.Of(3)).Digest;
        var digests = new string[4];
        Thread[] threads = [.. Enumerable.Range(0, digests.Length).Select(i => new Thread(() => digests[i] = Run.Of(PlanMaker.Of(i % 2 == 0 ? 3 : 7)).Digest))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        Assert.Equal((alone, alone), (digests[0], digests[2]));
    }

    private static string Trace(int seed)
    {
        var text = new StringWriter { NewLine = "\n" };
        Run.Of(PlanMaker.Of(seed), null, text);
        return text.ToString();
    }

    private static string InAnotherProcess(int seed)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Run).Assembly.Location, "--replay", $"{seed}", "--trace", "--no-shrink"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return text;
    }
}
