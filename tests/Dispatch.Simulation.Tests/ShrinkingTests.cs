using Dispatch.Simulation.Plans;
using Dispatch.Simulation.Plants;
using Dispatch.Simulation.Promises;
using Dispatch.Simulation.Runs;
using Dispatch.Simulation.Shrinking;

namespace Dispatch.Simulation.Tests;

public sealed class ShrinkingTests
{
    /// <summary>A whole life comes down to what somebody can read.</summary>
    [Fact]
    public void A_failing_seed_becomes_a_short_story_that_fails_the_same_way()
    {
        var bug = PlantedBug.Named("stale-retry")!;
        var plan = Enumerable.Range(1, 10).Select(seed => PlanMaker.Of(seed)).First(p => Run.Of(p, bug.Plant()).Broken?.Promise is Promise.OnlyOpenOffersSent);

        var story = new Shrinker(p => Run.Of(p, bug.Plant()).Broken, Promise.OnlyOpenOffersSent, mostRuns: 300).Shrink(plan);

        var broken = Run.Of(story, bug.Plant()).Broken;
        Assert.Equal(Promise.OnlyOpenOffersSent, broken?.Promise);
        Assert.InRange(story.Acts.Length, 1, 8);
        var test = CSharpStory.Test(story, broken!, bug.Name);
        Assert.Contains("[Fact]", test, StringComparison.Ordinal);
        Assert.Contains("new Press(", test, StringComparison.Ordinal);
    }
}
