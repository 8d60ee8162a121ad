using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Rosters;
using Dispatch.Domain.ServiceAreas;
using static Dispatch.Domain.Tests.Rosters.GivenRoster;

namespace Dispatch.Domain.Tests.Rosters;

/// <summary>What holds of every roster, tried on many: the fast answers agree with looking at each quarter of an hour.</summary>
public sealed class RandomRosterTests
{
    private static readonly string[] People = ["awa", "binta", "celine", "djeneba"];
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 60));

    [Theory, MemberData(nameof(Seeds))]
    public void Looking_at_a_moment_and_at_a_window_says_the_same(int seed)
    {
        var roster = Some(new Random(seed));
        var week = RosterTimes.Between(roster, At("Mon 00:00"), At("Sun 00:00"));
        foreach (var at in Quarters(At("Mon 00:00"), At("Sun 00:00")))
        {
            Assert.Equal(Of(week.Where(r => r.Covers(at))), Of(RosterTimes.At(roster, at)));
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Nothing_changes_before_the_next_change_and_something_does_then(int seed)
    {
        var roster = Some(new Random(seed));
        for (var at = At("Mon 00:00"); at < At("Wed 00:00");)
        {
            if (RosterTimes.NextChange(roster, at) is not { } next) return;
            var before = Who(roster, at);
            foreach (var between in Quarters(at, next)) Assert.Equal(before, Who(roster, between));
            Assert.NotEqual(before, Who(roster, next));
            at = next;
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_gap_is_where_nobody_fit_is_on_duty_and_nowhere_else(int seed)
    {
        var random = new Random(seed);
        var roster = Some(random);
        var (from, until) = (At("Mon 00:00"), At("Mon 00:00") + Gaps.Ahead);
        Candidate[] people =
        [
            .. People.Select((p, i) => Given.Person(p, i % 2 == 0 ? Need.Health : Need.Psychosocial) with
            {
                ByRoster = random.Next(3) > 0,
                OnDutyUntil = from + (random.Next(0, 96) * Quarter),
                OffDutyUntil = random.Next(3) == 0 ? from + (random.Next(0, 96) * Quarter) : null,
                VettedUntil = random.Next(4) == 0 ? from + (random.Next(0, 288) * Quarter) : from.AddYears(1),
            }),
        ];
        var gaps = Gaps.Of(roster, people, Given.Rules(), from, until);
        foreach (var need in new[] { Need.Health, Need.Psychosocial, Need.Legal })
        {
            foreach (var at in Quarters(from, until))
            {
                var now = RosterTimes.At(roster, at);
                var somebody = people.Any(p => p.Needs.Contains(need) && p.VettedUntil > at && PersonOnDuty.At(p, now, at) is not null);
                Assert.Equal(!somebody, gaps.Any(g => g.Need == need && g.From <= at && at < g.Until));
            }
        }

        Assert.All(gaps, g => Assert.True(from <= g.From && g.From < g.Until && g.Until <= until));
        Assert.All(gaps.GroupBy(g => g.Need), g => Assert.All(g.Zip(g.Skip(1)), pair => Assert.True(pair.First.Until < pair.Second.From)));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_swap_moves_hours_and_makes_or_loses_none(int seed)
    {
        var roster = Some(new Random(seed)) with { Swaps = [] };
        if (RosterTimes.Between(roster, At("Tue 00:00"), At("Thu 00:00")).FirstOrDefault() is not { } given) return;
        var to = People.First(p => p != given.Person);
        var swapped = roster with { Swaps = [new Swap("s99", 99, given.Person, to, new Hours(given.From, given.Until), SwapState.Accepted, At("Mon 00:00"))] };
        foreach (var at in Quarters(At("Mon 00:00"), At("Sun 00:00")))
        {
            Assert.Equal(RosterTimes.At(roster, at).Length, RosterTimes.At(swapped, at).Length);
            if (given.Covers(at)) Assert.DoesNotContain(RosterTimes.At(swapped, at), r => r.Person == given.Person);
        }
    }

    private static Roster Some(Random random)
    {
        string Hours() => $"{random.Next(0, 24):00}:{15 * random.Next(0, 4):00}-{random.Next(0, 24):00}:{15 * random.Next(0, 4):00}";
        string Person() => People[random.Next(People.Length)];
        var roster = GivenRoster.Of(
        [
            .. Enumerable.Range(0, random.Next(0, 7)).Select(_ => Shift(Person(), Hours(), [.. EveryDay.Where(_ => random.Next(2) == 0).DefaultIfEmpty(DayOfWeek.Monday)])),
        ]) with { UtcOffsetMinutes = 60 * random.Next(-1, 3) };
        long since = 2;
        roster = roster with
        {
            Overrides =
            [
                .. Enumerable.Range(0, random.Next(0, 5)).Select(_ => random.Next(2) == 0
                    ? Comes(Person(), Monday.AddDays(random.Next(0, 5)), Hours(), since++)
                    : StaysAway(Person(), Monday.AddDays(random.Next(0, 5)), random.Next(2) == 0 ? null : Hours(), since++)),
            ],
        };
        return roster with
        {
            Swaps =
            [
                .. Enumerable.Range(0, random.Next(0, 3)).Select(_ => new Swap(
                    $"s{since}", since++, People[random.Next(2)], People[2 + random.Next(2)], HoursOf(Monday.AddDays(random.Next(0, 5)), Hours()),
                    random.Next(3) == 0 ? SwapState.Offered : SwapState.Accepted, At("Mon 00:00"))),
            ],
        };
    }

    private static IEnumerable<DateTimeOffset> Quarters(DateTimeOffset from, DateTimeOffset until)
    {
        for (var at = from; at < until; at += Quarter) yield return at;
    }

    private static string Who(Roster roster, DateTimeOffset at) => Of(RosterTimes.At(roster, at));

    private static string Of(IEnumerable<Rostered> now) => string.Join(' ', now.Select(r => r.Person).Distinct().Order(StringComparer.Ordinal));
}
