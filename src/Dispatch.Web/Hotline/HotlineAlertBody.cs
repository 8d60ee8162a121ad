using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Responders;
using Dispatch.Domain.Shelters;
using Dispatch.Domain.Survivors;
using Dispatch.Web.Problems;
using Dispatch.Web.Shelters;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;

namespace Dispatch.Web.Hotline;

/// <summary>One alert on one screen: who was asked, told, saw and answered, and what she said.</summary>
public sealed record HotlineAlertBody
{
    public required string Id { get; init; }
    public required long Version { get; init; }
    public required SurvivorStatus Status { get; init; }
    public required string Line { get; init; }
    public required AreaBody Area { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }
    public DateTimeOffset? ComposedAt { get; init; }
    public required bool Late { get; init; }
    public required bool Exercise { get; init; }
    public required Verification Verification { get; init; }
    public required string Language { get; init; }

    /// <summary>By which way it came, where that is known.</summary>
    public IntakeChannel? Channel { get; init; }
    public AgeBandWord? AgeBand { get; init; }

    /// <summary>A child to whom nobody has yet said where confidence ends: before any question.</summary>
    public required bool LimitsToSay { get; init; }
    public SaidBody? LimitsSaid { get; init; }
    public required bool GuardiansMustNotBeTold { get; init; }
    public DateTimeOffset? HumanAt { get; init; }
    public string? ItemId { get; init; }
    public PersonBody? TakenBy { get; init; }
    public DateTimeOffset? TakenAt { get; init; }
    public required bool Duress { get; init; }
    public DuressDecidedBody? DuressDecided { get; init; }
    public required bool PhoneUnsafe { get; init; }
    public required bool WomenOnly { get; init; }
    public required ImmutableArray<HotlineNeedBody> Needs { get; init; }
    public required ImmutableArray<HotlineOfferBody> Offers { get; init; }
    /// <summary>The houses that were asked for beds.</summary>
    public required ImmutableArray<HoldBody> Holds { get; init; }
    /// <summary>The places beside the houses that were asked for her.</summary>
    public required ImmutableArray<OverflowPlaceBody> Places { get; init; }

    /// <summary>Places where she could be met, oldest first.</summary>
    public required ImmutableArray<HotlineMeetingBody> MeetingPoints { get; init; }
    public required ImmutableArray<TimelineBody> Timeline { get; init; }

    /// <summary>Items beside the alert's own.</summary>
    public required ImmutableArray<AlarmBody> Alarms { get; init; }
    public required ImmutableArray<DisclosedBody> Disclosures { get; init; }
    /// <summary>Who brought it for her; the number is for whoever has taken the alert or the hand-over.</summary>
    public RelayBody? Relay { get; init; }

    /// <summary>How she agreed that people are told what she needs, as a relay or a call-taker took it down.</summary>
    public TookDownBody? Agreed { get; init; }
    public LocationBody? Location { get; init; }
    public ImmutableArray<LaterPlaceBody>? LaterPlaces { get; init; }
    public string? Note { get; init; }
    public SafeContactBody? SafeContact { get; init; }
    public PartyBody? Party { get; init; }
    public ImmutableArray<LaterPartyBody>? LaterParties { get; init; }

    /// <summary>Who must not know, in her words.</summary>
    public ImmutableArray<string>? Exclusions { get; init; }
}

/// <param name="FallbackNumber">Whom the line rings when nobody answers for this need, where the protocol names somebody. Of police only where telling them has a basis.</param>
public sealed record HotlineNeedBody(Need Need, SurvivorNeedState State, int Quorum, int Filled, string? FallbackNumber)
{
    /// <summary>Before this moment no driver may lawfully be on the way to the house, and why; absent when one may.</summary>
    public Departure? Departs { get; init; }
}

public sealed record RespondentBody(string Id, string DisplayName, string Organisation);

public sealed record HotlineOfferBody
{
    public required string OfferId { get; init; }
    public required RespondentBody Responder { get; init; }
    public required Need Need { get; init; }
    public required Mode Mode { get; init; }
    public required int Step { get; init; }
    public required OfferProgress State { get; init; }
    public AssignmentState? Assignment { get; init; }

    /// <summary>Accepted by text from her number and not yet confirmed in her session.</summary>
    public required bool Provisional { get; init; }
    public required DateTimeOffset PlannedAt { get; init; }
    public DateTimeOffset? SentAt { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }
    public DateTimeOffset? SeenAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public string? Reason { get; init; }
    public int? EtaMinutes { get; init; }

    /// <summary>What became of it in its present round, on each channel that was tried.</summary>
    public required ImmutableArray<ToldByBody> Channels { get; init; }
    public DateTimeOffset? CheckedInAt { get; init; }
    public DateTimeOffset? PanicAt { get; init; }

    /// <summary>Why she was chosen before others, for supervisors; absent where everybody fit was asked.</summary>
    public RankedBody? RankedBecause { get; init; }
}

/// <summary>What people are ordered by, in this order.</summary>
/// <param name="WishedMode">She can help in a way that the survivor chose.</param>
/// <param name="NextDoor">She is on duty in a neighbouring area only.</param>
/// <param name="Travel">How long she needs to be there; absent where nobody travels, or where it is not known or too long ago.</param>
/// <param name="Language">She speaks the survivor's language.</param>
/// <param name="Load">What she had to do already.</param>
/// <param name="LastAskedAt">When she was asked last, as far as that is remembered.</param>
public sealed record RankedBody(bool WishedMode, bool NextDoor, TravelBand? Travel, bool Language, int Load, DateTimeOffset? LastAskedAt)
{
    internal static RankedBody Of(RankedBecause why) => new(why.WishedMode, why.NextDoor, why.Travel, why.Language, why.Load, why.LastAskedAt);
}

/// <param name="GaveUp">Why nothing comes of this channel: a code.</param>
/// <param name="Stays">It was withdrawn, and what was sent on this channel can't be taken back: it stays on her phone.</param>
public sealed record ToldByBody(
    ChannelKind Channel, int Attempts, DateTimeOffset? SentAt, DateTimeOffset? DeliveredAt, DateTimeOffset? SeenAt, string? GaveUp, DateTimeOffset? GaveUpAt, bool Stays);

public sealed record AlarmBody(string ItemId, RingReason Reason, DateTimeOffset At, string? OfferId, PersonBody? TakenBy);

/// <param name="No">Names it in a review.</param>
/// <param name="By">A colleague's name, or "survivor".</param>
public sealed record DisclosedBody(
    int No, DisclosureBasis Basis, string By, DateTimeOffset At, string Channel, string? Reason, DateTimeOffset? WithdrawnAt, DateTimeOffset? ReviewDueAt, ReviewedBody? Review);

/// <param name="By">A call-taker's name; absent for a relay.</param>
public sealed record TookDownBody(AgreedHow How, DateTimeOffset At, string WordingVersion, string Language, string? By);

public sealed record SaidBody(string By, DateTimeOffset At, string WordingVersion);

public sealed record DuressDecidedBody(DuressChoice Decision, string By, DateTimeOffset At, string Reason);

public sealed record ReviewedBody(string By, DateTimeOffset At, ReviewOutcome Outcome);

/// <param name="Kind">A word of the history, or "sent", "delivered", "seen" from the deliveries.</param>
/// <param name="Who">A colleague's name, or "survivor".</param>
/// <param name="Detail">A code.</param>
/// <param name="HoldId">Which request for beds it is about.</param>
/// <param name="PlaceId">Which place beside the houses it is about.</param>
public sealed record TimelineBody(DateTimeOffset At, string Kind, Need? Need, int? Step, string? Who, string? Detail, string? HoldId = null, string? PlaceId = null);
