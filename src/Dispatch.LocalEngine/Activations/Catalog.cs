using System.Collections.Concurrent;
using Orleans;

namespace Dispatch.LocalEngine;

/// <summary>All activations of the process, and the way to them.</summary>
internal sealed class Catalog(Engine engine)
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private volatile bool _closed;

    public int Count => _activations.Count;

    /// <summary>Brings a turn to its grain, which is activated when it has to be.</summary>
    public void Dispatch(GrainId id, Turn turn)
    {
        while (!_closed || _activations.ContainsKey(id))
        {
            if (Find(id).TryAccept(turn))
            {
                return;
            }
        }

        turn.Refuse(new EngineStoppedException($"The engine has stopped; {turn.Name} was not taken by {id}"));
    }

    public void Remove(Activation activation) => _activations.TryRemove(KeyValuePair.Create(activation.Id, activation));

    public string Describe(GrainId id) => _activations.TryGetValue(id, out var activation) ? activation.Describe() : "it is not active";

    public void CollectIdle(TimeSpan age)
    {
        foreach (var idle in InOrder().Where(activation => activation.IsIdle(age)))
        {
            idle.Deactivate(new(DeactivationReasonCode.ActivationIdle, $"not called for {age}"));
        }
    }

    /// <summary>Ends every activation and takes no new ones; what hangs is left behind after the limit.</summary>
    public async Task<int> Close(TimeSpan limit)
    {
        _closed = true;
        var open = InOrder();
        foreach (var activation in open)
        {
            activation.Deactivate(new(DeactivationReasonCode.ShuttingDown, "the engine is stopping"));
        }

        try
        {
            await Task.WhenAll(open.Select(activation => activation.Ended)).WaitAsync(limit, engine.Clock);
        }
        catch (TimeoutException)
        {
            return open.Count(activation => !activation.Ended.IsCompleted);
        }

        return 0;
    }

    public void Kill()
    {
        _closed = true;
        foreach (var activation in InOrder())
        {
            activation.Kill();
        }

        _activations.Clear();
    }

    private Activation Find(GrainId id) =>
        _activations.GetOrAdd(id, static (id, engine) => new Activation(engine, id), engine);

    // A hash table's order differs from run to run; whatever touches many grains does it in the order of their names.
    private Activation[] InOrder() =>
        [.. _activations.Values.OrderBy(a => a.Id.Class.Name, StringComparer.Ordinal).ThenBy(a => a.Id.Key, StringComparer.Ordinal)];
}
