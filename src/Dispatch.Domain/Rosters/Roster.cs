using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Rosters;

/// <summary>
/// Who is on call in one service area and when: weekly shifts, and what was decided since about single days. Nothing in it is ever "started" by a timer;
/// whoever asks who is on duty works it out for the moment that he asks about (<see cref="RosterTimes"/>).
/// </summary>
public sealed record Roster
{
    public const int CurrentSchema = 1;
    public const int MaxShifts = 100;
    public const int MaxOverrides = 80;
    public const int MaxSwaps = 40;

    public int SchemaVersion { get; init; } = CurrentSchema;

    /// <summary>Grows with every change; whoever changes it says which one he saw.</summary>
    public long Version { get; init; }

    /// <summary>The local time that its hours are meant in. A fixed offset: none of the countries changes its clocks in summer.</summary>
    public int UtcOffsetMinutes { get; init; }
    public ImmutableArray<WeeklyShift> Shifts { get; init; } = [];
    public ImmutableArray<RosterOverride> Overrides { get; init; } = [];
    public ImmutableArray<Swap> Swaps { get; init; } = [];

    /// <summary>Everybody whom it names, in a fixed order.</summary>
    [JsonIgnore]
    public ImmutableArray<string> People =>
    [
        .. Shifts.Select(s => s.Person).Concat(Overrides.Select(o => o.Person)).Concat(Swaps.SelectMany(s => new[] { s.By, s.To }))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    public DateOnly LocalDate(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Offset).DateTime);

    /// <summary>A local time as a moment.</summary>
    public DateTimeOffset At(DateOnly date, TimeOnly time) => new DateTimeOffset(date.ToDateTime(time), Offset).ToUniversalTime();

    private TimeSpan Offset => TimeSpan.FromMinutes(UtcOffsetMinutes);
}

/// <param name="Days">The days on which it begins.</param>
/// <param name="Until">At or before <paramref name="From"/> it is a time of the next day; the same time is a whole day.</param>
public sealed record WeeklyShift(string Person, ImmutableArray<DayOfWeek> Days, TimeOnly From, TimeOnly Until)
{
    /// <summary>On call for these only; absent for all that she is asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<Need>? Needs { get; init; }

    /// <summary>Takes part in drills as well.</summary>
    public bool Drill { get; init; }

    /// <summary>The first and the last day on which it begins.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? ValidFrom { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? ValidUntil { get; init; }

    public bool BeginsOn(DateOnly date) => Days.Contains(date.DayOfWeek) && !(date < ValidFrom) && !(date > ValidUntil);
}

/// <summary>Somebody comes or stays away on one date.</summary>
/// <param name="Since">The roster's version that brought it: of two decisions about the same hours the later one holds.</param>
/// <param name="Adds">Comes in addition; otherwise stays away.</param>
/// <param name="From">Absent, only where she stays away, for all her shifts that begin on this date.</param>
public sealed record RosterOverride(
    string Id, long Since, string Person, DateOnly Date, bool Adds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TimeOnly? From,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TimeOnly? Until)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<Need>? Needs { get; init; }
    public bool Drill { get; init; }
}

public enum SwapState { Offered = 1, Accepted = 2 }

/// <summary>One gives hours of hers to another, and may take some in return. Nothing changes before the other has agreed.</summary>
/// <param name="Since">The roster's version in which it was offered, and from the other's yes on that one.</param>
public sealed record Swap(string Id, long Since, string By, string To, Hours Gives, SwapState State, DateTimeOffset OfferedAt)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Hours? Takes { get; init; }
}

/// <summary>From a moment until another, which is no longer part of it.</summary>
public sealed record Hours(DateTimeOffset From, DateTimeOffset Until);
