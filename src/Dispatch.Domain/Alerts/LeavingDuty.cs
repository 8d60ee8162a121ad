using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

public static class LeavingDuty
{
    /// <summary>Is asked now, or would be asked again were the need to open anew.</summary>
    public static bool MayBeAsked(Offer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        return offer.State is OfferState.Open || offer.Withdrawn is WithdrawnFor.Filled or WithdrawnFor.Ended || StandsOff(offer);
    }

    /// <summary>People who went off duty are no longer asked; who accepted stays responsible until she hands back, or until she was told to keep away.</summary>
    public static Decision Apply(Alert alert, IReadOnlySet<string> offDuty, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(offDuty);
        if (alert.Stage is Stage.Ended || !alert.Offers.Any(o => MayBeAsked(o) && offDuty.Contains(o.Responder))) return new Decision.Unchanged(alert);
        var next = alert.Forget(o => offDuty.Contains(o.Responder), WithdrawnFor.OffDuty).WithdrawOpen(o => offDuty.Contains(o.Responder), WithdrawnFor.OffDuty, now, out var events);
        next = next.Offers.Where(o => StandsOff(o) && offDuty.Contains(o.Responder)).ToArray()
            .Aggregate(next, (a, o) => a.With(o with { State = OfferState.Withdrawn, Withdrawn = WithdrawnFor.OffDuty }).Tell(Pending.Responder(o.Responder)));
        next = next.Needs.Select(n => n.Need).ToArray().Aggregate(next, (a, n) => a.MoveOnWhenAllAnswered(n));
        return next.Changed(now, events.AsSpan());
    }

    private static bool StandsOff(Offer offer) => offer is { State: OfferState.Accepted, Assignment.State: AssignmentState.StandOff };
}
