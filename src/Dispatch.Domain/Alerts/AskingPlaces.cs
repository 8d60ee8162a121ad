using System.Collections.Immutable;
using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <param name="Until">With a yes: until when the place is hers.</param>
/// <param name="Why">With a no.</param>
public sealed record PlaceAnswer(string Place, PlaceSays Says, string By, DateTimeOffset? Until = null, PassedOver? Why = null);

/// <summary>Hotels, host families and rooms beside the houses: a human asks, and what was said stands in the alert, for there is no ledger that could keep it.</summary>
public static class AskingPlaces
{
    /// <param name="known">Of the alert's area. One that was taken off the list since it was asked is still answered for.</param>
    public static Decision Say(Alert alert, PlaceAnswer answer, ImmutableArray<OverflowPlace> known, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(answer);
        if (alert.Stage is Stage.Ended) return Decision.No(Refusal.Ended);
        if (BedAsking.NotHere(alert)) return Decision.No(Refusal.NotAllowedHere);
        var asked = alert.Beds?.PlaceOf(answer.Place);
        if ((asked ?? Listed(alert, answer, known, now)) is not { } before) return Decision.No(Refusal.NotFound);
        if (asked is not null && Stands(asked, answer)) return new Decision.Unchanged(alert);
        if (answer.Says is PlaceSays.No && answer.Why is null) return Decision.No(Refusal.ReasonRequired);
        if (answer.Says is not PlaceSays.No && !BedReleasing.MayKnow(alert, before.Organisation)) return Decision.No(Refusal.NotFound);
        if (!Follows(before, answer.Says)) return Decision.No(Refusal.WrongProgress);
        return asked is null && alert.Beds?.Places?.Length >= BedSearch.MaxRequests ? Decision.No(Refusal.TooMany) : Said(alert, before, answer, now);
    }

    /// <summary>A named person gives it up, or asks it no more; also after the end.</summary>
    public static Decision Release(Alert alert, string place, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (alert.Beds?.PlaceOf(place) is not { } asked) return Decision.No(Refusal.NotFound);
        if (asked.State is PlaceState.Arrived && alert.Stage is Stage.Open) return Decision.No(Refusal.WrongProgress);
        if (asked.State is not (PlaceState.Asked or PlaceState.Yes)) return new Decision.Unchanged(alert);
        return Over(alert, asked with { By = by }, HistoryKind.PlaceReleased, by, now);
    }

    /// <summary>When the place that is hers is hers no longer; null where nobody said, or nothing is left to do.</summary>
    public static DateTimeOffset? NextAt(Alert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return alert.Stage is Stage.Open ? alert.Beds?.Beside?.Until : null;
    }

    /// <summary>Whoever is still there has to go on from there, and whoever was on her way has nowhere to go: the line is rung either way.</summary>
    internal static Decision Ended(Alert alert, DateTimeOffset now) => Over(alert, alert.Beds!.Beside!, HistoryKind.PlaceOver, null, now);

    private static Decision Said(Alert alert, PlaceAsked before, PlaceAnswer answer, DateTimeOffset now)
    {
        if (answer.Says is PlaceSays.No) return Over(alert, before with { State = PlaceState.No, AnsweredAt = now, By = answer.By, Why = answer.Why, Until = null }, HistoryKind.PlaceNo, answer.By, now, EnumWords.Of(answer.Why!.Value));
        if (answer.Says is PlaceSays.Asked) return Put(alert, before with { State = PlaceState.Asked, AskedAt = now, AnsweredAt = null, By = answer.By, Why = null, Until = null }).Changed(now, Line(HistoryKind.PlaceAsked, before, answer.By, now));
        if (alert.Beds?.YesSince is not null && !before.Hers) return Decision.No(Refusal.HeldAlready);
        var arrived = answer.Says is PlaceSays.Arrived;
        var hers = before with
        {
            State = arrived ? PlaceState.Arrived : PlaceState.Yes, AnsweredAt = before.Hers ? before.AnsweredAt : now, By = answer.By, Why = null, Until = answer.Until ?? (before.Hers ? before.Until : null), Surplus = false,
        };
        var next = Put(alert.WithShelterNeed(now), hers).FillShelter(now, out var stoodDown);
        var line = Line(arrived ? HistoryKind.PlaceArrived : HistoryKind.PlaceYes, hers, answer.By, now);
        return arrived
            ? next.EndWhenAllDone(answer.By, now, out var ended).Changed(now, [line, .. stoodDown, .. ended])
            : next.Changed(now, [line, .. stoodDown]);
    }

    /// <summary>It is hers no more, or never was; the need that it had filled is open again.</summary>
    private static Decision Over(Alert alert, PlaceAsked asked, HistoryKind kind, string? by, DateTimeOffset now, string? detail = null)
    {
        var over = Put(alert, asked with { State = asked.State is PlaceState.No ? PlaceState.No : PlaceState.Over, Surplus = false });
        return over.NoLongerFilled(now).Changed(now, Line(kind, asked, by, now, detail));
    }

    private static bool Stands(PlaceAsked asked, PlaceAnswer answer) => answer.Says switch
    {
        PlaceSays.Asked => asked.State is PlaceState.Asked or PlaceState.Yes or PlaceState.Arrived,
        PlaceSays.Yes => asked.State is PlaceState.Yes && (answer.Until ?? asked.Until) == asked.Until,
        PlaceSays.Arrived => asked.State is PlaceState.Arrived,
        PlaceSays.No => asked.State is PlaceState.No && asked.Why == answer.Why,
        _ => throw new System.Diagnostics.UnreachableException($"place says {answer.Says}"),
    };

    /// <summary>Whoever said too early that she is there says yes once more. A place that has her does not say no: she leaves it, or it says until when.</summary>
    private static bool Follows(PlaceAsked before, PlaceSays says) => says switch
    {
        PlaceSays.Arrived => before.State is PlaceState.Asked or PlaceState.Yes,
        PlaceSays.No => before.State is not PlaceState.Arrived,
        _ => true,
    };

    private static PlaceAsked? Listed(Alert alert, PlaceAnswer answer, ImmutableArray<OverflowPlace> known, DateTimeOffset now) =>
        known.FirstOrDefault(p => p.Id == answer.Place && p.Tenant == alert.Tenant && p.Areas.Contains(alert.Area)) is { } place && BedReleasing.MayKnow(alert, place.Organisation)
            ? new PlaceAsked { Place = place.Id, Kind = place.Kind, Organisation = place.Organisation, AskedAt = now, By = answer.By }
            : null;

    private static Alert Put(Alert alert, PlaceAsked asked) => alert with { Beds = (alert.Beds ?? new BedSearch()).With(asked) };

    private static HistoryEvent Line(HistoryKind kind, PlaceAsked asked, string? by, DateTimeOffset now, string? detail = null) => Note(kind, now, Need.Shelter, who: by, detail: detail) with { Place = asked.Place };
}
