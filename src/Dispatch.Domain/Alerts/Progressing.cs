using System.Collections.Immutable;
using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <summary>What a person who accepted reports. Conflict is an answer of its own: it removes access at once. Confirmed: it was she who accepted by text. PickedUp: a driver has her in the car.</summary>
public enum Progress { NoConflict = 1, Conflict = 2, EnRoute = 3, Arrived = 4, Done = 5, Released = 6, Confirmed = 7, PickedUp = 8 }

public static class Progressing
{
    private static readonly TimeSpan RepeatAfter = TimeSpan.FromMinutes(1);

    public static Decision Report(Alert alert, int offerNo, string responder, Progress progress, int? etaMinutes, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (alert.OfferNo(offerNo) is not { } offer || offer.Responder != responder || offer.Assignment is not { } assignment) return Decision.No(Refusal.NotFound);
        if (AlreadySo(assignment, progress, etaMinutes, now)) return new Decision.Unchanged(alert);
        if (!assignment.Active) return progress is Progress.Conflict ? Declare(alert, offer, now) : Decision.No(Refusal.OfferClosed);
        if (!Follows(offer, assignment, progress)) return Decision.No(Refusal.WrongProgress);
        if (!Answering.EtaMakesSense(etaMinutes)) return Decision.No(Refusal.EtaOutOfRange);
        if (progress is Progress.EnRoute or Progress.PickedUp or Progress.Arrived && assignment.State is not AssignmentState.PickedUp && Pairs.Alone(alert, offer)) return Decision.No(Refusal.PairMissing);

        return progress switch
        {
            Progress.Conflict => HandBack(alert, offer, now, conflict: true),
            Progress.Released => HandBack(alert, offer, now, conflict: false),
            Progress.Done => Finish(alert, offer, now),
            Progress.NoConflict or Progress.EnRoute or Progress.PickedUp or Progress.Arrived or Progress.Confirmed => Advance(alert, offer, progress, etaMinutes, now),
            _ => throw new System.Diagnostics.UnreachableException($"progress {progress}"),
        };
    }

    /// <summary>A conflict may be noticed late; access is closed already, and no other need of this alert asks her.</summary>
    private static Decision Declare(Alert alert, Offer offer, DateTimeOffset now)
    {
        if (alert.Exclusions.Responders.Contains(offer.Responder)) return new Decision.Unchanged(alert);
        var events = ImmutableArray.CreateBuilder<HistoryEvent>();
        events.Add(Note(HistoryKind.Conflict, now, offer.Need, offer: offer.No, who: offer.Responder));
        return alert.DropForConflict(offer.Responder, now, events).Tell(Pending.Responder(offer.Responder)).Changed(now, events.ToArray());
    }

    private static bool AlreadySo(Assignment assignment, Progress progress, int? eta, DateTimeOffset now) => progress switch
    {
        // Whoever fell silent and repeats her last word has given a sign of life.
        // The same tap again is a sign of life, on a long way or while she waits for the second of a pair; a doubled one is not.
        Progress.NoConflict => assignment is { State: AssignmentState.NoConflict, Silent: false } && eta is null && now - assignment.ProgressAt < RepeatAfter,
        Progress.EnRoute => assignment is { State: AssignmentState.EnRoute, Silent: false } && eta is null && now - assignment.ProgressAt < RepeatAfter,
        Progress.PickedUp => assignment is { State: AssignmentState.PickedUp } && eta is null && now - assignment.ProgressAt < RepeatAfter,
        Progress.Arrived => assignment is { State: AssignmentState.Arrived, Silent: false },
        Progress.Done => assignment.State is AssignmentState.Done,
        Progress.Released => assignment.State is AssignmentState.Released,
        Progress.Conflict => false,
        Progress.Confirmed => !assignment.Provisional,
        _ => throw new System.Diagnostics.UnreachableException($"progress {progress}"),
    };

    /// <summary>
    /// The conflict question comes first: until it is answered the person knows the area and nothing more. Who has not confirmed yet does not know even that,
    /// and cannot answer it.
    /// </summary>
    private static bool Follows(Offer offer, Assignment assignment, Progress to) => to switch
    {
        Progress.Conflict or Progress.Released => true,
        Progress.Confirmed => assignment.Provisional,
        _ when assignment.Provisional => false,
        Progress.NoConflict => assignment.State is AssignmentState.Accepted or AssignmentState.NoConflict,
        Progress.EnRoute => assignment.State is AssignmentState.NoConflict or AssignmentState.EnRoute,
        // A tap that was forgotten or lost on the way must not keep the next one from being said.
        Progress.PickedUp => offer.Need is Need.Transport && assignment.State is AssignmentState.NoConflict or AssignmentState.EnRoute or AssignmentState.PickedUp,
        Progress.Arrived => assignment.State is AssignmentState.NoConflict or AssignmentState.EnRoute or AssignmentState.PickedUp,
        Progress.Done => assignment.State is AssignmentState.NoConflict or AssignmentState.EnRoute or AssignmentState.PickedUp or AssignmentState.Arrived,
        _ => throw new System.Diagnostics.UnreachableException($"progress {to}"),
    };

    private static Decision Advance(Alert alert, Offer offer, Progress progress, int? etaMinutes, DateTimeOffset now)
    {
        // What was promised was for the way to her; with her in the car another promise runs, or the protocol's limit.
        var legEnds = progress is Progress.PickedUp && offer.Assignment!.State is not AssignmentState.PickedUp;
        // Late as long as they have neither arrived nor promised another hour: a tap must not begin the call anew.
        var late = offer.Assignment!.Late && progress is Progress.PickedUp && etaMinutes is null;
        var assignment = offer.Assignment with
        {
            State = progress switch
            {
                Progress.Confirmed => offer.Assignment!.State,
                Progress.NoConflict => AssignmentState.NoConflict,
                Progress.EnRoute => AssignmentState.EnRoute,
                Progress.PickedUp => AssignmentState.PickedUp,
                _ => AssignmentState.Arrived,
            },
            ProgressAt = now,
            Silent = false,
            Late = late,
            ConfirmedAt = progress is Progress.Confirmed ? now : offer.Assignment.ConfirmedAt,
            EtaMinutes = etaMinutes ?? (legEnds ? null : offer.Assignment.EtaMinutes),
            EtaFrom = etaMinutes is not null ? now : legEnds ? null : offer.Assignment.EtaFrom,
        };
        var well = alert.IsWell(offer with { Assignment = assignment });
        var next = (late ? well : well.NoLongerLate(offer.No)).Tell(Pending.Responder(offer.Responder)).FillIfEnough(offer.Need, now, out var stoodDown);
        return next.Changed(now, [Note(HistoryKind.Progress, now, offer.Need, offer: offer.No, who: offer.Responder, detail: progress is Progress.Confirmed ? EnumWords.Of(progress) : EnumWords.Of(assignment.State)), .. stoodDown]);
    }

    private static Decision Finish(Alert alert, Offer offer, DateTimeOffset now)
    {
        var done = offer with { Assignment = offer.Assignment! with { State = AssignmentState.Done, ProgressAt = now, Silent = false } };
        var next = alert.IsWell(done).NoLongerLate(offer.No).Tell(Pending.Responder(offer.Responder)).FillIfEnough(offer.Need, now, out var stoodDown);
        var line = Note(HistoryKind.Progress, now, offer.Need, offer: offer.No, who: offer.Responder, detail: "done");
        return next.EndWhenAllDone(offer.Responder, now, out var ended).Changed(now, [line, .. stoodDown, .. ended]);
    }

    /// <summary>Ends an open alert in which nothing is left to do.</summary>
    internal static Alert EndWhenAllDone(this Alert alert, string by, DateTimeOffset now, out ImmutableArray<HistoryEvent> events)
    {
        events = [];
        if (alert.Stage is Stage.Ended || !alert.Needs.All(n => n.Stage is NeedStage.Closed || NeedDone(alert, n))) return alert;
        var ended = (alert with { Stage = Stage.Ended, Ending = new Ending(EndedHow.Resolved, now, by) })
            .StandDown(WithdrawnFor.Ended, AssignmentState.CallOff, now, out var calledOff)
            .ClearRing();
        events = [Note(HistoryKind.Resolved, now), .. calledOff];
        return ended;
    }

    /// <summary>A bed is reached when she is in it, whoever said before that all is done.</summary>
    private static bool NeedDone(Alert alert, NeedState need) =>
        need.Stage is NeedStage.Filled
        && !(need.Need is Need.Shelter && alert.Beds is { HasBed: true, Arrived: false })
        && alert.Offers.Where(o => o.Need == need.Need && o.Counts).All(o => o.Assignment!.State is AssignmentState.Done);

    private static Decision HandBack(Alert alert, Offer offer, DateTimeOffset now, bool conflict)
    {
        var released = offer with { Assignment = offer.Assignment! with { State = AssignmentState.Released, ProgressAt = now } };
        var events = ImmutableArray.CreateBuilder<HistoryEvent>();
        events.Add(Note(conflict ? HistoryKind.Conflict : HistoryKind.Progress, now, offer.Need, offer: offer.No, who: offer.Responder, detail: conflict ? null : "released"));
        var next = alert.IsWell(released).NoLongerLate(offer.No).Tell(Pending.Responder(offer.Responder));
        if (conflict) next = next.DropForConflict(offer.Responder, now, events);
        return next.Reopen(offer.Need, RingReason.Reopened, now).Changed(now, events.ToArray());
    }

    /// <summary>
    /// Asks again for a need that is no longer covered: the next step at once, those who were stood down when it was filled are asked
    /// anew, and the console rings at the latest when it would have rung had nobody ever answered.
    /// </summary>
    internal static Alert Reopen(this Alert alert, Need need, RingReason reason, DateTimeOffset now)
    {
        var state = alert.Needs.First(n => n.Need == need);
        if (alert.Stage is Stage.Ended || alert.StandingOff || state.Stage is NeedStage.Closed) return alert;
        // Whoever left was perhaps the odd one of a pair: the others may be enough without her.
        if (alert.HasEnough(state)) return alert.FillIfEnough(need, now, out _);
        var again = alert.Offers
            .Where(o => o.Need == need && o.Withdrawn is WithdrawnFor.Filled && Disclosure.Allows(alert, o.Organisation) && !Matching.Excludes(alert, o.Responder, o.Organisation.Id) && (!alert.WomenOnly || o.Woman))
            .ToArray();
        var opened = again
            .Aggregate(alert, (a, o) => a.With(o with { State = OfferState.Open, Withdrawn = null, Round = o.Round + 1, At = now, Rung = Rung.Data, Confirmed = false }))
            .Tell(again.Select(o => Pending.Responder(o.Responder)))
            .With(state with { Stage = NeedStage.Asking, MoveOn = true });
        // A clock that was set back since the raise must not move this out to when it was wrong.
        var wait = TimeSpan.FromSeconds(alert.Rules!.HumanAfterSeconds);
        var humanAt = reason is RingReason.Silent || alert.RaisedAt + wait < now ? now : alert.RaisedAt < now ? alert.RaisedAt + wait : now + wait;
        return opened.RingFor(reason, humanAt);
    }
}
