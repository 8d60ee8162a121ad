using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Survivors;

namespace Dispatch.Web.Survivors;

/// <summary>What may come with the first press. Nothing is required, and members that this version does not know are ignored: an older host must not refuse a newer page.</summary>
public sealed record RaiseBody
{
    public string? Id { get; init; }
    public DateTimeOffset? ComposedAt { get; init; }
    public string? Area { get; init; }
    public LocationBody? Location { get; init; }
    public ImmutableArray<Need>? Needs { get; init; }
    public AgeBandWord? AgeBand { get; init; }
    public PartyBody? Party { get; init; }
    public ExclusionsBody? Exclusions { get; init; }
    public string? Language { get; init; }
    public ImmutableArray<Mode>? Modes { get; init; }
    public PoliceConsentBody? PoliceConsent { get; init; }
    public SafeContactBody? SafeContact { get; init; }
    public string? Pin { get; init; }
    public string? DuressPin { get; init; }
    public string? Note { get; init; }
    public bool? Exercise { get; init; }

    /// <summary>Who brought it for her, as said to a call-taker; from a relay only the number to ring now. From a phone it means nothing.</summary>
    public RelayBody? Relay { get; init; }

    /// <summary>How she came to the call-taker; a call where it is left out. From a phone it means nothing.</summary>
    public CallChannel? Channel { get; init; }

    /// <summary>How she agreed that people are told what she needs, as taken down by a call-taker or a relay. From a phone it means nothing.</summary>
    public AgreedBody? Agreed { get; init; }

    /// <summary>Which text about the limits of confidence the call-taker read to a child before asking. From a phone it means nothing.</summary>
    public string? LimitsWording { get; init; }
}

/// <param name="How">Her word where it is left out.</param>
/// <param name="WordingVersion">Which text was read to her.</param>
/// <param name="Language">In which language.</param>
public sealed record AgreedBody(AgreedHow? How = null, string? WordingVersion = null, string? Language = null);

public sealed record RelayBody(string? Name = null, string? Organisation = null, string? Number = null);

public sealed record LocationBody(double? Latitude = null, double? Longitude = null, double? AccuracyMeters = null, string? Landmark = null);

/// <param name="By">"survivor", or the account of the call-taker who added it.</param>
public sealed record LaterPlaceBody(DateTimeOffset At, string By, LocationBody Place);

public sealed record LaterPartyBody(DateTimeOffset At, string By, PartyBody Party);

/// <param name="Children">Their ages.</param>
/// <param name="Boys">The ages of those of them who are boys, where somebody said so: houses take boys up to an age.</param>
public sealed record PartyBody(int? Adults = null, ImmutableArray<int>? Children = null, bool? Pregnant = null, bool? Wheelchair = null, ImmutableArray<int>? Boys = null);

public sealed record ExclusionsBody(ImmutableArray<string>? People = null, ImmutableArray<string>? Organisations = null, bool? WomenOnly = null);

public enum CallChannel { Call = 1, WalkIn = 2, Text = 3, Other = 4 }

public sealed record PoliceConsentBody(string? WordingVersion = null, string? Language = null);

/// <param name="IfDropped">What she wants when the line drops while she talks.</param>
public sealed record SafeContactBody(
    ContactChannel Channel = ContactChannel.None, string? Number = null, string? HoursFrom = null, string? HoursTo = null, string? CodeWord = null, bool? Voicemail = null, IfDropped? IfDropped = null);

/// <summary>The domain's age bands by the words of the contract.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AgeBandWord>))]
public enum AgeBandWord
{
    [JsonStringEnumMemberName("under12")] Under12 = AgeBand.Under12,
    [JsonStringEnumMemberName("12to14")] From12To14 = AgeBand.From12To14,
    [JsonStringEnumMemberName("15to17")] From15To17 = AgeBand.From15To17,
    [JsonStringEnumMemberName("18plus")] Adult = AgeBand.Adult,
}

public sealed record RaisedBody(string Id, long Version, SurvivorStatus Status, string SurvivorToken, string FallbackNumber, DateTimeOffset? ReceivedAt);
