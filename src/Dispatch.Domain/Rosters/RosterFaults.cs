using System.Collections.Immutable;
using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Rosters;

/// <summary>One thing wrong with a roster.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Where">Which part of it, as a path: <c>shifts[2].days</c>.</param>
public sealed record RosterFault(string Code, string Where);

/// <summary>Everything wrong with weekly shifts at once.</summary>
public static class RosterFaults
{
    public static IEnumerable<RosterFault> Of(ImmutableArray<WeeklyShift> shifts)
    {
        if (shifts.IsDefault || shifts.Length > Roster.MaxShifts)
        {
            yield return new("shifts_out_of_bounds", "shifts");
            yield break;
        }

        for (var i = 0; i < shifts.Length; i++)
        {
            var (shift, where) = (shifts[i], $"shifts[{i}]");
            if (string.IsNullOrWhiteSpace(shift.Person)) yield return new("person_missing", $"{where}.person");
            if (shift.Days.IsDefaultOrEmpty || shift.Days.Distinct().Count() != shift.Days.Length || !shift.Days.All(Enum.IsDefined)) yield return new("days_invalid", $"{where}.days");
            if (!AreNeeds(shift.Needs)) yield return new("needs_invalid", $"{where}.needs");
            if (shift.ValidUntil < shift.ValidFrom) yield return new("validity_invalid", $"{where}.validUntil");
        }
    }

    /// <summary>Absent for all; otherwise some, each once.</summary>
    public static bool AreNeeds(ImmutableArray<Need>? needs) => needs is not { } some || (!some.IsDefaultOrEmpty && some.Distinct().Count() == some.Length && some.All(Enum.IsDefined));
}
