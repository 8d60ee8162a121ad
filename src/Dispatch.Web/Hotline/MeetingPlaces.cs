using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Web.Sealing;
using Dispatch.Web.Shelters;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;

namespace Dispatch.Web.Hotline;

/// <summary>Opens meeting points: those of the line with the alert's key, those of a house with the house's.</summary>
internal sealed class MeetingPlaces(Vault vault, People people)
{
    public const string Field = "meetingPoint";

    public LocationBody Open(string alertId, string wrappedKey, SeenMeeting seen) => Fields.Body(seen.House is { } house
        ? vault.ShelterKey(house).Open(ShelterFields.MeetingPoint, seen.Where)
        : vault.AlertKey(alertId, wrappedKey).Open(Field, seen.Where));

    public async Task<ImmutableArray<HotlineMeetingBody>> Of(Alert alert) =>
        [.. await Task.WhenAll(Meetings.All(alert).Select(async p => new HotlineMeetingBody(
            p.No, p.Need, StateOf(alert, p), Open(alert.Id, alert.WrappedKey, Meetings.Seen(alert, p)), p.At, p.Bed is null ? await people.Person(p.By) : null,
            p.Answer?.At, p.Answer is { } answer ? (await people.Find(answer.By)).Name : null)))];

    private static MeetingState StateOf(Alert alert, MeetingPoint point) =>
        point == Meetings.Agreed(alert, point.Need) ? MeetingState.Agreed
        : point == Meetings.Asked(alert, point.Need) ? MeetingState.Asked
        : point.Answer is { Yes: false } ? MeetingState.Refused
        : MeetingState.Over;
}
