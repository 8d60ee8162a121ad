using Orleans;

namespace Dispatch.LocalEngine.Tests;

public sealed class DeterminismTests
{
    [Fact]
    public void A_seed_replays_to_the_letter_and_another_seed_differs()
    {
        var first = Story(5);
        Assert.Equal(first, Story(5));
        Assert.Contains(Enumerable.Range(6, 10), seed => !Story(seed).SequenceEqual(first));
    }

    [Fact]
    public void No_order_of_turns_loses_an_acknowledged_write_or_lets_two_turns_overlap()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            using var world = new World(choose: new Random(seed).Next);
            var calls = Enumerable.Range(0, 12)
                .Select(i => world.Begin(() => world.Grains.GetGrain<ICounterGrain>($"{i % 3}").Add()))
                .ToArray();
            Assert.All(calls, call => Assert.True(call.IsCompletedSuccessfully, $"seed {seed}"));
            world.Crash();
            for (var grain = 0; grain < 3; grain++)
            {
                Assert.Equal(4, world.Run(world.Grains.GetGrain<ICounterGrain>($"{grain}").Count));
            }
        }
    }

    private static List<string> Story(int seed)
    {
        using var world = new World(choose: new Random(seed).Next);
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(world.Turns.Context);
        for (var i = 0; i < 6; i++)
        {
            _ = world.Grains.GetGrain<IProbeGrain>($"{i % 3}").Work($"{i}");
            _ = world.Grains.GetGrain<ITimerGrain>($"{i % 3}").Start(1, 1, 0.1 * i);
        }

        SynchronizationContext.SetSynchronizationContext(before);
        world.Advance(10);
        return [.. world.Journal.Lines, $"{world.Turns.Turns} turns"];
    }
}

public interface ICounterGrain : IGrainWithStringKey
{
    Task<int> Add();

    Task<int> Count();
}

public sealed class CounterGrain([Orleans.Runtime.PersistentState("count")] Orleans.Runtime.IPersistentState<Stored<int>> count) : Grain, ICounterGrain
{
    public async Task<int> Add()
    {
        var before = count.State.Value;
        await Task.Yield();
        count.State.Value = before + 1;
        await count.WriteStateAsync();
        return before + 1;
    }

    public Task<int> Count() => Task.FromResult(count.State.Value);
}
