using System.Collections.Immutable;
using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <summary>StandDown: it is over. GoOn: she was forced, and help comes without her device learning of it.</summary>
public enum DuressChoice { StandDown = 1, GoOn = 2 }

/// <param name="Reason">A code.</param>
public sealed record DuressDecision(DuressChoice Choice, string By, DateTimeOffset At, string Reason);

/// <summary>What a machine cannot know: whether a cancel that may have been forced was one. A named supervisor decides, once.</summary>
public static class DecidingDuress
{
    public static Decision Decide(Alert alert, DuressChoice choice, string by, string? reason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (alert.DuressDecided is { } done && done.Choice == choice) return new Decision.Unchanged(alert);
        if (!alert.StandingOff || alert.Stage is Stage.Ended) return Decision.No(Refusal.NothingToDecide);
        if (string.IsNullOrWhiteSpace(reason)) return Decision.No(Refusal.ReasonRequired);
        var decided = alert with { DuressDecided = new DuressDecision(choice, by, now, reason) };
        var line = Note(HistoryKind.DuressDecided, now, who: by, detail: EnumWords.Of(choice));
        return choice switch
        {
            // Everybody has stood off but whoever has her in the car.
            DuressChoice.StandDown => (decided with { Stage = Stage.Ended, Ending = new Ending(EndedHow.Other, now, by) })
                .StandDown(WithdrawnFor.Ended, AssignmentState.CallOff, now, out var events).ClearRing().Changed(now, [line, .. events]),
            DuressChoice.GoOn => GoOn(decided, now).Changed(now, line),
            _ => throw new System.Diagnostics.UnreachableException($"choice {choice}"),
        };
    }

    /// <summary>Whether this item waits for that decision: an outcome would end the alert and say neither who decided nor why. What rings beside it does not wait.</summary>
    public static bool Awaits(Alert alert, string itemId)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return alert is { Stage: Stage.Open, StandingOff: true, DuressDecided: null } && alert.Alarms.All(a => a.Ring.ItemId != itemId);
    }

    /// <summary>Everybody who was asked or on the way is asked anew, and the next step with them; never to ring her, whose phone is watched.</summary>
    private static Alert GoOn(Alert alert, DateTimeOffset now)
    {
        alert = alert with { Ring = null, Reach = Reach.None };
        alert = alert with { Needs = [.. alert.Needs.Select(n => n.Stage is NeedStage.Closed || alert.HasEnough(n) ? n : n with { Stage = NeedStage.Asking, MoveOn = true })] };
        var again = alert.Offers.Where(o => MayBeAskedAgain(alert, o)).ToImmutableArray();
        alert = again.Aggregate(alert, (a, o) => a.With(AskedAnew(o, now))).Tell(again.Select(o => Pending.Responder(o.Responder))).Tell(Pending.Queue);
        return alert.Needs.Length > 0 && alert.Needs.All(n => n.Stage is not NeedStage.Asking)
            ? alert
            : alert.RingFor(RingReason.Reopened, now.AddSeconds(alert.Rules?.HumanAfterSeconds ?? Raising.HumanAfter.TotalSeconds));
    }

    private static bool MayBeAskedAgain(Alert alert, Offer offer) =>
        (offer.Withdrawn is WithdrawnFor.Ended or WithdrawnFor.Filled || offer is { State: OfferState.Accepted, Assignment.State: AssignmentState.StandOff })
        && alert.Needs.First(n => n.Need == offer.Need).Stage is NeedStage.Asking
        && Disclosure.Allows(alert, offer.Organisation)
        && !Matching.Excludes(alert, offer.Responder, offer.Organisation.Id)
        && (!alert.WomenOnly || offer.Woman)
        && offer.Modes.Any(m => m is not Mode.CallsHer);

    private static Offer AskedAnew(Offer offer, DateTimeOffset now) => offer with
    {
        State = OfferState.Open,
        Withdrawn = null,
        Declined = null,
        AnsweredAt = null,
        Former = offer.Assignment ?? offer.Former,
        Assignment = null,
        Modes = [.. offer.Modes.Where(m => m is not Mode.CallsHer)],
        Round = offer.Round + 1,
        Rung = Rung.Data,
        Confirmed = false,
        At = now,
    };
}
