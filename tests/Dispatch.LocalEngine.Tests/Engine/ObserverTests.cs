using Orleans;
using Orleans.Runtime;

namespace Dispatch.LocalEngine.Tests;

public sealed class ObserverTests
{
    [Fact]
    public void A_grain_tells_an_observer_which_runs_as_host_code()
    {
        using var world = new World();
        var ear = new Ear(world);
        var grain = world.Grains.GetGrain<ITellerGrain>("a");
        world.Run(() => grain.Subscribe(world.Grains.CreateObjectReference<IEar>(ear)));
        Assert.Equal("heard hello", world.Run(() => grain.Tell("hello")));
        Assert.Equal(["hello heard by no grain"], world.Journal.Take());
    }

    [Fact]
    public void A_deaf_observer_times_out_by_its_own_limit_and_holds_nobody_else_up()
    {
        using var world = new World();
        var ear = new Ear(world);
        var grain = world.Grains.GetGrain<ITellerGrain>("a");
        world.Run(() => grain.Subscribe(world.Grains.CreateObjectReference<IEar>(ear)));
        var other = world.Grains.GetGrain<ITellerGrain>("b");
        world.Run(() => other.Subscribe(world.Grains.CreateObjectReference<IEar>(new Ear(world))));

        var deaf = world.Begin(() => grain.Tell("wait"));
        Assert.Equal("heard hello", world.Run(() => other.Tell("hello")));
        world.Advance(3);
        Assert.Equal("No answer within 00:00:03 from observer Ear, IEar.Hear. The outcome is unknown", Assert.IsType<TimeoutException>(deaf.Exception!.InnerException).Message);
    }

    [Fact]
    public void A_deleted_reference_fails_and_its_failure_reaches_the_grain()
    {
        using var world = new World();
        var ear = new Ear(world);
        var grain = world.Grains.GetGrain<ITellerGrain>("a");
        world.Run(() => grain.Subscribe(world.Grains.CreateObjectReference<IEar>(ear)));
        Assert.Throws<ArgumentException>(() => world.Grains.CreateObjectReference<IEar>(ear));
        world.Grains.DeleteObjectReference<IEar>(ear);
        Assert.IsAssignableFrom<OrleansException>(Assert.Throws<ObserverGoneException>(() => world.Run(() => grain.Tell("hello"))));
        Assert.Empty(world.Journal.Take());
    }

    [Fact]
    public void What_an_observer_throws_reaches_the_grain_as_it_is()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<ITellerGrain>("a");
        world.Run(() => grain.Subscribe(world.Grains.CreateObjectReference<IEar>(new Ear(world))));
        Assert.Throws<ProbeException>(() => world.Run(() => grain.Tell("throw")));
    }

    [Fact]
    public void Messages_to_an_observer_go_through_JSON_too()
    {
        using var world = new World();
        var eye = new Eye();
        var bag = new Bag { Things = ["x"] };
        var shown = world.Run(() => world.Grains.CreateObjectReference<IEye>(eye).Show(bag));
        Assert.Equal(["x"], eye.Seen!.Things);
        Assert.NotSame(bag, eye.Seen);
        Assert.NotSame(shown, eye.Seen);
    }

    private sealed class Eye : IEye
    {
        public Bag? Seen { get; private set; }

        public Task<Bag> Show(Bag bag)
        {
            Seen = bag;
            return Task.FromResult(bag);
        }
    }

    private sealed class Ear(World world) : IEar
    {
        public async Task<string> Hear(string text)
        {
            await Task.Yield();
            switch (text)
            {
                case "wait":
                    await world.Journal.Gate("never").Task;
                    break;
                case "throw":
                    throw new ProbeException(text);
            }

            world.Journal.Write($"{text} heard by {Activation.Current?.ToString() ?? "no grain"}");
            return $"heard {text}";
        }
    }
}

public interface IEar : IGrainObserver
{
    [ResponseTimeout("00:00:03")]
    Task<string> Hear(string text);
}

public interface IEye : IGrainObserver
{
    Task<Bag> Show(Bag bag);
}

public interface ITellerGrain : IGrainWithStringKey
{
    Task Subscribe(IEar ear);

    Task<string> Tell(string text);
}

public sealed class TellerGrain : Grain, ITellerGrain
{
    private IEar? _ear;

    public Task Subscribe(IEar ear)
    {
        _ear = ear;
        return Task.CompletedTask;
    }

    public Task<string> Tell(string text) => _ear!.Hear(text);
}
