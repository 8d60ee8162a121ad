namespace Dispatch.Channels.Gateways;

/// <summary>Since when a queue overflows. It goes on for a while after the last message that found no place: one alarm, and not one for each of them.</summary>
internal sealed class Overflowing(TimeSpan lingers)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _since;
    private DateTimeOffset? _last;

    /// <summary>A message found no place. True where that is news.</summary>
    public bool Note(DateTimeOffset now)
    {
        lock (_gate)
        {
            var news = !IsOn(now);
            if (news) _since = now;
            _last = now;
            return news;
        }
    }

    /// <summary>Null where it does not.</summary>
    public DateTimeOffset? Since(DateTimeOffset now)
    {
        lock (_gate) return IsOn(now) ? _since : null;
    }

    private bool IsOn(DateTimeOffset now) => _last is { } last && now - last < lingers;
}
