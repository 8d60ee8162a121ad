using Dispatch.Storage;
using Orleans.Runtime;
using Orleans.Storage;

namespace Dispatch.Engine.Tests;

[Collection(EngineSuite.Name)]
public sealed class StateTests(World world)
{
    [Fact]
    public async Task What_was_written_is_read_by_the_next_activation_before_it_is_activated()
    {
        var grain = world.Grains.GetGrain<ILedgerGrain>("read");
        Assert.Equal("none exists=False etag=False", await World.Do(grain.Show));
        await World.Do(() => grain.Write("one"));
        await World.Do(grain.End);
        Assert.Equal("one exists=True etag=True", await World.Do(grain.Show));
        Assert.Equal(["activated with none", "activated with one"], world.Journal.Of("read"));
    }

    [Fact]
    public async Task Clearing_leaves_nothing()
    {
        var grain = world.Grains.GetGrain<ILedgerGrain>("cleared");
        await World.Do(() => grain.Write("one"));
        await World.Do(grain.Clear);
        Assert.Equal("none exists=False etag=False", await World.Do(grain.Show));
        await World.Do(grain.End);
        Assert.Equal("none exists=False etag=False", await World.Do(grain.Show));
        await World.Do(() => grain.Write("two"));
        Assert.Equal("two exists=True etag=True", await World.Do(grain.Show));
    }

    [Fact]
    public async Task A_conflict_throws_and_deactivates_so_that_the_next_call_sees_the_newer_row()
    {
        var grain = world.Grains.GetGrain<ILedgerGrain>("conflict");
        await World.Do(() => grain.Write("mine"));
        await world.Overwrite("conflict", "theirs");
        await Assert.ThrowsAsync<InconsistentStateException>(() => World.Do(() => grain.Write("mine again")));
        Assert.Equal("theirs exists=True etag=True", await World.Do(grain.Show));
        await World.Do(() => grain.Write("mine at last"));
    }

    [Fact]
    public async Task A_conflict_that_passes_through_a_caller_does_not_deactivate_the_caller()
    {
        var (caller, grain) = (world.Grains.GetGrain<ILedgerGrain>("caller"), world.Grains.GetGrain<ILedgerGrain>("called"));
        await World.Do(() => grain.Write("mine"));
        await World.Do(caller.Show);
        await world.Overwrite("called", "theirs");
        await Assert.ThrowsAsync<InconsistentStateException>(() => World.Do(() => caller.WriteThrough("called", "mine again")));
        await World.Do(caller.Show);
        Assert.Single(world.Journal.Of("caller"));
    }

    [Fact]
    public async Task A_store_that_cannot_write_is_an_OrleansException_and_the_activation_stays()
    {
        var grain = world.Grains.GetGrain<ILedgerGrain>("full");
        await World.Do(() => grain.Write("one"));
        world.Store.Failing = "contract-ledger/full";
        var failure = await Assert.ThrowsAsync<OrleansException>(() => World.Do(() => grain.Write("two")));
        world.Store.Failing = null;
        Assert.IsType<StoreUnavailableException>(failure.InnerException);
        await World.Do(() => grain.Write("three"));
        Assert.Equal("three exists=True etag=True", await World.Do(grain.Show));
        Assert.Single(world.Journal.Of("full"));
    }

    [Fact]
    public async Task Nobody_may_touch_a_state_outside_its_turn() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => World.Do(world.Grains.GetGrain<ILedgerGrain>("escape").Escape));
}
