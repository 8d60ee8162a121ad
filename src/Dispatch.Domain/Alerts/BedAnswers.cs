using System.Collections.Immutable;
using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <summary>What a house's ledger answered to a hold or to its release.</summary>
/// <param name="To">What it was asked: <see cref="BedState.Requested"/> or <see cref="BedState.Releasing"/>.</param>
/// <param name="AskedBefore">An earlier try may still be on its way there.</param>
public sealed record BedAnswer(int No, BedState To, BedRefusal? Refused, HoldView? Hold, bool AskedBefore);

/// <summary>What houses say, in answer or when they are asked how it stands. A late, doubled or overtaken word changes nothing.</summary>
public static class BedAnswers
{
    public static Decision Answered(Alert alert, BedAnswer answer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(answer);
        // Given up while it was asked for: what counts is the answer to the release.
        if (alert.Beds?.Find(answer.No) is not { } request || request.State != answer.To) return new Decision.Unchanged(alert);
        return (request.State, answer.Refused) switch
        {
            (BedState.Requested, null) => Known(alert, request, answer.Hold, now),
            // The try before it was not answered and may still come: only a release makes sure that it is refused.
            (BedState.Requested, { } why) when answer.AskedBefore => Set(alert, request with { State = BedState.Releasing, Refused = why }, HistoryKind.BedRefused, EnumWords.Of(why), now),
            (BedState.Requested, { } why) => Ended(alert, request with { Refused = why }, BedOver.Refused, HistoryKind.BedRefused, EnumWords.Of(why), now),
            // That is said to a machine alone: a person has given it up since, and the house is told whose word it is.
            (BedState.Releasing, BedRefusal.PersonRequired) when request.ReleasedBy is not null => new Decision.Unchanged(alert),
            // The house said yes meanwhile, or she is there: then that is how it stands.
            (BedState.Releasing, BedRefusal.PersonRequired or BedRefusal.StillThere) => Known(alert, request, answer.Hold, now),
            (BedState.Releasing, _) => Gone(alert, request, now),
            _ => throw new System.Diagnostics.UnreachableException($"an answer to {request.State}"),
        };
    }

    /// <summary>Ended, and a house expects her: should she not come, somebody has to hear of it, also where the host died that would have passed it on. For a day after she was expected.</summary>
    public static bool Expected(Alert alert, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return alert.Stage is Stage.Ended && alert.Beds?.Requests.Any(r => r is { State: BedState.Booked, Surplus: false } && now < (r.ExpectedAt ?? r.BookedAt) + Forgetting.After) is true;
    }

    /// <summary>How one of the holds stands that the house was asked about.</summary>
    /// <param name="hold">Null when the house knows nothing of it any more.</param>
    public static Decision Pulled(Alert alert, int no, HoldView? hold, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return alert.Beds?.Find(no) switch
        {
            { State: BedState.Held or BedState.Booked or BedState.Occupied } request => Known(alert, request, hold, now),
            { MayStillCome: true } request when hold is { Stage: HoldStage.Occupied } => Arrived(alert, request with { Over = null, ReleasedBy = null, NotCome = false, Unneeded = false }, now),
            _ => new Decision.Unchanged(alert),
        };
    }

    private static Decision Known(Alert alert, BedRequest request, HoldView? hold, DateTimeOffset now) => hold switch
    {
        null => Ended(alert, request, BedOver.Unknown, HistoryKind.BedOver, EnumWords.Of(BedOver.Unknown), now),
        { Over: { } how } => Ended(alert, request with { PassedOver = hold.Why }, Of(how), HistoryKind.BedOver, EnumWords.Of(Of(how)), now),
        { Stage: HoldStage.Held } => Held(alert, request, hold, now),
        { Stage: HoldStage.Booked } => Booked(alert, request, hold, now),
        { Stage: HoldStage.Occupied } => Arrived(alert, request, now),
        _ => throw new System.Diagnostics.UnreachableException($"hold {hold.Stage}"),
    };

    private static Decision Held(Alert alert, BedRequest request, HoldView hold, DateTimeOffset now)
    {
        var held = request with { State = BedState.Held, ExpiresAt = hold.ExpiresAt };
        if (held == request) return new Decision.Unchanged(alert);
        return request.State is BedState.Held ? (alert with { Beds = alert.Beds!.With(held) }).Changed(now) : Set(alert, held, HistoryKind.BedHeld, null, now);
    }

    private static Decision Booked(Alert alert, BedRequest request, HoldView hold, DateTimeOffset now)
    {
        var booked = request with { State = BedState.Booked, ExpiresAt = null, ExpectedAt = hold.ExpectedAt, BookedAt = request.BookedAt ?? now };
        HistoryEvent[] lines = [];
        var next = request.State is BedState.Booked ? alert with { Beds = alert.Beds!.With(booked) } : Filled(alert, booked, HistoryKind.BedBooked, now, out lines).TellDrivers();
        next = next.HouseMeetsAt(booked, hold.MeetAt, now, out var meeting);
        return booked == request && meeting.IsEmpty ? new Decision.Unchanged(alert) : next.Changed(now, [.. lines, .. meeting]);
    }

    private static Decision Arrived(Alert alert, BedRequest request, DateTimeOffset now)
    {
        if (request.State is BedState.Occupied) return new Decision.Unchanged(alert);
        var occupied = request with { State = BedState.Occupied, ExpiresAt = null, BookedAt = request.BookedAt ?? now };
        var next = Filled(alert, occupied, HistoryKind.BedArrived, now, out var lines);
        return next.EndWhenAllDone(request.Shelter, now, out var ended).Changed(now, [.. lines, .. ended]);
    }

    private static Alert Filled(Alert alert, BedRequest request, HistoryKind kind, DateTimeOffset now, out HistoryEvent[] lines)
    {
        var next = (alert with { Beds = alert.Beds!.With(request) }).FillShelter(now, out var stoodDown);
        lines = [Note(kind, now, Need.Shelter) with { Bed = request.No }, .. stoodDown];
        return next;
    }

    /// <summary>She has a bed: whoever was asked beside it stands down.</summary>
    internal static Alert FillShelter(this Alert alert, DateTimeOffset now, out ImmutableArray<HistoryEvent> stoodDown)
    {
        stoodDown = [];
        return alert.Stage is Stage.Open && BedSearching.ShelterNeedOf(alert) is not null ? alert.FillIfEnough(Need.Shelter, now, out stoodDown) : alert;
    }

    private static Decision Gone(Alert alert, BedRequest request, DateTimeOffset now) =>
        (alert with { Beds = alert.Beds!.With(request with { State = BedState.Over, Over = request.NotCome ? BedOver.NotCome : request.Refused is null ? BedOver.GivenUp : BedOver.Refused, ExpiresAt = null }) }).Changed(now);

    private static Decision Ended(Alert alert, BedRequest request, BedOver how, HistoryKind kind, string detail, DateTimeOffset now)
    {
        var over = request with { State = BedState.Over, Over = how, ExpiresAt = null };
        var next = (alert with { Beds = alert.Beds!.With(over) }).NoLongerHers(request, now);
        // She was sent there with an alert that is closed since: nobody searches any more, so somebody has to hear of it.
        if (alert.Stage is Stage.Ended && how is not BedOver.Left && request is { State: BedState.Booked, Surplus: false }) next = next.Sound(RingReason.Reopened, now);
        return next.Changed(now, Note(kind, now, Need.Shelter, detail: detail) with { Bed = over.No });
    }

    private static Decision Set(Alert alert, BedRequest request, HistoryKind kind, string? detail, DateTimeOffset now) =>
        (alert with { Beds = alert.Beds!.With(request) }).Changed(now, Note(kind, now, Need.Shelter, detail: detail) with { Bed = request.No });

    private static BedOver Of(GoneHow how) => how switch
    {
        GoneHow.Expired => BedOver.Expired,
        GoneHow.Declined => BedOver.Declined,
        GoneHow.Withdrawn or GoneHow.ReleasedUnseen => BedOver.GivenUp,
        GoneHow.NotCome => BedOver.NotCome,
        GoneHow.Left => BedOver.Left,
        _ => throw new System.Diagnostics.UnreachableException($"gone {how}"),
    };
}
