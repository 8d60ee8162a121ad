using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Shelters;

/// <summary>
/// The beds of one house. What is free is never stored but what is left, so that no bed can be counted twice. Says nothing about who anybody is: the party
/// belongs to the alert that every hold's id names.
/// </summary>
public sealed record BedLedger
{
    public const int CurrentSchema = 1;

    /// <summary>Bounds that keep the row under 64 KB.</summary>
    public const int MaxHolds = 80;
    public const int MaxMeetings = 12;
    public const int MaxGone = 60;
    public const int MaxTrail = 40;
    public const int MaxOfKind = 500;

    public int SchemaVersion { get; init; } = CurrentSchema;

    /// <summary>Grows with every change.</summary>
    public long Version { get; init; }

    /// <summary>The version in which what staff count last changed. Holds do not change it, so they make nobody's count stale.</summary>
    public long CountsVersion { get; init; }
    public ImmutableArray<KindCounts> Kinds { get; init; } = [];
    public ImmutableArray<BedHold> Holds { get; init; } = [];
    public ImmutableArray<GoneHold> Gone { get; init; } = [];

    /// <summary>A hold that nobody here knows and that was asked for by then may have been released: it is refused (see <see cref="Forgetting"/>).</summary>
    public DateTimeOffset? AskedFloor { get; init; }

    /// <summary>When staff last said that the counts are right, and who.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }
    public string? ConfirmedBy { get; init; }

    /// <summary>History not yet known to be in its own rows.</summary>
    public ImmutableArray<BedEvent> Trail { get; init; } = [];

    /// <summary>The latest time that anything was decided at.</summary>
    public DateTimeOffset LastNow { get; init; }

    [JsonIgnore]
    public ImmutableArray<BedCount> AllFree => [.. Kinds.Select(k => new BedCount(k.Kind, Free(k.Kind)))];

    public BedHold? Find(string hold) => Holds.FirstOrDefault(h => h.Id == hold);

    public GoneHold? FindGone(string hold) => Gone.FirstOrDefault(h => h.Id == hold);

    public int In(HoldStage stage, BedKind kind) => Holds.Where(h => h.Stage == stage).Sum(h => h.Beds.Of(kind));

    /// <summary>Everybody who sleeps there, also who came without a hold.</summary>
    public int Occupied(BedKind kind) => In(HoldStage.Occupied, kind) + Of(kind).Others;

    public int Free(BedKind kind) => Of(kind).Usable - Holds.Sum(h => h.Beds.Of(kind));

    public KindCounts Of(BedKind kind) => Kinds.FirstOrDefault(k => k.Kind == kind) ?? new KindCounts(kind, 0, 0, 0);

    public bool HasFree(ImmutableArray<BedCount> beds) => beds.All(b => Free(b.Kind) >= b.Count);

    public bool ClockWentBack(DateTimeOffset now) => now + Clock.Skew < LastNow;
}

/// <param name="Others">Occupied by people who came without a hold.</param>
public sealed record KindCounts(BedKind Kind, int Capacity, int OutOfService, int Others)
{
    [JsonIgnore]
    public int Usable => Capacity - OutOfService - Others;
}
