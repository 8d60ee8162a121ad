using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Dispatch.Domain.Shelters;

/// <summary>How the beds of one house stood at the end of an hour in which something changed: numbers, and nothing that tells of a person.</summary>
public sealed record HouseOccupancy
{
    public const int CurrentSchema = 1;
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(91);
    public static readonly TimeSpan Step = TimeSpan.FromHours(1);

    public int SchemaVersion { get; init; } = CurrentSchema;

    /// <summary>When the hour began.</summary>
    public required DateTimeOffset Hour { get; init; }
    public required ImmutableArray<BoardLine> Lines { get; init; }

    /// <summary>Each later change of the same hour takes the place of the one before.</summary>
    [JsonIgnore]
    public string Key => NewestFirst.Key(Hour);

    /// <param name="at">When the last change of it was decided.</param>
    public static HouseOccupancy Of(BedLedger ledger, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return new() { Hour = HourOf(at), Lines = BedBoard.LinesOf(ledger) };
    }

    public static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % Step.Ticks), TimeSpan.Zero);
}

/// <summary>A house that has, or had, a history in this area.</summary>
public sealed record OccupancyHouse(string Shelter)
{
    public const int CurrentSchema = 1;
    public int SchemaVersion { get; init; } = CurrentSchema;
}
