using System.Collections.Immutable;
using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Fcm;

/// <summary>
/// What became of each token of a notice that is not through yet, so that a repeat goes to those alone that are still owed it. In memory and bounded: what is
/// forgotten is sent once more, under the same id.
/// </summary>
internal sealed class FcmLedger
{
    public const int MaxNotices = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ImmutableDictionary<string, Tried>> _notices = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = new();

    /// <summary>By token.</summary>
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
            while (_oldest.Count > MaxNotices) _notices.Remove(_oldest.Dequeue());
        }
    }

    /// <summary>Nothing is owed any more.</summary>
    public void Close(string notice)
    {
        lock (_gate) _notices.Remove(notice);
    }
}

/// <param name="NotBefore">When a send that is owed may be tried again.</param>
internal sealed record Tried(DeliveryResult Result, DateTimeOffset NotBefore)
{
    public bool Owed => Result is DeliveryResult.Later;
}
