using System.Collections.Immutable;
using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Devices;

/// <summary>
/// What became of each device of a notice that is not through yet, so that a repeat goes to those alone that are still owed it. In memory and bounded: what is
/// forgotten is sent once more, under the same id.
/// </summary>
/// <param name="most">How many notices are remembered; the oldest one goes.</param>
/// <param name="keepsThrough">Remembers those that are through as well: what is said again then says nothing.</param>
internal sealed class DeviceLedger(TimeProvider clock, int most = DeviceLedger.MaxNotices, bool keepsThrough = false)
{
    public const int MaxNotices = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ImmutableDictionary<string, Tried>> _notices = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = new();

    /// <summary>Attempts those of her devices that are due, each for itself, and says what became of the notice as a whole.</summary>
    /// <param name="address">What tells one device from another at the far side.</param>
    /// <param name="attempt">One result for each device, in their order.</param>
    public async Task<DeliveryResult> Send(
        string notice, ImmutableArray<ReachableDevice> hers, Func<ReachableDevice, string> address, Func<ImmutableArray<ReachableDevice>, Task<ImmutableArray<DeliveryResult>>> attempt)
    {
        var (before, now) = (Of(notice), clock.GetUtcNow());
        var due = hers.DistinctBy(address).Where(d => before.GetValueOrDefault(address(d)) is not { } tried || (tried.Owed && tried.NotBefore <= now)).ToImmutableArray();
        var after = due.IsEmpty ? before : before.SetItems(due.Zip(await attempt(due), (device, result) => KeyValuePair.Create(address(device), Noted(result))));
        return Conclude(notice, after, [.. hers.Select(d => after[address(d)])]);
    }

    /// <summary>By address.</summary>
    public ImmutableDictionary<string, Tried> Of(string notice)
    {
        lock (_gate) return _notices.GetValueOrDefault(notice, ImmutableDictionary<string, Tried>.Empty);
    }

    public void Keep(string notice, ImmutableDictionary<string, Tried> tried)
    {
        lock (_gate)
        {
            if (!_notices.ContainsKey(notice)) _oldest.Enqueue(notice);
            _notices[notice] = tried;
            while (_oldest.Count > most) _notices.Remove(_oldest.Dequeue());
        }
    }

    /// <summary>Nothing is owed any more.</summary>
    public void Close(string notice)
    {
        lock (_gate) _notices.Remove(notice);
    }

    private Tried Noted(DeliveryResult result) => new(result, result is DeliveryResult.Later later ? clock.GetUtcNow() + later.RetryAfter : default);

    private DeliveryResult Conclude(string notice, ImmutableDictionary<string, Tried> all, ImmutableArray<Tried> hers)
    {
        var sent = hers.Select(t => t.Result).OfType<DeliveryResult.Sent>().FirstOrDefault();
        var next = hers.Where(t => t.Owed).MinBy(t => t.NotBefore);
        if (next is not null || (keepsThrough && !all.IsEmpty)) Keep(notice, all);
        else Close(notice);
        if (next is not { Result: DeliveryResult.Later later }) return sent ?? hers.FirstOrDefault()?.Result ?? new DeliveryResult.Never("noDevice");
        var wait = next.NotBefore - clock.GetUtcNow();
        return later with { RetryAfter = wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Partly = sent is not null };
    }
}

/// <param name="NotBefore">When a send that is owed may be tried again.</param>
internal sealed record Tried(DeliveryResult Result, DateTimeOffset NotBefore)
{
    public bool Owed => Result is DeliveryResult.Later;
}
