namespace Dispatch.Grains.Hosting;

/// <summary>
/// Alerts of this host whose last write failed. Their activation is gone, and the row that would wake them may already say what the failed
/// decision would have made true, so the sweep wakes them until they read again what is really stored.
/// </summary>
public sealed class Unsettled
{
    private readonly Lock _gate = new();
    private readonly SortedSet<string> _alerts = new(StringComparer.Ordinal);

    public void Add(string alert)
    {
        lock (_gate) _alerts.Add(alert);
    }

    /// <summary>All of them, in the order of their ids; whoever takes them puts back what could not be settled.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (_gate)
        {
            string[] taken = [.. _alerts];
            _alerts.Clear();
            return taken;
        }
    }
}
