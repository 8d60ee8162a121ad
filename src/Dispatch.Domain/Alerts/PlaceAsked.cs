using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Shelters;

namespace Dispatch.Domain.Alerts;

/// <summary>Over: given back, or kept for her no longer.</summary>
public enum PlaceState { Asked = 1, Yes = 2, No = 3, Arrived = 4, Over = 5 }

/// <summary>What a call-taker records of a place that keeps no ledger.</summary>
public enum PlaceSays { Asked = 1, Yes = 2, No = 3, Arrived = 4 }

/// <summary>Why a house or a place that was rung is passed over.</summary>
public enum PassedOver { Full = 1, DoesNotTake = 2, Closed = 3, NotNow = 4, NoReply = 5, Other = 6 }

/// <summary>A place beside the houses that somebody asked for her. Nobody but the alert knows of it: two alerts may be promised the same room, and who rings asks.</summary>
public sealed record PlaceAsked
{
    public required string Place { get; init; }
    public required OverflowKind Kind { get; init; }
    public required OrganisationFacts Organisation { get; init; }
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>The account that recorded the last word.</summary>
    public required string By { get; init; }
    public PlaceState State { get; init; } = PlaceState.Asked;
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Until when the place is hers; null where nobody said.</summary>
    public DateTimeOffset? Until { get; init; }
    public PassedOver? Why { get; init; }

    /// <summary>Said yes, and not needed: the line was called to tell it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Surplus { get; init; }

    /// <summary>She may sleep there.</summary>
    [JsonIgnore]
    public bool Hers => State is PlaceState.Yes or PlaceState.Arrived;
}
