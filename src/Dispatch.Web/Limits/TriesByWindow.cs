using System.Collections.Concurrent;

namespace Dispatch.Web.Limits;

/// <summary>So many tries in a fixed window, for each bucket. In memory and bounded.</summary>
internal abstract class TriesByWindow(TimeProvider clock, int perWindow)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private const int MaxBuckets = 50_000;

    private readonly ConcurrentDictionary<string, (int Tries, DateTimeOffset Ends)> _buckets = new();

    public bool Allowed(string bucket, out TimeSpan wait)
    {
        var now = clock.GetUtcNow();
        if (_buckets.Count > MaxBuckets) Forget(now);
        var (tries, ends) = _buckets.AddOrUpdate(bucket, _ => (1, now + Window), (_, old) => old.Ends <= now ? (1, now + Window) : (old.Tries + 1, old.Ends));
        wait = ends - now;
        return tries <= perWindow;
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var bucket in _buckets.Where(b => b.Value.Ends <= now)) _buckets.TryRemove(bucket);
        // Invented names must not wash away the limits of the others: the windows that end first go first.
        if (_buckets.Count > MaxBuckets) foreach (var bucket in _buckets.OrderBy(b => b.Value.Ends).Take(MaxBuckets / 10)) _buckets.TryRemove(bucket);
    }
}
