using System.Diagnostics;
using Dispatch.Domain.Hotline;
using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <summary>Items beside the alert's own: sounded by a rule, taken and closed by a human of the line.</summary>
public static class Alarming
{
    /// <summary>
    /// Rings from now on. One that rings already for the same reason and person is enough; one that somebody took is not, for taking it
    /// silenced it. So there is never more than one for each person on the way, and no limit that could swallow a call for help.
    /// </summary>
    internal static Alert Sound(this Alert alert, RingReason reason, DateTimeOffset at, int? offer = null, bool panic = false)
    {
        var before = alert.AlarmFor(reason, offer);
        panic |= before is { Panic: true };
        if (before is { Taken: null }) return before.Panic == panic ? alert : alert with { Alarms = alert.Alarms.Replace(before, before with { Panic = panic }) };
        alert = alert.Without(before);
        var ordinal = alert.AlarmsEver + 1;
        var alarm = new Alarm(new Ring(Ringing.ItemId(alert.Id, reason, ordinal), reason, at), offer) { Panic = panic };
        return (alert with { Alarms = alert.Alarms.Add(alarm), AlarmsEver = ordinal }).Tell(Pending.Queue);
    }

    internal static Alarm? AlarmFor(this Alert alert, RingReason reason, int? offer = null) =>
        alert.Alarms.FirstOrDefault(a => a.Ring.Reason == reason && a.Offer == offer);

    internal static Alert Without(this Alert alert, Alarm? alarm) =>
        alarm is null ? alert : (alert with { Alarms = alert.Alarms.Remove(alarm) }).Tell(Pending.Queue);

    internal static Decision Apply(Alert alert, Alarm alarm, Claim claim, DateTimeOffset now) => claim.State switch
    {
        ClaimState.Taken when alarm.Taken?.By == claim.By => new Decision.Unchanged(alert),
        ClaimState.Taken => (alert with { Alarms = alert.Alarms.Replace(alarm, alarm with { Taken = new Taker(claim.By, claim.At, claim.ItemId) }) })
            .Changed(now, Note(HistoryKind.Taken, claim.At, offer: alarm.Offer, who: claim.By, detail: claim.ItemId)),
        ClaimState.Closed => alert.Without(alarm).Changed(now, Note(HistoryKind.AlarmClosed, claim.At, offer: alarm.Offer, who: claim.By, detail: claim.ItemId)),
        ClaimState.HandedBack => alarm.Taken is { } taken && !taken.IsAfter(claim) ? HandBack(alert, alarm, claim, now) : new Decision.Unchanged(alert),
        _ => throw new UnreachableException($"claim {claim.State}"),
    };

    /// <summary>
    /// A new item that rings as if the first had never been taken: whoever is called next is called at once. Never later than now, should the clock have
    /// been set back meanwhile.
    /// </summary>
    private static Decision HandBack(Alert alert, Alarm alarm, Claim claim, DateTimeOffset now) =>
        alert.Without(alarm).Sound(alarm.Ring.Reason, alarm.Ring.At < now ? alarm.Ring.At : now, alarm.Offer, alarm.Panic).Changed(now, Note(HistoryKind.HandedBack, claim.At, offer: alarm.Offer, who: claim.By, detail: claim.ItemId));
}
