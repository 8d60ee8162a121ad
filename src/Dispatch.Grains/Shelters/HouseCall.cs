using System.Collections.Immutable;

namespace Dispatch.Grains.Shelters;

/// <summary>A hold that waits for its house's answer. The house writes it once, with its history; hosts tell the staff on duty from it until the hold is no longer held.</summary>
public sealed record HouseCall
{
    public const int CurrentSchema = 1;

    public int SchemaVersion { get; init; } = CurrentSchema;

    /// <summary>By which ways who was told.</summary>
    public ImmutableArray<string> Told { get; init; } = [];
}
