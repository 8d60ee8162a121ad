using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <summary>
/// The leg on which she is in the car. Who is late then is not given up for another driver, as whoever does not come is: the line is called, once, and keeps looking
/// until she has arrived.
/// </summary>
internal static class Riding
{
    /// <summary>When they should have arrived: what was promised at the pick-up and some more, otherwise the protocol's limit.</summary>
    public static DateTimeOffset? LateAt(Alert alert, Offer offer)
    {
        if (offer is not { State: OfferState.Accepted, Assignment: { Late: false, State: AssignmentState.PickedUp } a } || alert.Stage is Stage.Ended || alert.Rules is not { } rules) return null;
        return a.EtaAt is { } eta ? eta + Silence.Beyond(a.EtaMinutes!.Value) : a.ProgressAt + rules.RideWithin;
    }

    public static Decision WasLate(Alert alert, Offer offer, DateTimeOffset now) =>
        alert.With(offer with { Assignment = offer.Assignment! with { Late = true } })
            .Sound(RingReason.LateOnTheWay, now, offer.No)
            .Tell(Pending.Responder(offer.Responder))
            .Changed(now, Note(HistoryKind.LateOnTheWay, now, offer.Need, offer.Step, offer.No, offer.Responder));

    /// <summary>Arrived, or heard of with another hour: what nobody has taken yet goes.</summary>
    public static Alert NoLongerLate(this Alert alert, int offer) => alert.AlarmFor(RingReason.LateOnTheWay, offer) is { Taken: null } alarm ? alert.Without(alarm) : alert;
}
