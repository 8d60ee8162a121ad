using System.Collections.Immutable;
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

    /// <summary>
    /// People who may be asked no more are withdrawn: off duty, no longer vetted, or with a conflict that they declared. Who accepted stays responsible until she hands back, or
    /// until she was told to keep away: whether she knows the people of this alert she was asked, or is.
    /// </summary>
    public static Decision Apply(Alert alert, IReadOnlyDictionary<string, WithdrawnFor> gone, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(gone);
        if (alert.Stage is Stage.Ended || !alert.Offers.Any(o => MayBeAsked(o) && gone.ContainsKey(o.Responder))) return new Decision.Unchanged(alert);
        var events = ImmutableArray.CreateBuilder<HistoryEvent>();
        var next = gone.GroupBy(g => g.Value, g => g.Key).OrderBy(g => g.Key).Aggregate(alert, (a, g) => a.Withdraw(g.ToImmutableHashSet(StringComparer.Ordinal), g.Key, now, events));
        next = next.Needs.Select(n => n.Need).ToArray().Aggregate(next, (a, n) => a.MoveOnWhenAllAnswered(n));
        return next.Changed(now, events.ToArray());
    }

    private static Alert Withdraw(this Alert alert, ImmutableHashSet<string> people, WithdrawnFor why, DateTimeOffset now, ImmutableArray<HistoryEvent>.Builder events)
    {
        var next = alert.Forget(o => people.Contains(o.Responder), why).WithdrawOpen(o => people.Contains(o.Responder), why, now, out var withdrawn);
        events.AddRange(withdrawn);
        return next.Offers.Where(o => StandsOff(o) && people.Contains(o.Responder)).ToArray()
            .Aggregate(next, (a, o) => a.With(o with { State = OfferState.Withdrawn, Withdrawn = why }).Tell(Pending.Responder(o.Responder)));
    }

    private static bool StandsOff(Offer offer) => offer is { State: OfferState.Accepted, Assignment.State: AssignmentState.StandOff };
}
