using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <summary>The hotline has learned that somebody else holds her phone.</summary>
public static class MarkingPhone
{
    /// <summary>
    /// From here on the phone shows what a cancelled alert shows, also when the alert ended well, and nobody calls the number that came from
    /// it; only what a call-taker takes down from then on is hers again. Dispatch goes on. It is never taken back: whoever holds the phone could otherwise see that it was once believed lost.
    /// </summary>
    public static Decision Unsafe(Alert alert, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (alert.PhoneUnsafeAt is not null) return new Decision.Unchanged(alert);
        var onIt = alert.Offers.Where(o => o.Assignment is { Active: true }).Select(o => Pending.Responder(o.Responder));
        return (alert with { PhoneUnsafeAt = now, Reach = Reach.None, ContactAnew = false }).Tell(Pending.Queue).Tell(onIt).Changed(now, Note(HistoryKind.PhoneUnsafe, now, who: by));
    }
}
