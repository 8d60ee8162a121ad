using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

public static class LeavingDuty
{
    /// <summary>Is asked now, or would be asked again were the need to open anew.</summary>
    public static bool MayBeAsked(Offer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        return offer.State is OfferState.Open || offer.Withdrawn is WithdrawnFor.Filled;
    }

    /// <summary>People who went off duty are no longer asked; who accepted stays responsible until she hands back.</summary>
    public static Decision Apply(Alert alert, IReadOnlySet<string> offDuty, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(offDuty);
        if (!alert.Offers.Any(o => MayBeAsked(o) && offDuty.Contains(o.Responder))) return new Decision.Unchanged(alert);
        var next = alert.Forget(o => offDuty.Contains(o.Responder), WithdrawnFor.OffDuty).WithdrawOpen(o => offDuty.Contains(o.Responder), WithdrawnFor.OffDuty, now, out var events);
        next = next.Needs.Select(n => n.Need).ToArray().Aggregate(next, (a, n) => a.MoveOnWhenAllAnswered(n));
        return next.Changed(now, events.AsSpan());
    }
}
