using System.Collections.Immutable;
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
    internal static Alert NoLongerHers(this Alert alert, BedRequest was, DateTimeOffset now)
    {
        if (!was.Counts) return alert;
        var told = alert.TellDrivers();
        return BedSearching.ShelterNeedOf(alert) is { Stage: NeedStage.Filled } ? told.Reopen(Need.Shelter, RingReason.Reopened, now) : told;
    }

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
            var allowed = Disclosure.Allows(alert, request.Organisation) && !alert.Exclusions.Organisations.Contains(request.Organisation.Id);
            if (request.Open && !(wanted && hers is null && allowed))
            {
                beds = beds.With(request with { State = BedState.Releasing });
                lines.Add(Line(now, request, null));
            }

            if (request is { State: BedState.Booked, Surplus: false } && !(keeps && allowed && request.No == hers?.No))
            {
                beds = beds.With(request with { Surplus = true });
                alert = alert.Sound(RingReason.BedBooked, now);
            }
        }

        if (!beds.Requests.Any(r => r is { State: BedState.Booked, Surplus: true })) alert = alert.Without(alert.AlarmFor(RingReason.BedBooked));
        var searched = wanted && need is null or { Stage: NeedStage.Asking };
        if (!searched) alert = alert.Without(alert.AlarmFor(RingReason.NoBed));
        return alert with { Beds = beds with { Guests = wanted ? beds.Guests : null, HumanAt = searched ? beds.HumanAt : null } };
    }

    private static HistoryEvent Line(DateTimeOffset now, BedRequest request, string? by) => Note(HistoryKind.BedReleased, now, Need.Shelter, who: by) with { Bed = request.No };
}
