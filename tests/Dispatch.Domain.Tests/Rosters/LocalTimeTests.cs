using System.Globalization;
using Dispatch.Domain.Rosters;
using static Dispatch.Domain.Tests.Rosters.GivenRoster;

namespace Dispatch.Domain.Tests.Rosters;

/// <summary>The same written hours in the three countries: Benin's clock is an hour ahead of Mali's and Burkina's, and a night has two dates.</summary>
public sealed class LocalTimeTests
{
    public static TheoryData<string, int> Zones => new() { { "Africa/Bamako", 0 }, { "Africa/Ouagadougou", 0 }, { "Africa/Porto-Novo", 60 } };

    [Theory, MemberData(nameof(Zones))]
    public void A_fixed_offset_is_the_local_time_all_year(string zone, int minutes)
    {
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        for (var at = Utc("2026-01-01 00:00"); at < Utc("2032-01-01 00:00"); at = at.AddHours(6)) Assert.Equal(minutes, clock.GetUtcOffset(at).TotalMinutes);
    }

    [Theory, MemberData(nameof(Zones))]
    public void A_night_begins_and_ends_to_the_tick_and_belongs_to_the_day_on_which_it_began(string zone, int minutes)
    {
        var roster = In(minutes, Shift("awa", "20:00-06:00", DayOfWeek.Monday));
        var (from, until) = (Local("2026-11-23 20:00", zone), Local("2026-11-24 06:00", zone));
        Assert.Equal("", Who(roster, from.AddTicks(-1)));
        Assert.Equal("awa", Who(roster, from));
        Assert.Equal("awa", Who(roster, Local("2026-11-24 00:00", zone)));
        Assert.Equal("awa", Who(roster, until.AddTicks(-1)));
        Assert.Equal("", Who(roster, until));
        Assert.Equal((from, until, Monday), RosterTimes.Of(roster, "awa", from, until).Select(r => (r.From, r.Until, r.Day)).Single());
        Assert.Equal("", Who(roster, from.AddDays(1)));
        Assert.Equal("awa", Who(roster, from.AddDays(7)));
        Assert.Equal((until, until), (RosterTimes.NextChange(roster, from), RosterTimes.EndOf(roster, "awa", Local("2026-11-24 00:00", zone))!.Value));
    }

    [Theory, MemberData(nameof(Zones))]
    public void A_whole_day_goes_from_local_midnight_to_local_midnight(string zone, int minutes)
    {
        var roster = In(minutes, Shift("awa", "00:00-00:00", DayOfWeek.Sunday));
        var midnight = Local("2026-11-22 00:00", zone);
        Assert.Equal(["", "awa", "awa", ""], new[] { midnight.AddTicks(-1), midnight, midnight.AddDays(1).AddTicks(-1), midnight.AddDays(1) }.Select(at => Who(roster, at)));
        Assert.Equal(new DateOnly(2026, 11, 22), roster.LocalDate(midnight));
        Assert.Equal(new DateOnly(2026, 11, 21), roster.LocalDate(midnight.AddTicks(-1)));
    }

    /// <summary>At 23:30 UTC on Sunday it is Monday already in Porto-Novo.</summary>
    [Fact]
    public void The_first_hour_of_a_day_in_Benin_is_still_the_day_before_elsewhere()
    {
        var roster = In(60, Shift("awa", "00:00-01:00", DayOfWeek.Monday));
        Assert.Equal(["", "awa", "awa", ""], new[] { "2026-11-22 22:59", "2026-11-22 23:00", "2026-11-22 23:59", "2026-11-23 00:00" }.Select(at => Who(roster, Utc(at))));
        Assert.Equal("awa", Who(roster with { UtcOffsetMinutes = 0 }, Utc("2026-11-23 00:30")));
        Assert.Equal("", Who(roster with { Overrides = [StaysAway("awa", Monday)] }, Utc("2026-11-22 23:30")));
        Assert.Equal("awa", Who(roster with { Overrides = [StaysAway("awa", Monday.AddDays(-1))] }, Utc("2026-11-22 23:30")));
    }

    [Theory, MemberData(nameof(Zones))]
    public void Which_day_is_past_is_a_matter_of_the_local_date(string zone, int minutes)
    {
        var roster = In(minutes, Shift("awa", "20:00-06:00"));
        var afterMidnight = Local("2026-11-24 00:00", zone);
        Assert.Null(RosterChanges.Override(roster, 1, StaysAway("awa", Monday), afterMidnight).Refused);
        Assert.Equal(RosterRefusal.Invalid, RosterChanges.Override(roster, 1, StaysAway("awa", Monday.AddDays(-1)), afterMidnight).Refused);
        Assert.Null(RosterChanges.Override(roster, 1, StaysAway("awa", Monday.AddDays(-1)), afterMidnight.AddTicks(-1)).Refused);
    }

    [Theory, MemberData(nameof(Zones))]
    public void Decided_in_the_middle_of_a_night_it_holds_at_once_and_only_for_that_night(string zone, int minutes)
    {
        var roster = In(minutes, Shift("awa", "20:00-06:00"));
        var now = Local("2026-11-24 01:00", zone);
        var sick = RosterChanges.Override(roster, 1, StaysAway("awa", Monday), now).Roster;
        Assert.Equal(("awa", "", "awa"), (Who(roster, now), Who(sick, now), Who(sick, Local("2026-11-24 20:00", zone))));

        var another = RosterChanges.Override(sick, 2, Comes("binta", Monday.AddDays(1), "01:00-06:00"), now).Roster;
        Assert.Equal(("binta", "binta", ""), (Who(another, now), Who(another, Local("2026-11-24 05:59", zone)), Who(another, Local("2026-11-24 06:00", zone))));
        Assert.Equal("awa", Who(RosterChanges.Restore(another, another.Overrides[0].Id, now).Roster with { Overrides = [] }, now));
    }

    [Theory, MemberData(nameof(Zones))]
    public void Hours_away_after_midnight_cut_a_hole_into_the_night_and_hours_over_midnight_too(string zone, int minutes)
    {
        var roster = In(minutes, Shift("awa", "20:00-06:00"));
        var now = Local("2026-11-23 21:00", zone);
        var after = RosterChanges.Override(roster, 1, StaysAway("awa", Monday.AddDays(1), "02:00-04:00"), now).Roster;
        Assert.Equal(["awa", "", "", "awa"], Hours(after, zone, "2026-11-24 01:59", "2026-11-24 02:00", "2026-11-24 03:59", "2026-11-24 04:00"));
        var over = RosterChanges.Override(roster, 1, StaysAway("awa", Monday, "23:00-01:00"), now).Roster;
        Assert.Equal(["awa", "", "", "awa"], Hours(over, zone, "2026-11-23 22:59", "2026-11-23 23:00", "2026-11-24 00:59", "2026-11-24 01:00"));
        // What is left of her night before the hole ends where it begins.
        Assert.Equal(Local("2026-11-23 23:00", zone), RosterTimes.EndOf(over, "awa", now));
    }

    [Theory, MemberData(nameof(Zones))]
    public void A_swap_agreed_in_the_middle_of_a_night_hands_over_the_rest_of_it(string zone, int minutes)
    {
        var roster = In(minutes, Shift("awa", "20:00-06:00"), Shift("binta", "08:00-12:00"));
        var now = Local("2026-11-24 01:00", zone);
        var offered = RosterChanges.Offer(roster, "awa", "binta", new Hours(now.AddHours(1), Local("2026-11-24 06:00", zone)), null, now);
        var agreed = RosterChanges.Accept(offered.Roster, offered.Id!, "binta", now).Roster;
        Assert.Equal(["awa", "binta", "binta", "", "binta"], Hours(agreed, zone, "2026-11-24 01:59", "2026-11-24 02:00", "2026-11-24 05:59", "2026-11-24 06:00", "2026-11-24 08:00"));
    }

    private static Roster In(int minutes, params WeeklyShift[] shifts) => Of(shifts) with { UtcOffsetMinutes = minutes };

    private static string[] Hours(Roster roster, string zone, params string[] at) => [.. at.Select(a => Who(roster, Local(a, zone)))];

    private static string Who(Roster roster, DateTimeOffset at) => string.Join(' ', RosterTimes.At(roster, at).Select(r => r.Person));

    private static DateTimeOffset Utc(string at) => DateTimeOffset.ParseExact(at, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>By the time zone's own name, apart from what a roster makes of its offset.</summary>
    private static DateTimeOffset Local(string at, string zone)
    {
        var local = Utc(at).DateTime;
        return new DateTimeOffset(local, TimeZoneInfo.FindSystemTimeZoneById(zone).GetUtcOffset(local)).ToUniversalTime();
    }
}
