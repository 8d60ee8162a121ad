using Orleans;

namespace Dispatch.LocalEngine.Tests;

public sealed class DeactivationTests
{
    [Fact]
    public void An_activation_that_ends_itself_finishes_its_turn_and_hands_what_waits_to_the_next()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<IProbeGrain>("a");
        var before = world.Run(grain.Instance);
        world.Begin(() => grain.Work("holds", "door"));
        var end = world.Begin(grain.End);
        var after = world.Begin(grain.Instance);
        world.Journal.Take();
        world.Open("door");

        Assert.Equal(["holds ends", "a asked to end", "a still in its turn", "a deactivated ApplicationRequested", "a activated"], world.Journal.Take());
        Assert.True(end.IsCompletedSuccessfully);
        Assert.NotEqual(before, world.Run(() => after));
    }

    [Fact]
    public void Calls_that_come_while_it_deactivates_wait_for_the_next_activation()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<IProbeGrain>("slow-end");
        world.Run(grain.End);
        world.Journal.Take();
        var call = world.Begin(() => grain.Work("after"));
        Assert.Empty(world.Journal.Take());
        world.Open("end");
        Assert.Equal(["slow-end deactivated ApplicationRequested", "slow-end activated", "after begins", "after ends"], world.Journal.Take());
        Assert.True(call.IsCompletedSuccessfully);
    }

    [Fact]
    public void An_idle_activation_is_collected_and_a_used_one_is_not()
    {
        using var world = new World();
        var idle = world.Grains.GetGrain<IProbeGrain>("idle");
        var used = world.Grains.GetGrain<IProbeGrain>("used");
        world.Run(() => idle.Work("x"));
        for (var minute = 0; minute < 17; minute++)
        {
            world.Run(() => used.Work("x"));
            world.Advance(60);
        }

        Assert.Contains("idle deactivated ActivationIdle", world.Journal.Lines);
        Assert.DoesNotContain("used deactivated ActivationIdle", world.Journal.Lines);
        Assert.Equal(1, world.Silo.Activations);
    }

    [Fact]
    public void A_busy_activation_is_not_collected_however_long_it_takes()
    {
        using var world = new World();
        world.Begin(() => world.Grains.GetGrain<IProbeGrain>("a").Work("x", "door"));
        world.Advance(3600);
        world.Open("door");
        Assert.Equal(["a activated", "x begins", "x ends"], world.Journal.Take());
        Assert.Equal(1, world.Silo.Activations);
    }

    [Fact]
    public void A_failed_activation_fails_the_calls_that_wait_and_the_next_call_tries_again()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<IFragileGrain>("a");
        world.Journal.Write("break");
        var first = world.Begin(grain.Call);
        Assert.IsType<ProbeException>(first.Exception!.InnerException);
        world.Journal.Take();
        Assert.Equal("works", world.Run(grain.Call));

        var constructor = world.Grains.GetGrain<IFragileGrain>("b");
        world.Journal.Write("break constructor");
        Assert.Throws<ProbeException>(() => world.Run(constructor.Call));
    }

    [Fact]
    public void An_activation_that_hangs_fails_its_calls_after_the_limit()
    {
        using var world = new World(options => options.ActivationTimeout = TimeSpan.FromSeconds(10));
        var grain = world.Grains.GetGrain<IFragileGrain>("a");
        world.Journal.Write("hang");
        var call = world.Begin(grain.Call);
        world.Advance(10);
        Assert.Contains("fragile/a was not activated within 00:00:10", Assert.IsType<TimeoutException>(call.Exception!.InnerException).Message, StringComparison.Ordinal);
        world.Journal.Take();
        Assert.Equal("works", world.Run(grain.Call));
    }

    [Fact]
    public void A_grain_that_always_ends_itself_does_not_pass_a_call_round_for_ever()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<IFragileGrain>("a");
        world.Journal.Write("end at once");
        var call = Assert.Throws<Orleans.Runtime.OrleansException>(() => world.Run(grain.Call));
        Assert.Contains("deactivating 5 times over", call.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stopping_deactivates_everything_in_turn_and_refuses_calls()
    {
        using var world = new World();
        var b = world.Grains.GetGrain<IProbeGrain>("b");
        world.Run(() => b.Work("x"));
        world.Run(() => world.Grains.GetGrain<IProbeGrain>("a").Work("x"));
        world.Journal.Take();
        world.Run(() => world.Silo.StopAsync(default));
        Assert.Equal(["a deactivated ShuttingDown", "b deactivated ShuttingDown"], world.Journal.Take());
        Assert.Throws<EngineStoppedException>(() => world.Run(() => b.Work("x")));
    }

    [Fact]
    public void After_a_power_cut_no_grain_code_runs_and_the_caller_hears_nothing_until_it_gives_up()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<IProbeGrain>("a");
        var call = world.Begin(() => grain.Work("x", "door"));
        world.Silo.Kill();
        world.Open("door");
        Assert.Equal(["a activated", "x begins"], world.Journal.Take());
        Assert.False(call.IsCompleted);
        Assert.Throws<EngineStoppedException>(() => world.Run(() => grain.Work("y")));
        world.Advance(30);
        Assert.IsType<TimeoutException>(call.Exception!.InnerException);
    }

    [Fact]
    public void Stopping_does_not_wait_for_a_grain_that_hangs()
    {
        using var world = new World();
        world.Begin(() => world.Grains.GetGrain<IProbeGrain>("a").Work("x", "never"));
        var stop = world.Begin(() => world.Silo.StopAsync(default));
        world.Advance(9);
        Assert.False(stop.IsCompleted);
        world.Advance(1);
        Assert.True(stop.IsCompletedSuccessfully);
    }

    [Fact]
    public void Ending_an_activation_from_outside_its_scheduler_throws()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<IFragileGrain>("a");
        Assert.Equal("works", world.Run(grain.Call));
        var self = Assert.IsAssignableFrom<Grain>(FragileGrain.Last);
        Assert.Throws<InvalidOperationException>(() => ((IGrainBase)self).DeactivateOnIdle());
        Assert.Throws<InvalidOperationException>(() => self.RegisterGrainTimer(() => Task.CompletedTask, TimeSpan.Zero, TimeSpan.Zero));
    }
}

public interface IFragileGrain : IGrainWithStringKey
{
    Task<string> Call();
}

public sealed class FragileGrain : Grain, IFragileGrain
{
    private readonly Journal _journal;

    public FragileGrain(Journal journal)
    {
        _journal = journal;
        Last = this;
        if (journal.Lines.Contains("break constructor"))
        {
            throw new ProbeException("constructor");
        }
    }

    public static FragileGrain? Last { get; private set; }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (_journal.Lines.Contains("break"))
        {
            throw new ProbeException("activation");
        }

        if (_journal.Lines.Contains("hang"))
        {
            await _journal.Gate("hang").Task;
        }

        if (_journal.Lines.Contains("end at once"))
        {
            DeactivateOnIdle();
        }
    }

    public Task<string> Call() => Task.FromResult("works");
}
