using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using Dispatch.Domain.Survivors;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;

namespace Dispatch.Web.Responders;

/// <summary>What a person who accepted may know: the area first; once she has said that she knows nobody there, what her way of helping needs.</summary>
public sealed record AssignmentBody
{
    public required string OfferId { get; init; }
    public required string AlertId { get; init; }
    public required Need Need { get; init; }
    public required Mode Mode { get; init; }
    public int? EtaMinutes { get; init; }
    public DateTimeOffset? EtaAt { get; init; }
    public required DateTimeOffset AcceptedAt { get; init; }
    public required AssignmentState State { get; init; }
    public DateTimeOffset? ProgressDueAt { get; init; }

    /// <summary>When she has to say next that she is well, on a journey.</summary>
    public DateTimeOffset? CheckInDueAt { get; init; }
    public DateTimeOffset? PanicAt { get; init; }
    public required long Version { get; init; }
    public required bool Exercise { get; init; }

    /// <summary>Accepted by text and not yet confirmed here: report <c>confirmed</c>, or accept again, to see more.</summary>
    public required bool Provisional { get; init; }
    public AreaBody? Area { get; init; }
    public LocationBody? Place { get; init; }

    /// <summary>Sent from the phone after the first one, which stands: whoever holds the phone cannot move her.</summary>
    public ImmutableArray<LaterPlaceBody>? LaterPlaces { get; init; }
    public PartyBody? Party { get; init; }
    /// <summary>How it stands with her bed, for whoever is on the way with her. Never which house.</summary>
    public BedNews? Bed { get; init; }
    public string? Note { get; init; }
    public ContactBody? Contact { get; init; }

    /// <summary>Where she agreed to be met: for a driver where he picks her up, and where the people of a house fetch her.</summary>
    public ImmutableArray<MetAtBody>? MeetingPoints { get; init; }

    /// <summary>Before this moment the way to the house is not lawful, and why; absent when it is.</summary>
    public Departure? Departs { get; init; }

    /// <summary>Nobody may ring or write to her phone: somebody else holds it. A contact that stands here all the same was taken down since.</summary>
    public required bool PhoneUnsafe { get; init; }

    /// <summary>A child, and nobody decided that her guardians may know.</summary>
    public required bool GuardiansMustNotBeTold { get; init; }
}

/// <param name="Need">Of transport: the pick-up. Of shelter: where she is handed over.</param>
public sealed record MetAtBody(Need Need, LocationBody Place);

/// <summary>
/// How she may be reached, for every mode: who calls her dials it, who receives or meets her is told that she is late, and who goes to her or with her, a
/// driver too, has to say that she is outside without knocking. There is no way of helping in which two people never have to find each other.
/// </summary>
/// <param name="Now">Whether she may be contacted now, by the hours she gave.</param>
public sealed record ContactBody(ContactChannel Channel, string? Number, string? Hours, string? CodeWord, bool Voicemail, bool Now)
{
    internal static ContactBody Of(SafeContact contact, DateTimeOffset now, TimeSpan localOffset) => new(
        contact.Channel, contact.Channel is ContactChannel.None ? null : contact.Number,
        (contact.HoursFrom, contact.HoursTo) is (null, null) ? null : $"{contact.HoursFrom}–{contact.HoursTo}",
        contact.Channel is ContactChannel.None ? null : contact.CodeWord, contact.Voicemail,
        SafeContactRule.For(contact, phoneUnsafe: false, contact.Channel is ContactChannel.Sms ? ContactPurpose.Message : ContactPurpose.Call, null, now, localOffset).Why is null);
}
