using Dispatch.Domain.Alerts;
using Dispatch.Domain.Rosters;
using static Dispatch.Domain.Tests.Rosters.GivenRoster;

namespace Dispatch.Domain.Tests.Rosters;

public sealed class RosterTimesTests
{
    private static readonly Roster DayAndNight = Of(
        Shift("awa", "08:00-20:00"),
        Shift("binta", "20:00-08:00"),
        Shift("celine", "22:00-06:00", DayOfWeek.Sunday));

    [Theory]
    [InlineData("Mon 07:59", "binta")]
    [InlineData("Mon 08:00", "awa")]
    [InlineData("Mon 19:59", "awa")]
    [InlineData("Mon 20:00", "binta")]
    [InlineData("Tue 00:00", "binta")]
    [InlineData("Tue 03:00", "binta")]
    [InlineData("Sun 22:00", "binta celine")]
    [InlineData("Mon 05:59", "binta celine")]
    [InlineData("Mon 06:00", "binta")]
    [InlineData("Sun 21:59", "binta")]
    public void Hours_are_local_and_nights_reach_into_the_next_day_and_week(string when, string who) => Assert.Equal(who, DayAndNight.Who(when));

    [Fact]
    public void The_same_hours_mean_other_moments_where_the_clock_says_something_else()
    {
        var bamako = DayAndNight with { UtcOffsetMinutes = 0 };
        Assert.Equal("awa", DayAndNight.Who("Mon 08:00"));
        Assert.Equal("binta", bamako.Who("Mon 08:00"));
        Assert.Equal("awa", bamako.Who("Mon 09:00"));
    }

    [Fact]
    public void The_same_time_twice_is_a_whole_day()
    {
        var roster = Of(Shift("awa", "06:00-06:00", DayOfWeek.Tuesday));
        Assert.Equal("", roster.Who("Tue 05:59"));
        Assert.Equal("awa", roster.Who("Tue 06:00"));
        Assert.Equal("awa", roster.Who("Wed 05:59"));
        Assert.Equal("", roster.Who("Wed 06:00"));
    }

    [Fact]
    public void A_shift_holds_from_its_first_day_until_its_last_and_the_last_night_to_its_end()
    {
        var roster = Of(Shift("awa", "22:00-06:00") with { ValidFrom = Monday.AddDays(1), ValidUntil = Monday.AddDays(2) });
        Assert.Equal("", roster.Who("Mon 23:00"));
        Assert.Equal("awa", roster.Who("Tue 22:00"));
        Assert.Equal("awa", roster.Who("Thu 05:59"));
        Assert.Equal("", roster.Who("Thu 22:00"));
    }

    [Fact]
    public void Who_stays_away_on_a_date_misses_the_whole_night_that_begins_on_it_and_no_other()
    {
        var roster = DayAndNight with { Overrides = [StaysAway("binta", Monday)] };
        Assert.Equal("binta", roster.Who("Mon 07:00"));
        Assert.Equal("", roster.Who("Mon 20:00"));
        Assert.Equal("", roster.Who("Tue 07:59"));
        Assert.Equal("binta", roster.Who("Tue 20:00"));
    }

    [Fact]
    public void Who_stays_away_for_hours_has_the_rest_of_her_shift()
    {
        var roster = DayAndNight with { Overrides = [StaysAway("awa", Monday, "12:00-14:00")] };
        Assert.Equal("awa", roster.Who("Mon 11:59"));
        Assert.Equal("", roster.Who("Mon 12:00"));
        Assert.Equal("awa", roster.Who("Mon 14:00"));
    }

    [Fact]
    public void Of_two_decisions_about_the_same_hours_the_later_one_holds()
    {
        RosterOverride[] both = [StaysAway("awa", Monday, "10:00-18:00", since: 5), Comes("awa", Monday, "12:00-14:00", since: 6)];
        var came = DayAndNight with { Overrides = [both[1], both[0]] };
        Assert.Equal("", came.Who("Mon 11:00"));
        Assert.Equal("awa", came.Who("Mon 13:00"));
        var stayed = DayAndNight with { Overrides = [both[0] with { Since = 7 }, both[1]] };
        Assert.Equal("", stayed.Who("Mon 13:00"));
    }

    [Fact]
    public void A_swap_changes_nothing_before_the_other_agreed()
    {
        var swap = new Swap("s2", 2, "binta", "awa", HoursOf(Monday, "20:00-08:00"), SwapState.Offered, At("Mon 00:00")) { Takes = HoursOf(Monday.AddDays(1), "08:00-20:00") };
        var offered = DayAndNight with { Swaps = [swap] };
        Assert.Equal("binta", offered.Who("Mon 21:00"));
        Assert.Equal("awa", offered.Who("Tue 09:00"));
        var agreed = DayAndNight with { Swaps = [swap with { State = SwapState.Accepted }] };
        Assert.Equal("awa", agreed.Who("Mon 21:00"));
        Assert.Equal("binta", agreed.Who("Tue 09:00"));
        Assert.Equal("binta", agreed.Who("Tue 21:00"));
    }

    [Fact]
    public void What_was_swapped_passes_on_what_it_is_for_and_only_what_she_had()
    {
        var legal = Of(Shift("awa", "08:00-12:00") with { Needs = [Need.Legal], Drill = true })
            with { Swaps = [new Swap("s2", 2, "awa", "binta", HoursOf(Monday, "10:00-18:00"), SwapState.Accepted, At("Mon 00:00"))] };
        Assert.Equal("awa", legal.Who("Mon 09:59"));
        Assert.Equal("binta", legal.Who("Mon 10:00"));
        Assert.Equal("", legal.Who("Mon 12:00"));
        var hers = Assert.Single(RosterTimes.At(legal, At("Mon 11:00")));
        Assert.Equal([Need.Legal], hers.Needs!.Value.AsEnumerable());
        Assert.True(hers.Drill);
    }

    [Fact]
    public void Who_is_taken_out_after_a_swap_does_not_stay_on_by_it()
    {
        var swap = new Swap("s2", 2, "binta", "awa", HoursOf(Monday, "20:00-08:00"), SwapState.Accepted, At("Mon 00:00"));
        var roster = DayAndNight with { Swaps = [swap], Overrides = [StaysAway("awa", Monday, since: 3)] };
        Assert.Equal("", roster.Who("Mon 21:00"));
        // Decided before the swap, it is about what she had then.
        Assert.Equal("awa", (roster with { Overrides = [StaysAway("awa", Monday, since: 1)] }).Who("Mon 21:00"));
    }

    [Fact]
    public void What_one_gives_or_misses_is_taken_from_nobody_else()
    {
        var both = Of(Shift("awa", "08:00-20:00"), Shift("celine", "08:00-20:00"));
        Assert.Equal("celine", (both with { Overrides = [StaysAway("awa", Monday, "12:00-14:00")] }).Who("Mon 13:00"));
        Assert.Equal("celine", (both with { Overrides = [StaysAway("awa", Monday)] }).Who("Mon 13:00"));
        var swap = new Swap("s2", 2, "awa", "binta", HoursOf(Monday, "10:00-12:00"), SwapState.Accepted, At("Mon 00:00"));
        Assert.Equal("binta celine", (both with { Swaps = [swap] }).Who("Mon 11:00"));
    }

    [Fact]
    public void Hours_given_away_after_midnight_are_of_the_date_on_which_they_begin()
    {
        var swap = new Swap("s2", 2, "binta", "djeneba", HoursOf(Monday.AddDays(1), "02:00-08:00"), SwapState.Accepted, At("Mon 00:00"));
        var roster = DayAndNight with { Swaps = [swap] };
        Assert.Equal("djeneba", roster.Who("Tue 03:00"));
        Assert.Equal("", (roster with { Overrides = [StaysAway("djeneba", Monday.AddDays(1), since: 3)] }).Who("Tue 03:00"));
        Assert.Equal("djeneba", (roster with { Overrides = [StaysAway("djeneba", Monday, since: 3)] }).Who("Tue 03:00"));
    }

    [Fact]
    public void What_only_meets_the_edge_of_a_window_is_not_in_it() =>
        Assert.Equal(["binta"], RosterTimes.Between(DayAndNight, At("Mon 20:00"), At("Tue 08:00")).Select(r => r.Person));

    [Fact]
    public void Being_on_call_for_something_else_is_a_change()
    {
        var roster = Of(Shift("awa", "08:00-20:00") with { Needs = [Need.Legal] }, Shift("awa", "10:00-12:00"), Shift("awa", "14:00-16:00") with { Needs = [Need.Legal], Drill = true });
        Assert.Equal(At("Mon 10:00"), RosterTimes.NextChange(roster, At("Mon 08:00")));
        Assert.Equal(At("Mon 14:00"), RosterTimes.NextChange(roster, At("Mon 12:00")));
        Assert.Equal(At("Mon 16:00"), RosterTimes.NextChange(roster, At("Mon 14:00")));
    }

    [Theory]
    [InlineData("Mon 06:30", "Mon 08:00")]
    [InlineData("Mon 08:00", "Mon 20:00")]
    [InlineData("Mon 20:00", "Tue 08:00")]
    [InlineData("Sun 20:00", "Sun 22:00")]
    public void The_next_change_is_when_somebody_comes_or_goes(string after, string at) => Assert.Equal(At(at), RosterTimes.NextChange(DayAndNight, At(after)));

    [Fact]
    public void Two_shifts_of_the_same_person_that_follow_each_other_are_no_change()
    {
        var roster = Of(Shift("awa", "08:00-12:00", DayOfWeek.Monday), Shift("awa", "12:00-18:00", DayOfWeek.Monday));
        Assert.Equal(At("Mon 18:00"), RosterTimes.NextChange(roster, At("Mon 08:00")));
        Assert.Equal(At("Mon 18:00"), RosterTimes.EndOf(roster, "awa", At("Mon 09:00")));
        Assert.Null(RosterTimes.EndOf(roster, "awa", At("Mon 07:59")));
        Assert.Null(RosterTimes.NextChange(Of(), At("Mon 08:00")));
    }

    [Fact]
    public void The_shifts_of_one_person_are_given_whole()
    {
        var hers = RosterTimes.Of(DayAndNight, "binta", At("Tue 01:00"), At("Wed 01:00"));
        Assert.Equal([(At("Mon 20:00"), At("Tue 08:00")), (At("Tue 20:00"), At("Wed 08:00"))], hers.Select(r => (r.From, r.Until)));
    }
}
