namespace Dispatch.Engine.Tests;

[Collection(EngineSuite.Name)]
public sealed class LifeTests(World world)
{
    [Fact]
    public async Task An_activation_that_ends_itself_finishes_its_turn_and_hands_what_comes_to_the_next()
    {
        var grain = world.Grains.GetGrain<IProbeGrain>("ends");
        await World.Do(grain.End);
        await World.Do(() => grain.Work("after"));
        Assert.Equal(["activated", "still in its turn", "deactivated ApplicationRequested", "activated", "after begins", "after ends"], world.Journal.Of("ends"));
    }

    [Fact]
    public async Task An_idle_activation_is_collected()
    {
        await World.Do(() => world.Grains.GetGrain<IProbeGrain>("idle").Work("x"));
        await World.Until(() => world.Journal.Of("idle").Length == 4);
        Assert.Equal(["activated", "x begins", "x ends", "deactivated ActivationIdle"], world.Journal.Of("idle"));
    }

    [Fact]
    public async Task A_busy_activation_is_not_collected_however_long_it_takes()
    {
        var busy = world.Grains.GetGrain<IProbeGrain>("busy").Work("x", "busy door");
        await World.Do(() => world.Grains.GetGrain<IProbeGrain>("beside").Work("x"));
        await World.Until(() => world.Journal.Of("beside").Contains("deactivated ActivationIdle"));
        world.Open("busy door");
        await busy;
        Assert.Equal(["activated", "x begins", "x ends"], world.Journal.Of("busy"));
    }

    [Fact]
    public async Task A_failed_activation_fails_the_call_and_the_next_one_tries_again()
    {
        var grain = world.Grains.GetGrain<IProbeGrain>("breaks-once");
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => World.Do(() => grain.Work("x")));
        Assert.Contains("activation", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal("y", await World.Do(() => grain.Work("y")));
        Assert.DoesNotContain("x begins", world.Journal.Of("breaks-once"));
    }
}
