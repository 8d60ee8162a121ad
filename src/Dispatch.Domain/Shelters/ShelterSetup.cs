using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Sealing;

namespace Dispatch.Domain.Shelters;

/// <summary>What a house is, apart from its beds and its address.</summary>
public sealed record ShelterSetup
{
    public const int CurrentSchema = 1;
    public int SchemaVersion { get; init; } = CurrentSchema;
    public required string Tenant { get; init; }
    public required OrganisationFacts Organisation { get; init; }

    /// <summary>The accounts of those who work there: a house where somebody works whom she shut out is not asked.</summary>
    public ImmutableArray<string> Staff { get; init; } = [];

    /// <summary>The service areas that it takes people from.</summary>
    public ImmutableArray<string> Areas { get; init; } = [];
    public HouseRules Rules { get; init; } = new();
    public TravelHours Travel { get; init; } = TravelHours.Always;

    /// <summary>Where staff meet her: what everybody else is told in place of the address. Never near the house.</summary>
    public Sealed<Place>? MeetingPoint { get; init; }
}
