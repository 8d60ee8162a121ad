using System.Collections.Immutable;
using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <summary>
/// What happens when nobody does anything. Pure functions of the stored alert and the time: a late, early, missed or doubled tick
/// converges to the same state.
/// </summary>
public static class Silence
{
    /// <summary>The next moment at which something is due, or null when nothing ever will be by itself.</summary>
    public static DateTimeOffset? NextDue(Alert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        var due = Earlier(NextRing(alert), Disclosure.NextReviewAt(alert));
        foreach (var alarm in alert.Alarms) due = Earlier(due, NextRing(alert, alarm));
        if (alert.Stage is Stage.Ended) return due;
        if (alert.Rules is null) due = Earlier(due, alert.RaisedAt);
        if (!alert.AskingStopped) due = Earlier(due, Climbing.NextDue(alert));
        due = Earlier(Earlier(due, BedSearching.NextAt(alert)), AskingPlaces.NextAt(alert));
        foreach (var need in alert.Needs) due = Earlier(due, Asking.NextStepAt(alert, need));
        foreach (var offer in alert.Offers) due = Earlier(due, NextOf(alert, offer));
        return due;
    }

    /// <summary>Applies one thing that is due now and needs no roster; unchanged when nothing is. Call until unchanged.</summary>
    public static Decision Tick(Alert alert, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        var at = Clock.DueUntil(alert, now);
        if (NextRing(alert) <= at) return RingOn(alert, now);
        foreach (var alarm in alert.Alarms)
        {
            if (NextRing(alert, alarm) <= at) return RingOn(alert, alarm, now);
        }

        if (Disclosure.NextReviewAt(alert) <= at) return alert.Sound(RingReason.ReviewDue, now).Changed(now, Note(HistoryKind.ReviewDue, now));
        if (alert.Stage is Stage.Ended) return new Decision.Unchanged(alert);
        if (AskingPlaces.NextAt(alert) <= at) return AskingPlaces.Ended(alert, now);
        // What was due first first: once one of a pair is silent the other waits again, and a late tick must not silence both.
        if (alert.Offers.MinBy(o => NextOf(alert, o) ?? DateTimeOffset.MaxValue) is not { } offer || !(NextOf(alert, offer) <= at)) return new Decision.Unchanged(alert);
        return OnTheWay.CheckInAt(alert, offer) <= at ? OnTheWay.Missed(alert, offer, now) : Riding.LateAt(alert, offer) <= at ? Riding.WasLate(alert, offer, now) : FellSilent(alert, offer, now);
    }

    private static DateTimeOffset? NextOf(Alert alert, Offer offer) => Earlier(Earlier(OnTheWay.CheckInAt(alert, offer), Riding.LateAt(alert, offer)), SilentAt(alert, offer));

    /// <summary>
    /// When an accepted offer counts as silent: no progress within the mode's limit, or the ETA passed by the larger of ten minutes and a
    /// quarter of it (design §3, step 6).
    /// </summary>
    public static DateTimeOffset? SilentAt(Alert alert, Offer offer)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(offer);
        if (offer is not { State: OfferState.Accepted, Assignment: { Silent: false, Active: true } a } || alert.StandingOff) return null;
        if (a.State is AssignmentState.PickedUp or AssignmentState.Arrived) return null;
        // Ready, and kept waiting for the second one: the line rings for that by itself. Her time runs from when she has her.
        if (a.State is AssignmentState.NoConflict && Pairs.Alone(alert, offer)) return null;
        var paired = a.State is AssignmentState.NoConflict ? Pairs.CompleteSince(alert, offer) : null;
        var waited = paired > a.ProgressAt;
        var from = waited ? paired!.Value : a.ProgressAt;
        // Whoever has set out waits for no hour any more.
        var limit = (a.State is AssignmentState.EnRoute ? from : Lawful.RunsFrom(alert, offer, from)) + alert.Rules!.ProgressWithin(offer.Need, a.Mode);
        if (a.EtaAt is not { } eta) return limit;
        var overdue = eta + Beyond(a.EtaMinutes!.Value);
        // Before any sign of progress the mode's limit holds whatever was promised; after one, the promise is the limit.
        return a.State is AssignmentState.Accepted ? Earlier(limit, overdue) : waited ? Changes.Later(limit, overdue) : overdue;
    }

    /// <summary>How much later than promised is late.</summary>
    internal static TimeSpan Beyond(int promisedMinutes) => TimeSpan.FromMinutes(Math.Max(10, 0.25 * promisedMinutes));

    private static DateTimeOffset? NextRing(Alert alert) => alert is { Stage: Stage.Open, Ring: { } ring, Covered: false } ? Ringing.NextAt(ring, alert.Rules) : null;

    private static DateTimeOffset? NextRing(Alert alert, Alarm alarm) => alarm.Taken is null ? Ringing.NextAt(alarm.Ring, alert.Rules) : null;

    private static Decision RingOn(Alert alert, DateTimeOffset now)
    {
        var (ring, said, told) = Ringing.Next(alert.Ring!, now);
        return (alert with { Ring = ring }).Tell(told).Changed(now, Note(said, now, detail: ring.ItemId));
    }

    private static Decision RingOn(Alert alert, Alarm alarm, DateTimeOffset now)
    {
        var (ring, said, told) = Ringing.Next(alarm.Ring, now);
        return (alert with { Alarms = alert.Alarms.Replace(alarm, alarm with { Ring = ring }) }).Tell(told).Changed(now, Note(said, now, offer: alarm.Offer, detail: ring.ItemId));
    }

    private static Decision FellSilent(Alert alert, Offer offer, DateTimeOffset now)
    {
        var silent = alert.With(offer with { Assignment = offer.Assignment! with { Silent = true } }).Tell(Pending.Responder(offer.Responder));
        return silent.Reopen(offer.Need, RingReason.Silent, now)
            .Changed(now, Note(HistoryKind.Silent, now, offer.Need, offer.Step, offer.No, offer.Responder));
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null || a < b ? a : b;
}
