using System.Text;
using Dispatch.Storage;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Dispatch.LocalEngine.Tests;

public sealed class StateTests
{
    private static readonly RowKey Row = new("grain-state", "ledger/a", "ledger");

    [Fact]
    public void What_was_written_is_read_by_the_next_activation_before_it_is_activated()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<ILedgerGrain>("a");
        Assert.Equal("none exists=False etag=", world.Run(grain.Show));
        world.Run(() => grain.Write("one"));
        world.Crash();
        world.Journal.Take();
        Assert.Equal("one exists=True etag=1", world.Run(world.Grains.GetGrain<ILedgerGrain>("a").Show));
        Assert.Equal(["activated with one"], world.Journal.Take());
        Assert.Equal("""{"value":{"text":"one"}}""", Encoding.UTF8.GetString(world.Store.Disk.Rows[0].Body.Span));
    }

    [Fact]
    public void Clearing_deletes_the_row_and_an_old_ETag_never_matches_again()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<ILedgerGrain>("a");
        world.Run(() => grain.Write("one"));
        world.Run(grain.Clear);
        Assert.Empty(world.Store.Disk.Rows);
        Assert.Equal("none exists=False etag=", world.Run(grain.Show));
        world.Run(() => grain.Write("two"));
        Assert.Equal("two exists=True etag=2", world.Run(grain.Show));
    }

    [Fact]
    public void A_conflict_throws_and_deactivates_so_that_the_next_call_sees_the_newer_row()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<ILedgerGrain>("a");
        world.Run(() => grain.Write("mine"));
        world.Run(() => world.Store.Write(new(Row, Encoding.UTF8.GetBytes("""{"value":{"text":"theirs"}}"""))));

        var conflict = Assert.Throws<InconsistentStateException>(() => world.Run(() => grain.Write("mine again")));
        Assert.Equal(("2", "1"), (conflict.StoredEtag, conflict.CurrentEtag));
        Assert.Equal("theirs exists=True etag=2", world.Run(grain.Show));
    }

    [Fact]
    public void A_conflict_that_passes_through_a_caller_does_not_deactivate_the_caller()
    {
        using var world = new World();
        var outer = world.Grains.GetGrain<ICallerGrain>("outer");
        var grain = world.Grains.GetGrain<ILedgerGrain>("a");
        world.Run(() => grain.Write("mine"));
        world.Run(() => world.Store.Write(new(Row, Encoding.UTF8.GetBytes("{}"))));
        Assert.Throws<InconsistentStateException>(() => world.Run(() => outer.CallLedger("a", "mine again")));
        Assert.Equal(1, world.Run(outer.Count));
        Assert.Equal(1, world.Silo.Activations);
    }

    [Fact]
    public void A_store_that_cannot_write_is_an_OrleansException_and_the_activation_stays()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<ILedgerGrain>("a");
        world.Run(() => grain.Write("one"));
        world.Store.Fault = _ => new StoreUnavailableException("the disk is full");
        var failure = Assert.Throws<OrleansException>(() => world.Run(() => grain.Write("two")));
        Assert.IsType<StoreUnavailableException>(failure.InnerException);
        Assert.Contains("ledger/a", failure.Message, StringComparison.Ordinal);
        world.Store.Fault = null;
        Assert.Equal("two exists=True etag=1", world.Run(grain.Show));
    }

    [Fact]
    public void An_answer_that_was_lost_after_the_commit_shows_as_a_conflict_next_time()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<ILedgerGrain>("a");
        world.Store.LostAnswer = _ => new StoreUnavailableException("crashed");
        Assert.Throws<OrleansException>(() => world.Run(() => grain.Write("one")));
        world.Store.LostAnswer = null;
        Assert.Throws<InconsistentStateException>(() => world.Run(() => grain.Write("two")));
        Assert.Equal("one exists=True etag=1", world.Run(grain.Show));
    }

    [Fact]
    public void A_row_that_cannot_be_read_fails_the_activation_by_name()
    {
        using var world = new World();
        world.Run(() => world.Store.Write(new(Row, Encoding.UTF8.GetBytes("not json"))));
        var failure = Assert.Throws<OrleansException>(() => world.Run(world.Grains.GetGrain<ILedgerGrain>("a").Show));
        Assert.Contains("State 'ledger' of ledger/a cannot be read", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_else_may_touch_a_state()
    {
        using var world = new World();
        world.Run(world.Grains.GetGrain<ILedgerGrain>("a").Show);
        var state = LedgerGrain.Last!;
        var refused = Assert.Throws<InvalidOperationException>(() => state.State);
        Assert.Contains("State 'ledger' of ledger/a was used outside its scheduler", refused.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => state.State = new());
        Assert.Throws<InvalidOperationException>(() => world.Run(state.WriteStateAsync));
        Assert.Throws<InvalidOperationException>(() => world.Run(state.ReadStateAsync));
        Assert.Throws<InvalidOperationException>(() => world.Run(state.ClearStateAsync));
    }
}

public sealed class Stored<T>
{
    public T? Value { get; set; }
}

public sealed record LedgerRecord
{
    public required string Text { get; init; }
}

public interface ILedgerGrain : IGrainWithStringKey
{
    Task<string> Show();

    Task Write(string text);

    Task Clear();
}

public sealed class LedgerGrain : Grain, ILedgerGrain
{
    private readonly IPersistentState<Stored<LedgerRecord>> _ledger;
    private readonly Journal _journal;

    public LedgerGrain([PersistentState("ledger")] IPersistentState<Stored<LedgerRecord>> ledger, Journal journal)
    {
        (_ledger, _journal) = (ledger, journal);
        Last = ledger;
    }

    public static IPersistentState<Stored<LedgerRecord>>? Last { get; private set; }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _journal.Write($"activated with {_ledger.State.Value?.Text ?? "none"}");
        return Task.CompletedTask;
    }

    public Task<string> Show() =>
        Task.FromResult($"{_ledger.State.Value?.Text ?? "none"} exists={_ledger.RecordExists} etag={_ledger.Etag}");

    public Task Write(string text)
    {
        _ledger.State.Value = new() { Text = text };
        return _ledger.WriteStateAsync();
    }

    public Task Clear() => _ledger.ClearStateAsync();
}
