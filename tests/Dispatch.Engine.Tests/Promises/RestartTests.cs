namespace Dispatch.Engine.Tests;

/// <summary>In a world of its own: every host dies in it.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Reminders_and_states_survive_the_death_of_every_host()
    {
        using var world = new World();
        await world.InitializeAsync();
        await World.Do(() => world.Grains.GetGrain<ITickingGrain>("a").Remind(1, 1));
        await World.Do(() => world.Grains.GetGrain<ILedgerGrain>("a").Write("one"));
        await world.Restart();
        var before = world.Journal.Of("a").Length;
        await World.Until(() => world.Journal.Of("a").Skip(before).Contains("watch"));
        Assert.Equal("one exists=True etag=True", await World.Do(world.Grains.GetGrain<ILedgerGrain>("a").Show));
        await world.DisposeAsync();
    }
}
