using Dispatch.Simulation.Plans;
using Dispatch.Simulation.Plants;
using Dispatch.Simulation.Promises;
using Dispatch.Simulation.Runs;

namespace Dispatch.Simulation.Tests;

/// <summary>Plays a plan that was written down. What the simulator prints for a failing seed calls this.</summary>
internal static class Replay
{
    public static void Holds(Plan plan) => Assert.Null(Run.Of(plan).Broken);

    /// <summary>With a planted bug the promise breaks, and without it the same plan holds.</summary>
    public static void Finds(string bug, Promise promise, Plan plan)
    {
        Holds(plan);
        Assert.Equal(promise, Run.Of(plan, PlantedBug.Named(bug)!.Plant()).Broken?.Promise);
    }
}
