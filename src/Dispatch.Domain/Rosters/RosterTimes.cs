using System.Collections.Immutable;
using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Rosters;

/// <summary>One stretch of somebody's duty by the roster.</summary>
/// <param name="Needs">On call for these only; null for all that she is asked for.</param>
/// <param name="Day">The local date on which the shift began that it comes from.</param>
public sealed record Rostered(string Person, DateTimeOffset From, DateTimeOffset Until, ImmutableArray<Need>? Needs, bool Drill, DateOnly Day)
{
    public bool Covers(DateTimeOffset at) => From <= at && at < Until;
}

/// <summary>What a roster says of moments: the weekly shifts, changed by every decision about single days in the order in which they were made.</summary>
public static class RosterTimes
{
    /// <summary>No shift is longer than a day.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>How far ahead a next change is looked for.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(15);

    /// <summary>Every stretch of duty that touches the window, whole, by its beginning and then by person.</summary>
    public static ImmutableArray<Rostered> Between(Roster roster, DateTimeOffset from, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(roster);
        var all = Weekly(roster, from, until).ToList();
        var edits = roster.Overrides.Select(o => (o.Since, o.Id, Apply: (Action)(() => Apply(roster, o, all))))
            .Concat(roster.Swaps.Where(s => s.State is SwapState.Accepted).Select(s => (s.Since, s.Id, Apply: (Action)(() => Apply(roster, s, all)))))
            .OrderBy(e => e.Since).ThenBy(e => e.Id, StringComparer.Ordinal);
        foreach (var edit in edits) edit.Apply();
        return [.. all.Where(r => r.From < until && from < r.Until).OrderBy(r => r.From).ThenBy(r => r.Person, StringComparer.Ordinal).ThenBy(r => r.Until)];
    }

    /// <summary>Who is on duty by the roster at a moment.</summary>
    public static ImmutableArray<Rostered> At(Roster roster, DateTimeOffset at) => [.. Between(roster, at, at.AddTicks(1)).Where(r => r.Covers(at))];

    /// <summary>One person's stretches that touch the window.</summary>
    public static ImmutableArray<Rostered> Of(Roster roster, string person, DateTimeOffset from, DateTimeOffset until) => [.. Between(roster, from, until).Where(r => r.Person == person)];

    /// <summary>When this person's duty by the roster ends, shifts that follow without a break counted as one; null when she has none at that moment.</summary>
    public static DateTimeOffset? EndOf(Roster roster, string person, DateTimeOffset at)
    {
        DateTimeOffset? end = null;
        foreach (var stretch in Of(roster, person, at, at + Horizon))
        {
            if (stretch.From > (end ?? at)) break;
            if (end is null || stretch.Until > end) end = stretch.Until;
        }

        return end;
    }

    /// <summary>The first moment after this one at which somebody comes, goes or is on call for something else; null when nothing changes within fifteen days.</summary>
    public static DateTimeOffset? NextChange(Roster roster, DateTimeOffset after)
    {
        var ahead = Between(roster, after, after + Horizon);
        var now = Who(ahead, after);
        return Edges(ahead).Where(edge => edge > after && edge < after + Horizon).Order().Cast<DateTimeOffset?>().FirstOrDefault(edge => !Who(ahead, edge!.Value).SequenceEqual(now, StringComparer.Ordinal));
    }

    /// <summary>Every moment at which one of them begins or ends.</summary>
    public static IEnumerable<DateTimeOffset> Edges(IEnumerable<Rostered> stretches) => stretches.SelectMany(r => new[] { r.From, r.Until }).Distinct();

    private static IEnumerable<string> Who(ImmutableArray<Rostered> stretches, DateTimeOffset at) => stretches.Where(r => r.Covers(at))
        .Select(r => $"{r.Person} {(r.Needs is { } needs ? string.Join(',', needs.Order()) : "*")} {r.Drill}").Distinct().Order(StringComparer.Ordinal);

    /// <summary>The day before the window as well: a night shift reaches into it.</summary>
    private static IEnumerable<Rostered> Weekly(Roster roster, DateTimeOffset from, DateTimeOffset until)
    {
        var last = roster.LocalDate(until);
        for (var date = roster.LocalDate(from).AddDays(-1); date <= last; date = date.AddDays(1))
        {
            foreach (var shift in roster.Shifts.Where(s => s.BeginsOn(date))) yield return Stretch(roster, shift.Person, date, shift.From, shift.Until, shift.Needs, shift.Drill);
        }
    }

    private static Rostered Stretch(Roster roster, string person, DateOnly date, TimeOnly from, TimeOnly until, ImmutableArray<Need>? needs, bool drill) =>
        new(person, roster.At(date, from), roster.At(until > from ? date : date.AddDays(1), until), needs, drill, date);

    private static void Apply(Roster roster, RosterOverride change, List<Rostered> all)
    {
        if (change is { From: { } from, Until: { } until })
        {
            var stretch = Stretch(roster, change.Person, change.Date, from, until, change.Needs, change.Drill);
            if (change.Adds) all.Add(stretch);
            else Cut(all, change.Person, stretch.From, stretch.Until);
        }
        else
        {
            all.RemoveAll(r => r.Person == change.Person && r.Day == change.Date);
        }
    }

    /// <summary>Both parts are cut before either is given, so that hours that go both ways do not come back with the first.</summary>
    private static void Apply(Roster roster, Swap swap, List<Rostered> all)
    {
        var given = Cut(all, swap.By, swap.Gives.From, swap.Gives.Until);
        var taken = swap.Takes is { } takes ? Cut(all, swap.To, takes.From, takes.Until) : [];
        all.AddRange(given.Select(r => r with { Person = swap.To, Day = roster.LocalDate(r.From) }));
        all.AddRange(taken.Select(r => r with { Person = swap.By, Day = roster.LocalDate(r.From) }));
    }

    /// <summary>Takes these hours from a person, and says what she had of them.</summary>
    private static List<Rostered> Cut(List<Rostered> all, string person, DateTimeOffset from, DateTimeOffset until)
    {
        var cut = new List<Rostered>();
        foreach (var had in all.Where(r => r.Person == person && r.From < until && from < r.Until).ToArray())
        {
            all.Remove(had);
            if (had.From < from) all.Add(had with { Until = from });
            if (until < had.Until) all.Add(had with { From = until });
            cut.Add(had with { From = had.From < from ? from : had.From, Until = until < had.Until ? until : had.Until });
        }

        return cut;
    }
}
