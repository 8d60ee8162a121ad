using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Dispatch.Engine.Tests;

[Alias("contract.probe")]
public interface IProbeGrain : IGrainWithStringKey
{
    /// <summary>Writes down that it began, waits for the gate if there is one, writes down that it ended.</summary>
    [Alias("work")]
    Task<string> Work(string name, string? gate = null);

    [Alias("view"), ReadOnly]
    Task<string> View(string name, string? gate = null);

    [Alias("beside"), AlwaysInterleave]
    Task<string> Beside(string name, string? gate = null);

    [Alias("hurried"), ResponseTimeout("00:00:01")]
    Task<string> Hurried(string name, string gate);

    [Alias("throw")]
    Task Throw(string message);

    [Alias("end")]
    Task End();

    [Alias("echo")]
    Task<Parcel> Echo(Parcel parcel);

    [Alias("stays")]
    Task<bool> StaysOnItsScheduler();

    [Alias("unawaited")]
    Task Unawaited(string gate);

    [Alias("callOther")]
    Task<string> CallOther(string other, string name);
}

public enum Size { Small = 1, Large = 2 }

/// <summary>The kinds of value that our records are made of.</summary>
[Immutable]
public sealed record Parcel(
    string Id,
    Size Size,
    Size? Second,
    ImmutableArray<Item> Items,
    ImmutableDictionary<string, int> Counts,
    DateTimeOffset At,
    TimeSpan? For = null,
    string? Note = null);

[Immutable]
public sealed record Item(string Name, bool Fragile);

public sealed class ProbeException(string message) : Exception(message);

[GrainType("contract-probe")]
public sealed class ProbeGrain(Journal journal, TimeProvider clock) : Grain, IProbeGrain
{
    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        journal.Write(Key, "activated");
        if (Key.StartsWith("breaks-once", StringComparison.Ordinal) && journal.Of(Key).Length == 1) throw new ProbeException("activation");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        journal.Write(Key, $"deactivated {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public async Task<string> Work(string name, string? gate = null)
    {
        journal.Write(Key, $"{name} begins");
        if (gate is not null) await journal.Gate(gate).Task;
        journal.Write(Key, $"{name} ends");
        return name;
    }

    public Task<string> View(string name, string? gate = null) => Work(name, gate);

    public Task<string> Beside(string name, string? gate = null) => Work(name, gate);

    public Task<string> Hurried(string name, string gate) => Work(name, gate);

    public async Task Throw(string message)
    {
        await Task.Yield();
        throw new ProbeException(message);
    }

    public async Task End()
    {
        DeactivateOnIdle();
        await Task.Yield();
        journal.Write(Key, "still in its turn");
    }

    public Task<Parcel> Echo(Parcel parcel) => Task.FromResult(parcel);

    public async Task<bool> StaysOnItsScheduler()
    {
        var mine = TaskScheduler.Current;
        await Task.Yield();
        var stays = TaskScheduler.Current == mine && mine != TaskScheduler.Default;
        await Task.WhenAll(Task.Delay(TimeSpan.FromMilliseconds(1), clock), Task.CompletedTask);
        stays &= TaskScheduler.Current == mine;
        await Task.Run(() => { });
        return stays && TaskScheduler.Current == mine;
    }

    public Task Unawaited(string gate)
    {
        var mine = TaskScheduler.Current;
        _ = Later();
        return Task.CompletedTask;

        async Task Later()
        {
            await journal.Gate(gate).Task;
            journal.Write(Key, TaskScheduler.Current == mine ? "later, in its own turn" : "later, elsewhere");
        }
    }

    public Task<string> CallOther(string other, string name) => GrainFactory.GetGrain<IProbeGrain>(other).Work(name);
}
