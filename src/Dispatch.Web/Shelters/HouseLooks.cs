using System.Collections.Concurrent;
using Dispatch.Domain.Shelters;
using Dispatch.Web.Audit;

namespace Dispatch.Web.Shelters;

/// <summary>Who of a house read for whom a hold is and where they are met: on record before it is shown. A board is fetched every few seconds, so whoever looks again within the hour looks on.</summary>
internal sealed class HouseLooks(IAudit audit, TimeProvider clock)
{
    private const int Most = 20_000;
    private static readonly TimeSpan LooksOn = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(string Reader, string Hold), DateTimeOffset> _recorded = new();

    public async Task Record(string reader, HoldId hold)
    {
        var (key, now) = ((reader, hold.ToString()), clock.GetUtcNow());
        if (_recorded.TryGetValue(key, out var at) && at <= now && now < at + LooksOn) return;
        await audit.Write(reader, "hold.read", hold.Alert, hold.ToString());
        // Forgetting costs a line more, never one less.
        if (_recorded.Count >= Most) _recorded.Clear();
        _recorded[key] = now;
    }
}
