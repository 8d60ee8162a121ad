using System.Collections.Immutable;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <summary>
/// Giving beds up. What is only held goes back as soon as nobody needs it; what a house said yes to is given up by a person alone, so the line is called instead.
/// </summary>
public static class BedReleasing
{
    /// <summary>A named person gives up what was asked for, is held or is booked; also after the end.</summary>
    public static Decision Release(Alert alert, int no, string by, bool notCome, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (alert.Beds?.Find(no) is not { } request) return Decision.No(Refusal.NotFound);
        if (request.State is BedState.Occupied) return Decision.No(Refusal.WrongProgress);
        if (request.State is BedState.Over || (request.State is BedState.Releasing && request.ReleasedBy is not null)) return new Decision.Unchanged(alert);
        return (alert with { Beds = alert.Beds.With(request with { State = BedState.Releasing, ReleasedBy = by, NotCome = notCome && request.State is BedState.Booked }) })
            .NoLongerHers(request, now)
            .Changed(now, Line(now, request, by));
    }

    /// <summary>The need that this bed had filled is open again.</summary>
    internal static Alert NoLongerHers(this Alert alert, BedRequest was, DateTimeOffset now) =>
        was.Counts ? alert.TellDrivers().NoLongerFilled(now) : alert;

    internal static Alert NoLongerFilled(this Alert alert, DateTimeOffset now) =>
        BedSearching.ShelterNeedOf(alert) is { Stage: NeedStage.Filled } ? alert.Reopen(Need.Shelter, RingReason.Reopened, now) : alert;

    /// <summary>Whether people of this organisation may know that she looks for a bed.</summary>
    internal static bool MayKnow(Alert alert, OrganisationFacts organisation) => Disclosure.Allows(alert, organisation) && !alert.Exclusions.Organisations.Contains(organisation.Id);

    /// <summary>Whether the house that was asked may know of her: neither it nor anybody who works there is shut out.</summary>
    internal static bool MayKnow(Alert alert, BedRequest request) => MayKnow(alert, request.Organisation) && request.Staff?.Any(person => alert.Exclusions.Responders.Contains(person)) is not true;

    /// <summary>Holds that the search gives up for the next house, in the decision that asks it.</summary>
    internal static Decision GiveUp(this Decision.Changed asked, ImmutableArray<string> holds, DateTimeOffset now)
    {
        var alert = asked.Alert;
        foreach (var request in alert.Beds!.Requests.Where(r => r.Open && holds.Contains(new HoldId(alert.Id, r.No, r.Shelter).ToString())).ToArray())
        {
            alert = (alert with { Beds = alert.Beds!.With(request with { State = BedState.Releasing }) }).Changed(now, Line(now, request, null)).Alert;
        }

        return new Decision.Changed(alert);
    }

    /// <summary>
    /// Part of every decision, so that none of those which end an alert, close its need or take back what a house may know can forget the beds.
    /// </summary>
    internal static Alert WithoutUnneededBeds(this Alert alert, DateTimeOffset now, List<HistoryEvent> lines)
    {
        if (alert.Beds is not { } beds) return alert;
        var need = BedSearching.ShelterNeedOf(alert);
        var wanted = alert.Stage is Stage.Open && (alert.Rules is null || need is { Stage: not NeedStage.Closed });
        var hers = beds.Hers;
        // Resolved or referred: she goes to, or is in, the bed that is hers.
        var keeps = wanted || alert.Ending is { How: EndedHow.Resolved or EndedHow.Referred };
        foreach (var request in beds.Requests)
        {
            var allowed = MayKnow(alert, request);
            if (request.Open && !(wanted && beds.YesSince is null && allowed))
            {
                beds = beds.With(request with { State = BedState.Releasing, Unneeded = true });
                lines.Add(Line(now, request, null));
            }

            var surplus = request.State is BedState.Booked && !(keeps && allowed && request.No == hers?.No);
            if (request.State is not BedState.Booked || surplus == request.Surplus) continue;
            beds = beds.With(request with { Surplus = surplus });
            if (surplus) alert = alert.Sound(RingReason.BedBooked, now);
        }

        if (beds.Beside is { State: PlaceState.Yes } place && place.Surplus == (keeps && hers is null && MayKnow(alert, place.Organisation)))
        {
            beds = beds.With(place with { Surplus = !place.Surplus });
            if (!place.Surplus) alert = alert.Sound(RingReason.BedBooked, now);
        }

        if (!beds.Requests.Any(r => r is { State: BedState.Booked, Surplus: true }) && beds.Beside is not { Surplus: true }) alert = alert.Without(alert.AlarmFor(RingReason.BedBooked));
        if (!beds.Requests.Any(r => r.Open || r.State is BedState.Booked)) alert = alert.Without(alert.AlarmFor(RingReason.PartyChanged));
        var searched = wanted && need is null or { Stage: NeedStage.Asking };
        if (!searched) alert = alert.Without(alert.AlarmFor(RingReason.NoBed));
        var asks = searched || beds.Requests.Any(r => r.State is BedState.Requested);
        return alert with { Beds = beds with { Guests = asks ? beds.Guests : null, HumanAt = searched ? beds.HumanAt : null } };
    }

    internal static HistoryEvent Line(DateTimeOffset now, BedRequest request, string? by) => Note(HistoryKind.BedReleased, now, Need.Shelter, who: by) with { Bed = request.No };
}
