using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Sealing;

namespace Dispatch.Domain.Shelters;

public enum HoldStage { Held = 1, Booked = 2, Occupied = 3 }

/// <summary>The beds of one party, from the hold until they leave: all of them or none.</summary>
public sealed record BedHold
{
    public required string Id { get; init; }
    public required HoldStage Stage { get; init; }
    public required ImmutableArray<BedCount> Beds { get; init; }

    /// <summary>When whoever asks wrote down that they would: part of the hold's identity, the same in every repeat and in its release.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>While it is held: the moment from which it no longer is.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Renewed { get; init; }

    /// <summary>While it is booked: when she is expected, and from when on somebody should ask where she is. It stays hers after that.</summary>
    public DateTimeOffset? ExpectedAt { get; init; }
    public DateTimeOffset? Until { get; init; }
    public DateTimeOffset? ArrivedAt { get; init; }
    public int? Nights { get; init; }

    /// <summary>Where staff meet this party, if not where they usually do.</summary>
    public Sealed<Place>? MeetAt { get; init; }

    /// <summary>Names it in a text, to the staff of this house only. Absent in holds from before there were codes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Code { get; init; }

    /// <summary>How it had ended before it turned out that she is here.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GoneHow? EndedBefore { get; init; }

    public bool OverdueAt(DateTimeOffset now) => Stage is HoldStage.Booked && Until <= now;
}

public enum GoneHow { Expired = 1, Withdrawn = 2, Declined = 3, NotCome = 4, Left = 5, ReleasedUnseen = 6 }

/// <summary>A hold that ended, kept for a while: repeats get the same answer, a late hold is refused, a mistake can be put right.</summary>
/// <param name="Beds">What it had; nothing where it was released before it was seen.</param>
public sealed record GoneHold(string Id, DateTimeOffset AskedAt, GoneHow How, DateTimeOffset At, ImmutableArray<BedCount> Beds)
{
    public DateTimeOffset? ArrivedAt { get; init; }
    public int? Nights { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Code { get; init; }

    /// <summary>Why the house said no, where it said so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PassedOver? Why { get; init; }

    /// <summary>It had ended, somebody said that she is here after all, and that was too early.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool NotHere { get; init; }
}
