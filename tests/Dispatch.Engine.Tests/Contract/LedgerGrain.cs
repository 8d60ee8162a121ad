using Orleans;
using Orleans.Runtime;

namespace Dispatch.Engine.Tests;

public sealed class Stored<T>
{
    public T? Value { get; set; }
}

public sealed record LedgerRecord
{
    public required string Text { get; init; }
}

[Alias("contract.ledger")]
public interface ILedgerGrain : IGrainWithStringKey
{
    [Alias("show")]
    Task<string> Show();

    [Alias("write")]
    Task Write(string text);

    [Alias("clear")]
    Task Clear();

    [Alias("end")]
    Task End();

    /// <summary>Touches its state where it must not.</summary>
    [Alias("escape")]
    Task Escape();

    [Alias("through")]
    Task WriteThrough(string other, string text);
}

[GrainType("contract-ledger")]
public sealed class LedgerGrain([PersistentState("ledger")] IPersistentState<Stored<LedgerRecord>> ledger, Journal journal) : Grain, ILedgerGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        journal.Write(this.GetPrimaryKeyString(), $"activated with {ledger.State.Value?.Text ?? "none"}");
        return Task.CompletedTask;
    }

    public Task<string> Show() => Task.FromResult($"{ledger.State.Value?.Text ?? "none"} exists={ledger.RecordExists} etag={ledger.Etag is not null}");

    public Task Write(string text)
    {
        ledger.State.Value = new() { Text = text };
        return ledger.WriteStateAsync();
    }

    public Task Clear() => ledger.ClearStateAsync();

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Escape() => Task.Run(() => ledger.State);

    public Task WriteThrough(string other, string text) => GrainFactory.GetGrain<ILedgerGrain>(other).Write(text);
}
