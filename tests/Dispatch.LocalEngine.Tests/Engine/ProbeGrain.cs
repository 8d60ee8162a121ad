using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Dispatch.LocalEngine.Tests;

public interface IProbeGrain : IGrainWithStringKey
{
    /// <summary>Writes down that it began, waits for the gate if there is one, writes down that it ended.</summary>
    Task<string> Work(string name, string? gate = null);

    [ReadOnly]
    Task<string> View(string name, string? gate = null);

    [ResponseTimeout("00:00:03")]
    Task Hurried(string gate);

    ValueTask<int> Add(int a, int b);

    ValueTask Nothing();

    Task Throw(string message);

    Task End();

    Task<Bag> Echo(Bag bag);

    Task Unawaited(string gate);

    Task<string> Where();

    Task Escape();

    Task ThrowsAtOnce();

    Task<int> Instance();
}

/// <summary>Something mutable, to see whether it was shared.</summary>
public sealed class Bag
{
    public static Bag? LastSeen { get; set; }

    public List<string> Things { get; set; } = [];
}

public sealed class ProbeException(string message) : Exception(message);

public sealed class ProbeGrain(Journal journal, TimeProvider clock) : Grain, IProbeGrain
{
    private static int s_made;
    private readonly int _instance = Interlocked.Increment(ref s_made);

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        journal.Write($"{Key} activated");
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (Key.StartsWith("slow-end", StringComparison.Ordinal))
        {
            await journal.Gate("end").Task;
        }

        journal.Write($"{Key} deactivated {reason.ReasonCode}");
    }

    public async Task<string> Work(string name, string? gate = null)
    {
        journal.Write($"{name} begins");
        if (gate is not null)
        {
            await journal.Gate(gate).Task;
        }

        journal.Write($"{name} ends");
        return name;
    }

    public Task<string> View(string name, string? gate = null) => Work(name, gate);

    public Task Hurried(string gate) => journal.Gate(gate).Task;

    public ValueTask<int> Add(int a, int b) => ValueTask.FromResult(a + b);

    public ValueTask Nothing() => ValueTask.CompletedTask;

    public async Task Throw(string message)
    {
        await Task.Yield();
        throw new ProbeException(message);
    }

    public Task ThrowsAtOnce() => throw new ProbeException("at once");

    public async Task End()
    {
        DeactivateOnIdle();
        journal.Write($"{Key} asked to end");
        await Task.Yield();
        journal.Write($"{Key} still in its turn");
    }

    public Task<Bag> Echo(Bag bag)
    {
        Bag.LastSeen = bag;
        return Task.FromResult(bag);
    }

    public Task Unawaited(string gate)
    {
        _ = Later();
        return Task.CompletedTask;

        async Task Later()
        {
            await journal.Gate(gate).Task;
            journal.Write($"later in {TaskScheduler.Current.GetType().Name}, turn of {Activation.Current}");
            await Task.Delay(TimeSpan.FromSeconds(5), clock);
            journal.Write($"much later, turn of {Activation.Current}");
        }
    }

    public async Task<string> Where()
    {
        var before = Activation.Current!.ToString();
        await Task.Yield();
        var yielded = Activation.Current!.ToString();
        await Task.Delay(TimeSpan.FromMilliseconds(1), clock);
        await Task.WhenAll(Task.Delay(TimeSpan.FromMilliseconds(2), clock), Task.CompletedTask);
        await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(2), clock), journal.Gate("never").Task);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(3), clock);
        try
        {
            await journal.Gate("never").Task.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
        }

        return $"{before} {yielded} {Activation.Current}";
    }

    public Task Escape() => Task.Run(DeactivateOnIdle);

    public Task<int> Instance() => Task.FromResult(_instance);
}
