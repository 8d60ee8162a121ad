using System.Collections.Immutable;
using Dispatch.Domain.Hotline;
using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <summary>What the line says about this alert's item, as pulled by the alert. The line decides who took it; the alert stops asking only when its own row names the taker.</summary>
public static class HandingOver
{
    public static Decision Apply(Alert alert, Claim claim, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(claim);
        if (alert.Alarms.FirstOrDefault(a => a.Ring.ItemId == claim.ItemId) is { } alarm) return Alarming.Apply(alert, alarm, claim, now);
        if (alert.Stage is Stage.Ended) return new Decision.Unchanged(alert);
        return claim.State switch
        {
            ClaimState.Taken => Take(alert, claim, now),
            ClaimState.Closed => Close(alert, claim, now),
            ClaimState.HandedBack => HandBack(alert, claim, now),
            _ => throw new System.Diagnostics.UnreachableException($"claim {claim.State}"),
        };
    }

    private static Decision Take(Alert alert, Claim claim, DateTimeOffset now)
    {
        if (alert.Taken is { } taken && taken.ItemId == claim.ItemId && taken.By == claim.By) return new Decision.Unchanged(alert);
        // From one human to the next, also when it has long stopped ringing.
        var handedOn = alert.Taken?.ItemId == claim.ItemId;
        if (alert.Ring?.ItemId != claim.ItemId && !handedOn) return new Decision.Unchanged(alert);
        return (alert with { Taken = new Taker(claim.By, claim.At, claim.ItemId) })
            .Changed(now, Note(handedOn ? HistoryKind.HandedOn : HistoryKind.Taken, claim.At, who: claim.By, detail: claim.ItemId));
    }

    private static Decision Close(Alert alert, Claim claim, DateTimeOffset now)
    {
        // Whoever had an earlier item has not thereby seen what rings now; only what rings, or the last thing that rang, can end an alert.
        if ((alert.Ring?.ItemId ?? alert.Taken?.ItemId) != claim.ItemId) return new Decision.Unchanged(alert);
        var next = (alert with { Stage = Stage.Ended, Ending = new Ending(claim.Outcome ?? EndedHow.Resolved, claim.At, claim.By) })
            .StandDown(WithdrawnFor.Ended, AssignmentState.CallOff, now, out var events)
            .ClearRing();
        return next.Changed(now, [Note(HistoryKind.Resolved, now, who: claim.By, detail: EnumWords.Of(next.Ending!.How)), .. events]);
    }

    /// <summary>Rings again, as a new item: phones drop a call that they know already. People are asked again until the next human has it.</summary>
    private static Decision HandBack(Alert alert, Claim claim, DateTimeOffset now)
    {
        if (alert.Taken is not { } taken || taken.ItemId != claim.ItemId || taken.IsAfter(claim)) return new Decision.Unchanged(alert);
        // Something newer rings already, or the item itself is no longer what rings.
        var rings = alert.Ring is not null && alert.Ring.ItemId != claim.ItemId;
        var given = alert with { Taken = null, Ring = rings ? alert.Ring : null };
        return (rings ? given : given.RingFor(alert.Ring?.Reason ?? RingReason.Reopened, now)).Changed(now, Note(HistoryKind.HandedBack, claim.At, who: claim.By, detail: claim.ItemId));
    }

    /// <summary>
    /// Whoever is believed to have it took it after it was given back. Anybody else may have given it back: a second person who took it over meanwhile, of whom the alert has not heard.
    /// </summary>
    internal static bool IsAfter(this Taker taken, Claim given) => taken.By != given.By && taken.At > given.At;

    /// <summary>Withdraws every open offer and tells everybody on the way.</summary>
    internal static Alert StandDown(this Alert alert, WithdrawnFor why, AssignmentState active, DateTimeOffset now, out ImmutableArray<HistoryEvent> events)
    {
        var next = alert.WithdrawOpen(_ => true, why, now, out events);
        // Nobody puts her out of the car: who has her on board brings her where she is met, whoever sent word in her name.
        var onTheWay = next.Offers.Where(o => o.Assignment is { Active: true, State: var state } && !(active is AssignmentState.StandOff && state is AssignmentState.PickedUp)).ToImmutableArray();
        next = onTheWay.Aggregate(next, (a, o) => a.With(o with { Assignment = o.Assignment! with { State = active, ProgressAt = now } }));
        return next.Tell(onTheWay.Select(o => Pending.Responder(o.Responder)));
    }
}
