using Orleans.Runtime;

namespace Dispatch.Grains;

/// <summary>What a grain keeps: nothing yet, or one immutable record that is replaced as a whole.</summary>
public sealed class Stored<T>
    where T : class
{
    public T? Value { get; set; }
}

internal static class StoredStates
{
    /// <summary>
    /// Replaces the record, durably. When the write fails its outcome is unknown: memory goes back to what was, and the activation ends, so
    /// that whoever asks next reads again what is really stored.
    /// </summary>
    public static async Task Replace<T>(this IPersistentState<Stored<T>> stored, T next, Action deactivate)
        where T : class
    {
        var before = stored.State.Value;
        stored.State.Value = next;
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            stored.State.Value = before;
            deactivate();
            throw;
        }
    }

    /// <summary>Takes the record away, durably. A failure leaves the outcome unknown, as above.</summary>
    public static async Task Clear<T>(this IPersistentState<Stored<T>> stored, Action deactivate)
        where T : class
    {
        try
        {
            await stored.ClearStateAsync();
        }
        catch
        {
            deactivate();
            throw;
        }
    }
}
