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
        if (alert.Stage is Stage.Ended) return null;
        DateTimeOffset? due = alert.Rules is null ? alert.RaisedAt : null;
        foreach (var need in alert.Needs) due = Earlier(due, Asking.NextStepAt(alert, need));
        due = Earlier(due, NextRing(alert));
        foreach (var offer in alert.Offers) due = Earlier(due, SilentAt(alert, offer));
        return due;
    }

    /// <summary>Applies one thing that is due now and needs no roster; unchanged when nothing is. Call until unchanged.</summary>
    public static Decision Tick(Alert alert, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (alert.Stage is Stage.Ended) return new Decision.Unchanged(alert);
        var at = Clock.DueUntil(alert, now);
        if (NextRing(alert) is { } ring && ring <= at) return RingOn(alert, now);
        foreach (var offer in alert.Offers)
        {
            if (SilentAt(alert, offer) is { } silent && silent <= at) return FellSilent(alert, offer, now);
        }

        return new Decision.Unchanged(alert);
    }

    /// <summary>
    /// When an accepted offer counts as silent: no progress within the mode's limit, or the ETA passed by the larger of ten minutes and a
    /// quarter of it (design §3, step 6).
    /// </summary>
    public static DateTimeOffset? SilentAt(Alert alert, Offer offer)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(offer);
        if (offer is not { State: OfferState.Accepted, Assignment: { Silent: false, Active: true } a } || alert.DuressAt is not null) return null;
        if (a.State is AssignmentState.Arrived) return null;
        var limit = a.ProgressAt.AddSeconds(a.Mode is Mode.CallsHer ? alert.Rules!.CallWithinSeconds : alert.Rules!.JourneyWithinSeconds);
        if (a.EtaAt is not { } eta) return limit;
        var overdue = eta.AddMinutes(Math.Max(10, 0.25 * a.EtaMinutes!.Value));
        // Before any sign of progress the mode's limit holds whatever was promised; after one, the promise is the limit.
        return a.State is AssignmentState.Accepted ? Earlier(limit, overdue) : overdue;
    }

    private static DateTimeOffset? NextRing(Alert alert)
    {
        if (alert.Ring is not { } ring || alert.Covered) return null;
        if (!ring.Begun) return ring.At;
        var wait = alert.Rules;
        var officer = ring.At.AddSeconds(wait?.DutyOfficerAfterSeconds ?? 60);
        if (ring.DutyOfficerToldAt is not { } told) return officer;
        return ring.BackupToldAt is null ? told.AddSeconds(wait?.BackupAfterSeconds ?? 60) : null;
    }

    private static Decision RingOn(Alert alert, DateTimeOffset now)
    {
        var ring = alert.Ring!;
        if (!ring.Begun) return Ringing.Begin(alert, now);
        if (ring.DutyOfficerToldAt is null)
        {
            return (alert with { Ring = ring with { DutyOfficerToldAt = now } }).Tell(Pending.DutyOfficer).Changed(now, Note(HistoryKind.DutyOfficerTold, now, detail: ring.ItemId));
        }

        return (alert with { Ring = ring with { BackupToldAt = now } }).Tell(Pending.Backup).Changed(now, Note(HistoryKind.BackupTold, now, detail: ring.ItemId));
    }

    private static Decision FellSilent(Alert alert, Offer offer, DateTimeOffset now)
    {
        var silent = alert.With(offer with { Assignment = offer.Assignment! with { Silent = true } }).Tell(Pending.Responder(offer.Responder));
        return silent.Reopen(offer.Need, RingReason.Silent, now)
            .Changed(now, Note(HistoryKind.Silent, now, offer.Need, offer.Step, offer.No, offer.Responder));
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null || a < b ? a : b;
}
