using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.ServiceAreas;

namespace Dispatch.Domain.Rosters;

/// <summary>Hours in which nobody who may be asked is on duty for a need.</summary>
/// <param name="ByDefault">The need is asked for when she presses and chooses nothing.</param>
public sealed record Gap(Need Need, bool ByDefault, DateTimeOffset From, DateTimeOffset Until);

/// <summary>Where the coming days lack somebody, while there is time to find her.</summary>
public static class Gaps
{
    public static readonly TimeSpan Ahead = TimeSpan.FromHours(72);

    /// <summary>
    /// Whoever came on duty without an end is there now; that she still is the day after tomorrow nobody promised. For so long her word counts.
    /// </summary>
    public static readonly TimeSpan OpenEndCounts = TimeSpan.FromHours(12);

    /// <summary>Every gap between these moments, by need and then by time. Whoever is resting, or whose vetting has run out by then, fills none.</summary>
    /// <param name="people">As the area stores them, on duty or not.</param>
    public static ImmutableArray<Gap> Of(Roster roster, IReadOnlyCollection<Candidate> people, Rules rules, DateTimeOffset from, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(rules);
        Candidate[] counted = [.. people.Select(p => p is { ByRoster: false, OnDutyUntil: null } ? p with { OnDutyUntil = from + OpenEndCounts } : p)];
        var rostered = RosterTimes.Between(roster, from, until);
        DateTimeOffset[] edges =
        [
            from,
            .. RosterTimes.Edges(rostered).Concat(counted.SelectMany(PersonOnDuty.Edges)).Where(edge => from < edge && edge < until).Distinct().Order(),
            until,
        ];
        var there = edges.SkipLast(1).Select(at => (IReadOnlyCollection<Candidate>)[.. counted.Select(p => PersonOnDuty.At(p, rostered, at)).OfType<Candidate>()]).ToArray();
        return [.. Needs(rules).SelectMany(need => OfNeed(need, rules, there, edges))];
    }

    private static IEnumerable<Need> Needs(Rules rules) => rules.DefaultNeeds.Concat(rules.Needs.Select(n => n.Need)).Distinct().Order();

    private static IEnumerable<Gap> OfNeed(Need need, Rules rules, IReadOnlyCollection<Candidate>[] there, DateTimeOffset[] edges)
    {
        DateTimeOffset? open = null;
        for (var i = 0; i < there.Length; i++)
        {
            if (there[i].Any(p => Fills(p, need, rules, edges[i])))
            {
                if (open is { } began) yield return new Gap(need, rules.DefaultNeeds.Contains(need), began, edges[i]);
                open = null;
            }
            else
            {
                open ??= edges[i];
            }
        }

        if (open is { } last) yield return new Gap(need, rules.DefaultNeeds.Contains(need), last, edges[^1]);
    }

    private static bool Fills(Candidate person, Need need, Rules rules, DateTimeOffset at) =>
        person.Needs.Contains(need) && rules.For(need).Asks(person.Organisation.Kind) && person.Vetted(at)
        && !person.Resting(at, everybody: false) && rules.For(need).Modes.Any(person.Modes.Contains);
}
