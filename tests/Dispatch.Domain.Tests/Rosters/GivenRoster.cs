using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Domain.Rosters;

namespace Dispatch.Domain.Tests.Rosters;

/// <summary>Builders of rosters. Monday is the 23rd of November 2026, and local time is UTC+1.</summary>
internal static class GivenRoster
{
    public static readonly DateOnly Monday = new(2026, 11, 23);

    public static readonly ImmutableArray<DayOfWeek> EveryDay = [.. Enum.GetValues<DayOfWeek>()];

    public static Roster Of(params WeeklyShift[] shifts) => new() { Version = 1, UtcOffsetMinutes = 60, Shifts = [.. shifts] };

    public static WeeklyShift Shift(string person, string hours, params DayOfWeek[] days) => new(person, days is [] ? EveryDay : [.. days], From(hours), Until(hours));

    public static RosterOverride Comes(string person, DateOnly date, string hours, long since = 2) => new($"o{since}", since, person, date, true, From(hours), Until(hours));

    public static RosterOverride StaysAway(string person, DateOnly date, string? hours = null, long since = 2) =>
        new($"o{since}", since, person, date, false, hours is null ? null : From(hours), hours is null ? null : Until(hours));

    public static Hours HoursOf(DateOnly date, string hours) => new(Local(date, From(hours)), Local(Until(hours) > From(hours) ? date : date.AddDays(1), Until(hours)));

    /// <summary>A local time of a day of that week, as <c>Mon 08:00</c>.</summary>
    public static DateTimeOffset At(string when)
    {
        var day = Array.IndexOf(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], when[..3]);
        return Local(Monday.AddDays(day), TimeOnly.ParseExact(when[4..], "HH:mm", CultureInfo.InvariantCulture));
    }

    /// <summary>Who is on duty then, in the order of their names.</summary>
    public static string Who(this Roster roster, string when) => string.Join(' ', RosterTimes.At(roster, At(when)).Select(r => r.Person).Distinct().Order(StringComparer.Ordinal));

    private static DateTimeOffset Local(DateOnly date, TimeOnly time) => new DateTimeOffset(date.ToDateTime(time), TimeSpan.FromHours(1)).ToUniversalTime();

    private static TimeOnly From(string hours) => TimeOnly.ParseExact(hours[..5], "HH:mm", CultureInfo.InvariantCulture);

    private static TimeOnly Until(string hours) => TimeOnly.ParseExact(hours[6..], "HH:mm", CultureInfo.InvariantCulture);
}
