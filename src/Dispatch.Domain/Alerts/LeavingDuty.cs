using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

public static class LeavingDuty
{
    /// <summary>People who went off duty are no longer asked; who accepted stays responsible until she hands back.</summary>
    public static Decision Apply(Alert alert, IReadOnlySet<string> offDuty, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(offDuty);
        if (!alert.Offers.Any(o => o.State is OfferState.Open && offDuty.Contains(o.Responder))) return new Decision.Unchanged(alert);
        var next = alert.WithdrawOpen(o => offDuty.Contains(o.Responder), WithdrawnFor.OffDuty, now, out var events);
        next = next.Needs.Select(n => n.Need).ToArray().Aggregate(next, (a, n) => a.MoveOnWhenAllAnswered(n));
        return next.Changed(now, events.AsSpan());
    }
}
