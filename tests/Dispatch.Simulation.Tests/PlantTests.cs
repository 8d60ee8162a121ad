using Dispatch.Simulation.Plans;
using Dispatch.Simulation.Plants;
using Dispatch.Simulation.Runs;

namespace Dispatch.Simulation.Tests;

/// <summary>Every bug that is planted is found, soon, and by the promise that it breaks. The same seeds hold without it (see <see cref="SeedTests"/>).</summary>
public sealed class PlantTests
{
    [Theory]
    [InlineData("send-before-write", 2)]
    [InlineData("forgotten-watch", 2)]
    [InlineData("double-accept", 25)]
    [InlineData("stale-retry", 10)]
    [InlineData("recomputed-step", 25)]
    [InlineData("dead-tick", 10)]
    [InlineData("lost-tail", 20)]
    [InlineData("two-takers", 5)]
    [InlineData("forgotten-stand-down", 5)]
    [InlineData("lost-hold", 25)]
    [InlineData("forgotten-tombstone", 25)]
    [InlineData("miscounted", 25)]
    [InlineData("longer-hold", 25)]
    [InlineData("half-family", 10)]
    [InlineData("kept-after-end", 25)]
    [InlineData("unwritten-look", 10)]
    [InlineData("longer-release", 40)]
    public void A_planted_bug_is_found_within_its_seeds(string name, int seeds)
    {
        var bug = PlantedBug.Named(name)!;
        for (var seed = 1; seed <= seeds; seed++)
        {
            if (Run.Of(PlanMaker.Of(seed), bug.Plant()).Broken?.Promise == bug.Breaks) return;
        }

        Assert.Fail($"{name} was not found by {bug.Breaks} in seeds 1 to {seeds}");
    }

    [Fact]
    public void Every_bug_that_can_be_planted_is_looked_for()
    {
        var looked = typeof(PlantTests).GetMethod(nameof(A_planted_bug_is_found_within_its_seeds))!.GetCustomAttributesData()
            .Where(a => a.AttributeType == typeof(InlineDataAttribute))
            .Select(a => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)[0].Value!);
        Assert.Equal(PlantedBug.All.Select(b => b.Name).Order(), looked.Order());
    }
}
