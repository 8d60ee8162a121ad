namespace Dispatch.Web.Gateways.Voice.Incoming;

/// <summary>
/// How much one number may make us do in a minute. Beyond it nothing of that number is looked at any more, so that it keeps nobody else waiting; what it already left in the queue
/// stays there. In memory and bounded; by contact, not by number. Menus are counted beside calls.
/// </summary>
internal sealed class IncomingLimits(TimeProvider clock)
{
    public const int EventsPerMinute = 60;
    public const int CallsPerMinute = 10;

    private const int MaxKnown = 20_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Events, int Calls, DateTimeOffset Ends)> _known = new(StringComparer.Ordinal);

    /// <param name="contactId">Whose event it is, and of what, where that is counted apart.</param>
    /// <param name="begins">A new call, and not what goes on on one.</param>
    public bool May(string contactId, bool begins)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            if (_known.Count >= MaxKnown) Forget(now);
            var (events, calls, ends) = _known.GetValueOrDefault(contactId);
            if (ends <= now || ends > now + Window) (events, calls, ends) = (0, 0, now + Window);
            if (events >= EventsPerMinute || (begins && calls >= CallsPerMinute)) return false;
            _known[contactId] = (events + 1, begins ? calls + 1 : calls, ends);
            return true;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var id in _known.Where(k => k.Value.Ends <= now).Select(k => k.Key).ToArray()) _known.Remove(id);
        // Invented numbers must not wash away the limits of the others: the windows that end first go first.
        foreach (var id in _known.OrderBy(k => k.Value.Ends).Take(Math.Max(0, _known.Count - (MaxKnown * 9 / 10))).Select(k => k.Key).ToArray()) _known.Remove(id);
    }
}
