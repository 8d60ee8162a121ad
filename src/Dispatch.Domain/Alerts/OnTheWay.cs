using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <summary>The safety of those who go out: they say now and then that they are well, and have a button for when they are not.</summary>
public static class OnTheWay
{
    private static readonly TimeSpan RepeatAfter = TimeSpan.FromSeconds(10);

    /// <summary>Pressed again within this time, somebody who took it meanwhile need not be called twice.</summary>
    private static readonly TimeSpan SamePanicFor = TimeSpan.FromSeconds(60);

    public static Decision CheckIn(Alert alert, int offerNo, string responder, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (alert.OfferNo(offerNo) is not { Assignment: { } assignment } offer || offer.Responder != responder) return Decision.No(Refusal.NotFound);
        if (!assignment.Active) return Decision.No(Refusal.OfferClosed);
        if (!assignment.CheckInMissed && now - assignment.CheckedInAt < RepeatAfter) return new Decision.Unchanged(alert);
        return alert.IsWell(offer with { Assignment = assignment with { CheckedInAt = now } }).Tell(Pending.Responder(responder)).Changed(now);
    }

    /// <summary>
    /// Rings at once, whatever became of the alert or of her part in it. She cannot stop it, for somebody may stand beside her: a human of
    /// the line closes it. Pressed again while it rings it is the same call; later it rings anew, for who took the first one may long have spoken with her.
    /// </summary>
    public static Decision Panic(Alert alert, int offerNo, string responder, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (alert.OfferNo(offerNo) is not { } offer || offer.Responder != responder || (offer.Assignment ?? offer.Former) is not { } assignment) return Decision.No(Refusal.NotFound);
        var ringing = alert.AlarmFor(RingReason.ResponderInDanger, offerNo);
        var known = ringing is not null && assignment.PanicAt >= ringing.Ring.At;
        if (known && (ringing!.Taken is null || now - assignment.PanicAt < SamePanicFor)) return new Decision.Unchanged(alert);
        var pressed = assignment with { PanicAt = now };
        return alert.With(offer.Assignment is null ? offer with { Former = pressed } : offer with { Assignment = pressed })
            .Sound(RingReason.ResponderInDanger, now, offerNo, panic: true)
            .Tell(Pending.Responder(responder))
            .Changed(now, Note(HistoryKind.Panic, now, offer.Need, offer: offerNo, who: responder));
    }

    /// <summary>When she has to be heard of next: from setting out until she is done, on everything that is not a call.</summary>
    public static DateTimeOffset? CheckInAt(Alert alert, Offer offer)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(offer);
        if (offer is not { State: OfferState.Accepted, Assignment: { CheckInMissed: false, State: AssignmentState.EnRoute or AssignmentState.PickedUp or AssignmentState.Arrived } a }) return null;
        if (a.Mode is Mode.CallsHer or Mode.ReceivesHer || alert.Rules is not { } rules) return null;
        return Later(a.ProgressAt, a.CheckedInAt ?? a.ProgressAt).AddSeconds(rules.CheckInEverySeconds);
    }

    internal static Decision Missed(Alert alert, Offer offer, DateTimeOffset now) =>
        alert.With(offer with { Assignment = offer.Assignment! with { CheckInMissed = true } })
            .Sound(RingReason.ResponderInDanger, now, offer.No)
            .Tell(Pending.Responder(offer.Responder))
            .Changed(now, Note(HistoryKind.CheckInMissed, now, offer.Need, offer: offer.No, who: offer.Responder));

    /// <summary>Heard of again: what rang for that alone and nobody took yet goes. After a panic nothing goes.</summary>
    internal static Alert IsWell(this Alert alert, Offer offer)
    {
        var alarm = alert.AlarmFor(RingReason.ResponderInDanger, offer.No);
        var falseAlarm = offer.Assignment is { CheckInMissed: true } && alarm is { Taken: null, Panic: false } ? alarm : null;
        return alert.With(offer with { Assignment = offer.Assignment! with { CheckInMissed = false } }).Without(falseAlarm);
    }
}
