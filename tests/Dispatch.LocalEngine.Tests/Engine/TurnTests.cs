using Orleans;

namespace Dispatch.LocalEngine.Tests;

public sealed class TurnTests
{
    [Fact]
    public void Calls_run_one_at_a_time_in_the_order_they_came()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<IProbeGrain>("a");
        var first = world.Begin(() => grain.Work("first", "door"));
        var second = world.Begin(() => grain.Work("second"));
        var third = world.Begin(() => grain.Work("third"));

        Assert.Equal(["a activated", "first begins"], world.Journal.Take());
        world.Open("door");

        Assert.Equal(["first ends", "second begins", "second ends", "third begins", "third ends"], world.Journal.Take());
        Assert.True(first.IsCompletedSuccessfully && second.IsCompletedSuccessfully && third.IsCompletedSuccessfully);
    }

    [Fact]
    public void Grains_do_not_wait_for_each_other()
    {
        using var world = new World();
        world.Begin(() => world.Grains.GetGrain<IProbeGrain>("a").Work("a", "door"));
        Assert.Equal("b", world.Run(() => world.Grains.GetGrain<IProbeGrain>("b").Work("b")));
    }

    [Fact]
    public void Read_only_calls_run_side_by_side_but_not_beside_a_writer()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<IProbeGrain>("a");
        world.Begin(() => grain.View("view1", "door"));
        world.Begin(() => grain.View("view2", "side door"));
        world.Begin(() => grain.Work("write", "door2"));
        world.Begin(() => grain.View("view3"));

        Assert.Equal(["a activated", "view1 begins", "view2 begins"], world.Journal.Take());
        world.Open("door");
        Assert.Equal(["view1 ends"], world.Journal.Take());
        world.Open("side door");
        Assert.Equal(["view2 ends", "write begins"], world.Journal.Take());
        world.Open("door2");
        Assert.Equal(["write ends", "view3 begins", "view3 ends"], world.Journal.Take());
    }

    [Fact]
    public void Everything_that_a_grain_awaits_comes_back_to_its_activation()
    {
        using var world = new World();
        var where = world.Begin(() => world.Grains.GetGrain<IProbeGrain>("a").Where());
        world.Advance(1);
        Assert.True(where.IsCompletedSuccessfully);
        Assert.Equal("probe/a probe/a probe/a", world.Run(() => where));
    }

    [Fact]
    public void A_task_that_nobody_awaits_goes_on_between_the_turns_of_its_activation()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<IProbeGrain>("a");
        world.Run(() => grain.Unawaited("door"));
        world.Journal.Take();
        world.Open("door");
        world.Advance(5);
        Assert.Equal(["later in ActivationScheduler, turn of probe/a", "much later, turn of probe/a"], world.Journal.Take());
    }

    [Fact]
    public void Calls_and_writes_that_are_awaited_together_stay_on_the_queue()
    {
        using var world = new World();
        var thread = Environment.CurrentManagedThreadId;
        world.Run(async () =>
        {
            await Task.WhenAll(Enumerable.Range(0, 5).Select(i => world.Grains.GetGrain<IProbeGrain>($"{i}").Work("x")));
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            await Task.WhenAll(Enumerable.Range(0, 5).Select(i => world.Store.Write(new(new("t", "p", $"{i}"), new byte[1]))));
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            await Task.WhenAny(world.Store.Read(new("t", "p", "1")), world.Grains.GetGrain<IProbeGrain>("a").Work("x"));
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            await world.Grains.GetGrain<IProbeGrain>("a").Work("x").WaitAsync(TimeSpan.FromSeconds(1), world.Clock);
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
        });
    }

    [Fact]
    public void A_full_queue_refuses_the_next_call()
    {
        using var world = new World(options => options.QueueLimit = 2);
        var grain = world.Grains.GetGrain<IProbeGrain>("a");
        world.Begin(() => grain.Work("runs", "door"));
        world.Begin(() => grain.Work("waits1"));
        world.Begin(() => grain.Work("waits2"));
        var refused = Assert.Throws<GrainOverloadedException>(() => world.Run(() => grain.Work("refused")));
        Assert.Contains("probe/a already has 2 calls waiting", refused.Message, StringComparison.Ordinal);
        world.Open("door");
        Assert.DoesNotContain("refused begins", world.Journal.Lines);
        Assert.Contains("waits2 ends", world.Journal.Lines);
    }

    [Fact]
    public void Exceptions_reach_the_caller_as_they_are_and_the_grain_goes_on()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<IProbeGrain>("a");
        var thrown = Assert.Throws<ProbeException>(() => world.Run(() => grain.Throw("no")));
        Assert.Contains($"{nameof(ProbeGrain)}.{nameof(ProbeGrain.Throw)}", thrown.StackTrace, StringComparison.Ordinal);
        Assert.Throws<ProbeException>(() => world.Run(grain.ThrowsAtOnce));
        Assert.Equal("ok", world.Run(() => grain.Work("ok")));
    }

    [Fact]
    public void Value_tasks_keys_and_references_work_as_in_Orleans()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<IProbeGrain>("a");
        Assert.Equal(5, world.Run(() => grain.Add(2, 3).AsTask()));
        world.Run(() => grain.Nothing().AsTask());
        Assert.Equal("a", grain.GetPrimaryKeyString());
        Assert.Equal(grain, world.Grains.GetGrain<IProbeGrain>("a"));
        Assert.NotEqual(grain, world.Grains.GetGrain<IProbeGrain>("b"));
        Assert.Throws<ArgumentException>(() => world.Grains.GetGrain<IProbeGrain>(" "));
        Assert.Throws<ArgumentException>(() => world.Grains.GetGrain<INobodyGrain>("a"));
    }

    [Fact]
    public void Messages_are_copied_when_they_go_through_JSON_and_shared_when_they_do_not()
    {
        foreach (var roundTrip in new[] { true, false })
        {
            using var world = new World(options => options.RoundTripMessages = roundTrip);
            var grain = world.Grains.GetGrain<IProbeGrain>("a");
            var bag = new Bag { Things = ["x"] };
            var back = world.Run(() => grain.Echo(bag));
            Assert.Equal(["x"], back.Things);
            Assert.Equal(roundTrip, !ReferenceEquals(bag, back));
            Assert.Equal(roundTrip, !ReferenceEquals(bag, Bag.LastSeen));
            Assert.Equal(roundTrip, !ReferenceEquals(back, Bag.LastSeen));
        }
    }

    [Fact]
    public void A_grain_need_not_derive_from_Grain()
    {
        using var world = new World();
        Assert.Equal("bare", world.Run(world.Grains.GetGrain<IBareGrain>("bare").Key));
        world.Advance(1);
        Assert.Equal(["tick of bare", "bare ended"], world.Journal.Take());
    }

    public interface IBareGrain : IGrainWithStringKey
    {
        Task<string> Key();
    }

    public sealed class BareGrain(Orleans.Runtime.IGrainContext context, Journal journal) : IGrainBase, IBareGrain
    {
        public Orleans.Runtime.IGrainContext GrainContext => context;

        public Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
        {
            journal.Write($"{this.GetPrimaryKeyString()} ended");
            return Task.CompletedTask;
        }

        public Task<string> Key()
        {
            this.RegisterGrainTimer(
                () =>
                {
                    journal.Write($"tick of {this.GetPrimaryKeyString()}");
                    this.DeactivateOnIdle();
                    return Task.CompletedTask;
                },
                new() { DueTime = TimeSpan.FromSeconds(1), Period = TimeSpan.FromSeconds(1) });
            return Task.FromResult(this.GetPrimaryKeyString());
        }
    }

    public interface INobodyGrain : IGrainWithStringKey
    {
        Task Call();
    }
}
