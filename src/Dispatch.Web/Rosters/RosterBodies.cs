using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Rosters;
using Dispatch.Web.Problems;

namespace Dispatch.Web.Rosters;

/// <param name="Version">Say it again with every change.</param>
/// <param name="UtcOffsetMinutes">The local time that its hours are meant in.</param>
/// <param name="NextChange">When somebody comes or goes next; absent when nothing changes within fifteen days.</param>
public sealed record RosterBody(
    string Area, long Version, int UtcOffsetMinutes, ImmutableArray<ShiftBody> Shifts, ImmutableArray<OverrideBody> Overrides, ImmutableArray<SwapBody> Swaps, DateTimeOffset? NextChange);

public sealed record ShiftBody(
    PersonBody Person, ImmutableArray<DayOfWeek> Days, string From, string Until, ImmutableArray<Need>? Needs, bool Drill, DateOnly? ValidFrom, DateOnly? ValidUntil);

public sealed record OverrideBody(string Id, PersonBody Person, DateOnly Date, bool Adds, string? From, string? Until, ImmutableArray<Need>? Needs, bool Drill);

/// <param name="Gives">Hours of hers that the other would have.</param>
/// <param name="Takes">Hours of the other's that she would have in return.</param>
public sealed record SwapBody(string Id, string Area, PersonBody By, PersonBody To, HoursBody Gives, HoursBody? Takes, SwapState State, DateTimeOffset OfferedAt);

public sealed record HoursBody
{
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset Until { get; init; }

    internal Hours Hours => new(From.ToUniversalTime(), Until.ToUniversalTime());

    internal static HoursBody Of(Hours hours) => new() { From = hours.From, Until = hours.Until };
}

public sealed record RosterWriteBody
{
    /// <summary>The version that was read; 0 where there was no roster.</summary>
    public required long Version { get; init; }

    /// <summary>All weekly shifts. What was decided about single days stays.</summary>
    public required ImmutableArray<ShiftWriteBody> Shifts { get; init; }
}

public sealed record ShiftWriteBody
{
    /// <summary>Her account id, or the name that she signs in with.</summary>
    public required string Person { get; init; }

    /// <summary>The days on which it begins.</summary>
    public required ImmutableArray<DayOfWeek> Days { get; init; }

    /// <summary>Local time, as 20:00.</summary>
    public required string From { get; init; }

    /// <summary>At or before <see cref="From"/> it is a time of the next day.</summary>
    public required string Until { get; init; }

    /// <summary>On call for these only; absent for all that she is asked for.</summary>
    public ImmutableArray<Need>? Needs { get; init; }

    /// <summary>Takes part in drills as well.</summary>
    public bool Drill { get; init; }

    /// <summary>The first and the last day on which it begins.</summary>
    public DateOnly? ValidFrom { get; init; }
    public DateOnly? ValidUntil { get; init; }
}

public sealed record OverrideWriteBody
{
    /// <summary>The version that was read; 0 where there was no roster.</summary>
    public required long Version { get; init; }

    /// <summary>Her account id, or the name that she signs in with.</summary>
    public required string Person { get; init; }
    public required DateOnly Date { get; init; }

    /// <summary>Comes in addition; otherwise stays away.</summary>
    public required bool Adds { get; init; }

    /// <summary>Local time. Both absent, where she stays away, for all her shifts that begin on that date.</summary>
    public string? From { get; init; }
    public string? Until { get; init; }
    public ImmutableArray<Need>? Needs { get; init; }
    public bool Drill { get; init; }
}

/// <param name="From">Now.</param>
public sealed record GapsBody(string Area, DateTimeOffset From, DateTimeOffset Until, ImmutableArray<Gap> Gaps);

/// <param name="Swaps">Those that she offered or was offered.</param>
/// <param name="Colleagues">Whom she may offer hours to: everybody whom the rosters of her areas name.</param>
public sealed record MyShiftsBody(ImmutableArray<MyShiftBody> Shifts, ImmutableArray<SwapBody> Swaps, ImmutableArray<PersonBody> Colleagues);

/// <param name="Needs">On call for these only; absent for all that she is asked for.</param>
public sealed record MyShiftBody(string Area, DateTimeOffset From, DateTimeOffset Until, ImmutableArray<Need>? Needs, bool Drill);

public sealed record SwapWriteBody
{
    public required string Area { get; init; }

    /// <summary>The account id of a colleague whom the roster names.</summary>
    public required string To { get; init; }
    public required HoursBody Gives { get; init; }
    public HoursBody? Takes { get; init; }
}
