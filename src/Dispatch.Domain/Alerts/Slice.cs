using System.Collections.Immutable;
using Dispatch.Domain.Sealing;

namespace Dispatch.Domain.Alerts;

/// <summary>
/// What one accepted responder may read of the alert: the area first, and only once she has said that she knows nobody there, what her mode
/// needs, still sealed: who goes to her or with her the place, who sees her face to face who comes along, everybody her own words. That her
/// phone is unsafe or that she is a child is said with that and not before, and to nobody who is out of it. Whoever accepted by a way that anybody could forge
/// learns not even the area before she confirmed in her session.
/// </summary>
public sealed record AssignmentSlice(
    string AlertId,
    ToldOffer Offer,
    DateTimeOffset RaisedAt,
    long Version,
    bool Exercise,
    string? Area,
    string? WrappedKey,
    Sealed<Place>? Place,
    ImmutableArray<Later<Place>> LaterPlaces,
    Sealed<Party>? Party,
    ImmutableArray<SealedNote> Notes,
    bool PhoneUnsafe,
    bool ContactAnew,
    bool GuardiansMustNotBeTold)
{
    /// <summary>Where she agreed to be met: for the need that this is about, and for whoever drives her also where the people of a house fetch her.</summary>
    public ImmutableArray<SeenMeeting> Meetings { get; init; } = [];

    /// <summary>True when the sealed parts were given out; the host then also asks her session how she may be reached.</summary>
    public bool Open => WrappedKey is not null;

    /// <summary>How it stands with her bed, for those who are on the way with her.</summary>
    public BedNews? Bed { get; init; }

    /// <summary>Whoever dials what came from a phone in the wrong hands speaks to whoever holds it.</summary>
    public bool ContactGiven => Open && (!PhoneUnsafe || ContactAnew);
}

public static class Slices
{
    public static AssignmentSlice? For(Alert alert, int offerNo, string responder)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (alert.OfferNo(offerNo) is not { } offer || offer.Responder != responder || (offer.Assignment ?? offer.Former) is not { } assignment) return null;
        var told = Telling.To(alert, responder).Offers.First(o => o.No == offerNo) with { Assignment = assignment };
        var open = !assignment.Provisional
            && assignment.State is AssignmentState.NoConflict or AssignmentState.EnRoute or AssignmentState.PickedUp or AssignmentState.Arrived
            && alert.Stage is Stage.Open
            && (!alert.StandingOff || assignment.State is AssignmentState.PickedUp)
            && Disclosure.Allows(alert, offer.Organisation)
            && !Matching.Excludes(alert, responder, offer.Organisation.Id);
        // Notes of the line's staff stay with the line.
        return new AssignmentSlice(
            alert.Id, told, alert.RaisedAt, VersionFor(alert, assignment), alert.Exercise, assignment.Provisional ? null : alert.Area,
            open ? alert.WrappedKey : null,
            open && Pairs.Journey(assignment.Mode) ? alert.Place : null,
            open && Pairs.Journey(assignment.Mode) ? alert.LaterPlaces : [],
            open && assignment.Mode is not Mode.CallsHer ? alert.Party : null,
            open ? [.. alert.Notes.Where(n => n.By == Consent.Survivor)] : [],
            open && alert.DeviceSilenced,
            open && alert.ContactAnew,
            open && alert.GuardiansMustNotBeTold)
        {
            Bed = open && BedNewsTelling.Told(offer.Need, assignment.Mode) ? alert.Beds?.News : null,
            Meetings = open ? [.. MetFor(offer.Need, assignment.Mode).Select(need => Alerts.Meetings.Agreed(alert, need)).OfType<MeetingPoint>().Select(p => Alerts.Meetings.Seen(alert, p))] : [],
        };
    }

    /// <summary>On the telephone nobody is met.</summary>
    private static Need[] MetFor(Need need, Mode mode) => mode is Mode.CallsHer ? [] : need is Need.Transport ? [Need.Transport, Need.Shelter] : [need];

    /// <summary>Whoever is out of it does not see that something goes on: she may have handed back because she knows the people.</summary>
    private static long VersionFor(Alert alert, Assignment assignment) =>
        assignment.Active || assignment.State is AssignmentState.StandOff ? alert.Version : assignment.OverIn;
}
