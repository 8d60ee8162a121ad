using System.Collections.Immutable;
using Dispatch.Domain.Channels;
using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <summary>Yes or no. The first acceptance that makes the quorum fills the need and stands everybody else down, in one decision.</summary>
public static class Answering
{
    /// <summary>The longest ETA that makes sense to promise to somebody who waits.</summary>
    public const int MaxEtaMinutes = 12 * 60;

    /// <param name="via">The channel that her answer came by; null for her own signed-in session, which also confirms what she accepted elsewhere before.</param>
    public static Decision Accept(Alert alert, int offerNo, string responder, Mode? mode, int? etaMinutes, DateTimeOffset now, ChannelKind? via = null)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (alert.OfferNo(offerNo) is not { } offer || offer.Responder != responder) return Decision.No(Refusal.NotFound);
        if (offer.State is OfferState.Accepted) return RepeatedAccept(alert, offer, now, via);
        if (alert.Stage is Stage.Ended || alert.StandingOff) return Decision.No(Refusal.OfferClosed);
        if (offer.Withdrawn is not (null or WithdrawnFor.Filled)) return Decision.No(Refusal.OfferClosed);
        if (Matching.Excludes(alert, responder, offer.Organisation.Id) || !Disclosure.Allows(alert, offer.Organisation)) return Decision.No(Refusal.OfferClosed);

        var need = alert.Needs.First(n => n.Need == offer.Need);
        if (need.Stage is NeedStage.Filled) return Decision.No(Refusal.AlreadyFilled);
        if (need.Stage is NeedStage.Closed) return Decision.No(Refusal.OfferClosed);
        // She may have become unreachable since she was asked about.
        var possible = offer.Modes.Where(m => m is not Mode.CallsHer || alert.Reach is not Reach.None).ToArray();
        var chosen = mode ?? possible.FirstOrDefault();
        if (!possible.Contains(chosen)) return Decision.No(Refusal.ModeNotOffered);
        if (!EtaMakesSense(etaMinutes)) return Decision.No(Refusal.EtaOutOfRange);

        var accepted = offer with
        {
            State = OfferState.Accepted,
            AnsweredAt = now,
            Withdrawn = null,
            Declined = null,
            Assignment = new Assignment { Mode = chosen, AcceptedAt = now, ProgressAt = now, EtaMinutes = etaMinutes, EtaFrom = etaMinutes is null ? null : now, Via = via },
        };
        var next = alert.With(accepted).Tell(Pending.Responder(responder)).FillIfEnough(offer.Need, now, out var stoodDown);
        return next.Changed(now, [Note(HistoryKind.Accepted, now, offer.Need, offer.Step, offerNo, responder, EnumWords.Of(chosen)), .. stoodDown]);
    }

    /// <param name="via">As for <see cref="Accept"/>. What was only said by text or phone may be taken back so; what was confirmed may not.</param>
    public static Decision Decline(Alert alert, int offerNo, string responder, DeclineReason reason, DateTimeOffset now, ChannelKind? via = null)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (alert.OfferNo(offerNo) is not { } offer || offer.Responder != responder) return Decision.No(Refusal.NotFound);
        if (via is not null && offer.Assignment is { Active: true, Provisional: true }) return Progressing.Report(alert, offerNo, responder, Progress.Released, null, now);
        if (offer.State is OfferState.Accepted) return Decision.No(Refusal.WrongProgress);
        var conflict = reason is DeclineReason.Conflict;
        var gone = offer.State is OfferState.Declined || offer.Withdrawn is not (null or WithdrawnFor.Filled);
        if (conflict ? offer.Declined is DeclineReason.Conflict : gone) return new Decision.Unchanged(alert);

        var events = ImmutableArray.CreateBuilder<HistoryEvent>();
        events.Add(Note(HistoryKind.Declined, now, offer.Need, offer.Step, offerNo, responder, EnumWords.Of(reason)));
        var next = alert.With(offer with { State = OfferState.Declined, AnsweredAt = now, Declined = reason, Withdrawn = null }).Tell(Pending.Responder(responder));
        if (conflict) next = next.DropForConflict(responder, now, events);
        return next.MoveOnWhenAllAnswered(offer.Need).Changed(now, events.ToArray());
    }

    /// <summary>Fills the need once enough people count, and withdraws what is still open for it.</summary>
    internal static Alert FillIfEnough(this Alert alert, Need need, DateTimeOffset now, out ImmutableArray<HistoryEvent> stoodDown)
    {
        stoodDown = [];
        var state = alert.Needs.First(n => n.Need == need);
        if (state.Stage is not NeedStage.Asking || !alert.HasEnough(state)) return alert;
        return alert.With(state with { Stage = NeedStage.Filled, MoveOn = false })
            .WithdrawOpen(o => o.Need == need, WithdrawnFor.Filled, now, out stoodDown)
            .ClearRingWhenFilled();
    }

    internal static Alert WithdrawOpen(this Alert alert, Func<Offer, bool> which, WithdrawnFor why, DateTimeOffset now, out ImmutableArray<HistoryEvent> events)
    {
        var gone = alert.Offers.Where(o => o.State is OfferState.Open && which(o)).ToImmutableArray();
        events = [.. gone.Select(o => Note(HistoryKind.Withdrawn, now, o.Need, o.Step, o.No, o.Responder, EnumWords.Of(why)))];
        var next = gone.Aggregate(alert, (a, o) => a.With(o with { State = OfferState.Withdrawn, Withdrawn = why }));
        return next.Tell(gone.Select(o => Pending.Responder(o.Responder)));
    }

    internal static bool EtaMakesSense(int? minutes) => minutes is null or (>= 0 and <= MaxEtaMinutes);

    /// <summary>When nobody asked in this need's current step can still say yes, the next step need not wait.</summary>
    internal static Alert MoveOnWhenAllAnswered(this Alert alert, Need need)
    {
        var state = alert.Needs.First(n => n.Need == need);
        return state.Stage is NeedStage.Asking && !state.Steps.IsEmpty && !alert.Offers.Any(o => o.Need == need && o.Step == state.Steps[^1].Step && o.State is OfferState.Open)
            ? alert.With(state with { MoveOn = true })
            : alert;
    }

    private static Decision RepeatedAccept(Alert alert, Offer offer, DateTimeOffset now, ChannelKind? via) =>
        via is null && offer.Assignment is { Active: true, Provisional: true } ? Progressing.Report(alert, offer.No, offer.Responder, Progress.Confirmed, null, now)
        : offer.Assignment is { Active: true } or { State: AssignmentState.Done or AssignmentState.StandOff }
            ? new Decision.Unchanged(alert)
            : Decision.No(Refusal.OfferClosed);
}
