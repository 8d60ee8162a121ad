using System.Collections.Immutable;
using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <summary>Taking people off an alert: because she or they said so, because a basis went, because a need closed.</summary>
internal static class Dropping
{
    /// <summary>
    /// Open offers are withdrawn, accepted ones called off and their need opened again, and people who were only stood down are marked, so
    /// that no later re-opening asks them anew.
    /// </summary>
    public static Alert Drop(this Alert alert, Func<Offer, bool> which, WithdrawnFor why, DateTimeOffset now, ImmutableArray<HistoryEvent>.Builder events)
    {
        alert = alert.Forget(which, why).WithdrawOpen(which, why, now, out var withdrawn);
        events.AddRange(withdrawn);
        foreach (var offer in alert.Offers.Where(o => o.Assignment is { Active: true } && which(o)).ToArray())
        {
            alert = alert.With(offer with { State = OfferState.Withdrawn, Withdrawn = why, Assignment = offer.Assignment! with { State = AssignmentState.CallOff, ProgressAt = now } })
                .Tell(Pending.Responder(offer.Responder))
                .Reopen(offer.Need, RingReason.Reopened, now);
            events.Add(Note(HistoryKind.Withdrawn, now, offer.Need, offer.Step, offer.No, offer.Responder, EnumWords.Of(why)));
        }

        return alert.Needs.Select(n => n.Need).ToArray().Aggregate(alert, (a, n) => a.MoveOnWhenAllAnswered(n));
    }

    /// <summary>A person who knows the people involved: off every need of this alert, at once and for good.</summary>
    public static Alert DropForConflict(this Alert alert, string responder, DateTimeOffset now, ImmutableArray<HistoryEvent>.Builder events) =>
        alert.Exclude(responder).Drop(o => o.Responder == responder, WithdrawnFor.Conflict, now, events);

    /// <summary>Stood down because the need was filled, or because of a cancel that was perhaps forced; were it opened again, these would be asked first.</summary>
    public static Alert Forget(this Alert alert, Func<Offer, bool> which, WithdrawnFor why) =>
        alert.Offers.Where(o => o.Withdrawn is WithdrawnFor.Filled or WithdrawnFor.Ended && which(o)).ToArray().Aggregate(alert, (a, o) => a.With(o with { Withdrawn = why }));

    private static Alert Exclude(this Alert alert, string responder) =>
        alert.Exclusions.Responders.Contains(responder)
            ? alert
            : alert with { Exclusions = alert.Exclusions with { Responders = alert.Exclusions.Responders.Add(responder) } };
}
