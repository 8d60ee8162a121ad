using Orleans;

namespace Dispatch.LocalEngine.Tests;

public sealed class CallTests
{
    [Fact]
    public void A_call_that_is_not_among_the_allowed_ones_throws_and_names_itself()
    {
        using var world = new World(options => options.AllowedCalls = new HashSet<CallEdge> { new(nameof(CallerGrain), nameof(ILedgerGrain)) });
        var grain = world.Grains.GetGrain<ICallerGrain>("c");
        world.Run(() => grain.CallLedger("a", "text"));
        var refused = Assert.Throws<InvalidOperationException>(() => world.Run(() => grain.CallProbe("p")));
        Assert.Equal("The call CallerGrain -> IProbeGrain (caller/c calls IProbeGrain.Work of probe/p) is not among the allowed calls", refused.Message);
    }

    [Fact]
    public void An_edge_may_name_the_caller_by_its_interface_and_the_host_may_call_everybody()
    {
        using var world = new World(options => options.AllowedCalls = new HashSet<CallEdge> { new(nameof(ICallerGrain), nameof(IProbeGrain)) });
        world.Run(() => world.Grains.GetGrain<ICallerGrain>("c").CallProbe("p"));
        world.Run(() => world.Grains.GetGrain<IProbeGrain>("p").Work("host"));
    }

    [Fact]
    public void A_method_that_the_called_interface_inherits_counts_as_its_own()
    {
        using var world = new World(options => options.AllowedCalls = new HashSet<CallEdge> { new(nameof(CallerGrain), nameof(IReminderGrain)) });
        world.Run(() => world.Grains.GetGrain<ICallerGrain>("c").CallInherited("r"));
        Assert.Equal(["r called 0"], world.Journal.Take());
    }

    [Fact]
    public void A_grain_that_calls_itself_by_reference_is_told_so_instead_of_waiting_for_itself()
    {
        using var world = new World();
        var refused = Assert.Throws<InvalidOperationException>(() => world.Run(world.Grains.GetGrain<ICallerGrain>("c").CallMyself));
        Assert.Contains("caller/c calls itself by reference", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_grain_goes_on_in_its_own_turn_after_a_call_to_another()
    {
        using var world = new World();
        Assert.Equal("caller/c", world.Run(() => world.Grains.GetGrain<ICallerGrain>("c").CallProbe("p")));
    }

    [Fact]
    public void A_circle_of_calls_ends_in_a_timeout_that_says_who_is_busy()
    {
        using var world = new World();
        var circle = world.Begin(() => world.Grains.GetGrain<ICallerGrain>("a").CallRound("b"));
        world.Advance(20);
        Assert.Contains("caller/a, ICallerGrain.Count: it is busy with ICallerGrain.CallRound", CallerGrain.InnerTimeout, StringComparison.Ordinal);
        Assert.True(circle.IsCompleted);
    }
}

public interface ICallerGrain : IGrainWithStringKey
{
    Task CallLedger(string key, string text);

    Task<string> CallProbe(string key);

    Task CallMyself();

    Task CallInherited(string key);

    Task CallRound(string other);

    Task CallBack(string other);

    [ResponseTimeout("00:00:20")]
    Task<int> Count();
}

public sealed class CallerGrain : Grain, ICallerGrain
{
    private int _calls;

    public static string? InnerTimeout { get; private set; }

    public Task CallLedger(string key, string text)
    {
        _calls++;
        return GrainFactory.GetGrain<ILedgerGrain>(key).Write(text);
    }

    public async Task<string> CallProbe(string key)
    {
        await GrainFactory.GetGrain<IProbeGrain>(key).Work("called");
        return Activation.Current!.ToString();
    }

    public Task CallMyself() => GrainFactory.GetGrain<ICallerGrain>(this.GetPrimaryKeyString()).CallLedger("a", "x");

    public Task CallInherited(string key) => GrainFactory.GetGrain<IReminderGrain>(key).ReceiveReminder("called", new(default, default, World.Start.UtcDateTime));

    public Task CallRound(string other) => GrainFactory.GetGrain<ICallerGrain>(other).CallBack(this.GetPrimaryKeyString());

    public async Task CallBack(string other)
    {
        try
        {
            await GrainFactory.GetGrain<ICallerGrain>(other).Count();
        }
        catch (TimeoutException timeout)
        {
            InnerTimeout = timeout.Message;
        }
    }

    public Task<int> Count() => Task.FromResult(_calls);
}
