using System.Collections.Immutable;
using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <param name="Complete">Every house of the area said how it stands. One that did not must not make the others look like all there are.</param>
public sealed record HousesKnown(ImmutableArray<HouseCandidate> Houses, ImmutableArray<OverflowPlace> Overflow, bool Complete = true);

/// <summary>The machine's search for a bed: house after house in one decision each, then the line. What a house said comes back by <see cref="BedAnswers"/>.</summary>
public static class BedSearching
{
    /// <summary>As the alert learns which rules it runs under.</summary>
    /// <param name="houses">Houses or places beside them serve its area, and machines ask people there.</param>
    internal static BedSearch? Begin(Alert alert, bool houses)
    {
        // A drill must keep no real bed from anybody.
        var machine = houses && !alert.Rules!.BedsByHand && !alert.Exercise;
        return machine ? (alert.Beds ?? new BedSearch()) with { Machine = true } : alert.Beds;
    }

    /// <summary>For whom the beds are. Null when only the sealed party says it: then a human asks.</summary>
    public static Guests? GuestsOf(Alert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return alert.Beds?.Guests ?? (alert.Party is null && alert.LaterParties.IsEmpty && alert.Beds?.Said is null ? Guests.With(null, alert.Child) : null);
    }

    public static ShelterNeed NeedOf(Alert alert, Guests guests)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return new(alert.Tenant, alert.Area, guests, alert.Exclusions.Organisations, Disclosure.HasBasis(alert)) { ExcludedPeople = alert.Exclusions.Responders };
    }

    /// <summary>When the next house is asked if nobody says anything; null when nothing is to be asked, or the line has been called.</summary>
    public static DateTimeOffset? NextAt(Alert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (!Searches(alert) || alert.Beds!.HumanAt is not null) return null;
        var open = alert.Beds.Requests.Where(r => r.Open || r.LettingGo).ToArray();
        return open is [] ? ShelterNeedOf(alert)!.OpenedAt : open.Max(r => AskedAt(alert, r)) + SearchRules.Default.AnswerWithin;
    }

    /// <param name="pull">The regular look at what others do: a bed may have become free since the line was called.</param>
    public static bool Due(Alert alert, bool pull, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return NextAt(alert) <= Clock.DueUntil(alert, now) || (pull && Searches(alert) && alert.Beds!.HumanAt is not null);
    }

    public static Decision Step(Alert alert, HousesKnown known, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(known);
        if (!Searches(alert)) return new Decision.Unchanged(alert);
        if (GuestsOf(alert) is not { } guests || alert.Beds!.Requests.Length >= BedSearch.MaxRequests) return CallLine(alert, now);
        var step = ShelterSearch.Next(NeedOf(alert, guests), known.Houses, known.Overflow, Tries(alert, known), SearchRules.Default, now);
        return step switch
        {
            SearchStep.AskHouse ask => alert.Ask(known.Houses.First(h => h.House.Shelter == ask.House.Shelter), guests, now).GiveUp(ask.Release, now),
            SearchStep.Wait or SearchStep.Found => new Decision.Unchanged(alert),
            // Whoever is asked beside the houses keeps no ledger: a voice asks, place by place.
            SearchStep.AskOverflow or SearchStep.Human => known.Complete || Overdue(alert, now) ? CallLine(alert, now) : new Decision.Unchanged(alert),
            _ => throw new System.Diagnostics.UnreachableException($"step {step}"),
        };
    }

    /// <summary>The area could not say which houses there are.</summary>
    public static Decision CouldNotLook(Alert alert, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return Searches(alert) && Overdue(alert, now) ? CallLine(alert, now) : new Decision.Unchanged(alert);
    }

    /// <summary>Whether somebody of this house may hear of these beds and read for whom they are: of their own, until she is there, and only while they may know of her.</summary>
    /// <param name="reader">Her account, or a device of the house. Who began to work there after the house was asked is looked at here alone.</param>
    public static bool MayReadParty(Alert alert, int no, string shelter, string reader)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return alert.Beds?.Find(no) is { State: BedState.Requested or BedState.Held or BedState.Booked } request && request.Shelter == shelter
            && BedReleasing.MayKnow(alert, request) && !alert.Exclusions.Responders.Contains(reader);
    }

    internal static NeedState? ShelterNeedOf(Alert alert) => alert.Needs.FirstOrDefault(n => n.Need is Need.Shelter);

    /// <summary>What was tried, for the rules of the search.</summary>
    internal static ImmutableArray<HouseTry> Tries(Alert alert, HousesKnown known) =>
    [
        .. (alert.Beds?.Requests ?? []).Where(r => !r.MayBeAskedAgain(known)).Select(r => new HouseTry(
            r.Shelter, new HoldId(alert.Id, r.No, r.Shelter).ToString(), AskedAt(alert, r),
            r.Open || r.LettingGo ? TryState.Asked : r.State is BedState.Booked or BedState.Occupied ? TryState.Booked : r.Over is BedOver.Expired ? TryState.Expired : TryState.Refused)),
    ];

    /// <summary>Written down by a clock that has since been set back, it waits from now and not from a time that is yet to come.</summary>
    private static DateTimeOffset AskedAt(Alert alert, BedRequest request) => request.AskedAt < alert.LastNow ? request.AskedAt : alert.LastNow;

    private static bool Searches(Alert alert) =>
        alert is { Beds.Machine: true, Rules: not null } && !alert.Beds.HasBed && ShelterNeedOf(alert) is { Stage: NeedStage.Asking } need && !alert.AskingStoppedFor(need);

    private static bool Overdue(Alert alert, DateTimeOffset now) => NextAt(alert) + Asking.StepFailedAfter <= now;

    /// <summary>Once for each search: what a human has seen does not ring again because the houses are still full.</summary>
    private static Decision CallLine(Alert alert, DateTimeOffset now) =>
        alert.Beds!.HumanAt is not null
            ? new Decision.Unchanged(alert)
            : (alert with { Beds = alert.Beds with { HumanAt = now } }).Sound(RingReason.NoBed, now).Changed(now, Note(HistoryKind.NoBed, now, Need.Shelter));
}
