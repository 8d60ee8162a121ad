using Orleans.Runtime;

namespace Dispatch.Engine.Tests;

[Collection(EngineSuite.Name)]
public sealed class ObserverTests(World world)
{
    [Fact]
    public async Task A_grain_tells_an_observer_and_hears_its_answer()
    {
        var grain = await Subscribed("tells", new Ear(world));
        Assert.Equal("heard hello", await World.Do(() => grain.Tell("hello")));
    }

    [Fact]
    public async Task What_an_observer_throws_reaches_the_grain_as_it_is()
    {
        var grain = await Subscribed("tells a thrower", new Ear(world));
        await Assert.ThrowsAsync<ProbeException>(() => World.Do(() => grain.Tell("throw")));
    }

    [Fact]
    public async Task A_deaf_observer_times_out_by_its_own_limit_and_holds_nobody_else_up()
    {
        var (deaf, other) = (await Subscribed("tells the deaf", new Ear(world)), await Subscribed("tells another", new Ear(world)));
        var waits = deaf.Tell("wait");
        Assert.Equal("heard hello", await World.Do(() => other.Tell("hello")));
        await World.Pass(1.5);
        await Assert.ThrowsAsync<TimeoutException>(() => waits.WaitAsync(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task A_deleted_reference_fails()
    {
        var ear = new Ear(world);
        var grain = await Subscribed("tells nobody", ear);
        world.Grains.DeleteObjectReference<IEar>(_last!);
        var told = grain.Tell("hello");
        await World.Pass(1.5);
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => told.WaitAsync(TimeSpan.FromSeconds(5)));
        Assert.True(failure is TimeoutException or OrleansException, failure.ToString());
        GC.KeepAlive(ear);
    }

    private IEar? _last;

    private async Task<ITellingGrain> Subscribed(string key, Ear ear)
    {
        var grain = world.Grains.GetGrain<ITellingGrain>(key);
        _last = world.Grains.CreateObjectReference<IEar>(ear);
        await World.Do(() => grain.Subscribe(_last));
        return grain;
    }

    private sealed class Ear(World world) : IEar
    {
        public async Task<string> Hear(string text)
        {
            await Task.Yield();
            if (text == "wait") await world.Journal.Gate("never").Task;
            return text == "throw" ? throw new ProbeException(text) : $"heard {text}";
        }
    }
}
