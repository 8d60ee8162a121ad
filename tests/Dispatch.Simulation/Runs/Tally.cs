namespace Dispatch.Simulation.Runs;

/// <summary>How often what happened. A simulator that has quietly gone idle shows here.</summary>
public sealed class Tally
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> Counts => _counts;

    public long this[string what] => _counts.GetValueOrDefault(what);

    /// <summary>Faults of every kind that really struck, not merely planned.</summary>
    public long Faults => _counts.Where(c => c.Key.StartsWith("fault.", StringComparison.Ordinal)).Sum(c => c.Value);

    public void Count(string what, long times = 1) => _counts[what] = _counts.GetValueOrDefault(what) + times;

    public void Add(Tally other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (what, times) in other._counts) Count(what, times);
    }
}
