using System.Text.Json;
using Dispatch.Domain.Rosters;
using static Dispatch.Domain.Tests.Rosters.GivenRoster;

namespace Dispatch.Domain.Tests.Rosters;

/// <summary>What people do with a roster, and what is refused.</summary>
public sealed class RosterChangesTests
{
    private static readonly DateTimeOffset Now = At("Mon 00:00");
    private static readonly Roster Two = Of(Shift("awa", "08:00-20:00"), Shift("binta", "20:00-08:00"));
    private static readonly Hours HerDay = HoursOf(Monday, "08:00-20:00");

    [Fact]
    public void Whoever_saw_an_older_roster_replaces_nothing()
    {
        Assert.Equal(RosterRefusal.Stale, RosterChanges.Replace(Two, 0, 60, [], Now).Refused);
        Assert.Equal(RosterRefusal.Stale, RosterChanges.Override(Two, 0, StaysAway("awa", Monday), Now).Refused);
        var next = RosterChanges.Replace(Two with { Overrides = [StaysAway("awa", Monday)] }, 1, 0, [Shift("celine", "08:00-12:00")], Now).Roster;
        Assert.Equal((2L, 0, "celine"), (next.Version, next.UtcOffsetMinutes, Assert.Single(next.Shifts).Person));
        Assert.Single(next.Overrides);
    }

    public static TheoryData<string, WeeklyShift> Faulty => new()
    {
        { "person_missing", Shift("", "08:00-20:00") },
        { "days_invalid", Shift("awa", "08:00-20:00") with { Days = [] } },
        { "days_invalid", Shift("awa", "08:00-20:00", DayOfWeek.Monday, DayOfWeek.Monday) },
        { "days_invalid", Shift("awa", "08:00-20:00", (DayOfWeek)9) },
        { "needs_invalid", Shift("awa", "08:00-20:00") with { Needs = [] } },
        { "validity_invalid", Shift("awa", "08:00-20:00") with { ValidFrom = Monday, ValidUntil = Monday.AddDays(-1) } },
    };

    [Theory, MemberData(nameof(Faulty))]
    public void A_shift_that_cannot_be_meant_is_named_and_refused(string code, WeeklyShift shift)
    {
        Assert.Equal(code, Assert.Single(RosterFaults.Of([Two.Shifts[0], shift])).Code);
        Assert.StartsWith("shifts[1].", RosterFaults.Of([Two.Shifts[0], shift]).First().Where, StringComparison.Ordinal);
        Assert.Equal(RosterRefusal.Invalid, RosterChanges.Replace(Two, 1, 60, [shift], Now).Refused);
    }

    [Fact]
    public void There_are_bounds()
    {
        Assert.Equal("shifts_out_of_bounds", Assert.Single(RosterFaults.Of([.. Enumerable.Repeat(Two.Shifts[0], Roster.MaxShifts + 1)])).Code);
        Assert.Equal(RosterRefusal.Invalid, RosterChanges.Replace(Two, 1, 900, [], Now).Refused);
        var full = Two;
        for (var i = 0; i < Roster.MaxOverrides; i++) full = RosterChanges.Override(full, full.Version, StaysAway("awa", Monday), Now).Roster;
        Assert.Equal(RosterRefusal.Full, RosterChanges.Override(full, full.Version, StaysAway("awa", Monday), Now).Refused);
        Assert.Equal(Roster.MaxOverrides, full.Overrides.Select(o => o.Id).Distinct().Count());
        // A week later there is room again.
        Assert.Null(RosterChanges.Override(full, full.Version, StaysAway("awa", Monday.AddDays(7)), Now.AddDays(7)).Refused);
    }

    [Fact]
    public void A_day_is_decided_with_hours_where_she_comes_and_not_for_the_past_or_next_year()
    {
        Assert.Equal(RosterRefusal.Invalid, Decided(StaysAway("awa", Monday) with { Adds = true }));
        Assert.Equal(RosterRefusal.Invalid, Decided(Comes("awa", Monday, "08:00-10:00") with { Until = null }));
        Assert.Equal(RosterRefusal.Invalid, Decided(Comes("", Monday, "08:00-10:00")));
        Assert.Equal(RosterRefusal.Invalid, Decided(StaysAway("awa", Monday.AddDays(-2))));
        Assert.Equal(RosterRefusal.Invalid, Decided(StaysAway("awa", Monday.AddDays(93))));
        Assert.Null(Decided(StaysAway("awa", Monday.AddDays(-1))));
        Assert.Null(Decided(Comes("awa", Monday.AddDays(92), "08:00-10:00")));

        static RosterRefusal? Decided(RosterOverride change) => RosterChanges.Override(Two, 1, change, Now).Refused;
    }

    [Fact]
    public void A_decision_can_be_taken_back()
    {
        var away = RosterChanges.Override(Two, 1, StaysAway("awa", Monday), Now);
        Assert.Equal("", away.Roster.Who("Mon 09:00"));
        var back = RosterChanges.Restore(away.Roster, away.Id!, Now);
        Assert.Equal(("awa", 3L), (back.Roster.Who("Mon 09:00"), back.Roster.Version));
        Assert.Equal(RosterRefusal.NotFound, RosterChanges.Restore(back.Roster, away.Id!, Now).Refused);
    }

    [Fact]
    public void A_swap_is_offered_once_and_holds_from_the_others_yes()
    {
        var offered = RosterChanges.Offer(Two, "awa", "binta", HerDay, null, Now);
        Assert.Equal("awa", offered.Roster.Who("Mon 09:00"));
        var again = RosterChanges.Offer(offered.Roster, "awa", "binta", HerDay, null, Now);
        Assert.Equal((offered.Id, offered.Roster.Version), (again.Id, again.Roster.Version));

        Assert.Equal(RosterRefusal.NotFound, RosterChanges.Accept(offered.Roster, offered.Id!, "awa", Now).Refused);
        var agreed = RosterChanges.Accept(offered.Roster, offered.Id!, "binta", Now);
        Assert.Equal("binta", agreed.Roster.Who("Mon 09:00"));
        var repeated = RosterChanges.Accept(agreed.Roster, offered.Id!, "binta", Now);
        Assert.Same(agreed.Roster, repeated.Roster);
        Assert.Null(repeated.Refused);
        Assert.Equal(RosterRefusal.NotRostered, RosterChanges.Offer(agreed.Roster, "awa", "binta", HerDay, null, Now).Refused);
        Assert.Equal(RosterRefusal.AlreadyAnswered, RosterChanges.Drop(agreed.Roster, offered.Id!, "awa", Now).Refused);
    }

    [Theory]
    [InlineData("awa")]
    [InlineData("binta")]
    public void Either_may_drop_what_was_not_agreed_and_nobody_else(string who)
    {
        var offered = RosterChanges.Offer(Two, "awa", "binta", HerDay, null, Now);
        Assert.Equal(RosterRefusal.NotFound, RosterChanges.Drop(offered.Roster, offered.Id!, "celine", Now).Refused);
        Assert.Empty(RosterChanges.Drop(offered.Roster, offered.Id!, who, Now).Roster.Swaps);
    }

    [Fact]
    public void Nobody_gives_away_what_is_not_hers_or_takes_what_the_other_has_not()
    {
        Assert.Equal(RosterRefusal.NotRostered, RosterChanges.Offer(Two, "awa", "binta", HoursOf(Monday, "08:00-21:00"), null, Now).Refused);
        Assert.Equal(RosterRefusal.NotRostered, RosterChanges.Offer(Two, "awa", "celine", HerDay, HoursOf(Monday, "20:00-22:00"), Now).Refused);
        Assert.Equal(RosterRefusal.Invalid, RosterChanges.Offer(Two, "awa", "awa", HerDay, null, Now).Refused);
        Assert.Equal(RosterRefusal.Invalid, RosterChanges.Offer(Two, "awa", "binta", HerDay, null, At("Mon 20:00")).Refused);
        Assert.Equal(RosterRefusal.Invalid, RosterChanges.Offer(Two, "awa", "binta", new Hours(HerDay.From, HerDay.From.AddHours(25)), null, Now).Refused);

        var offered = RosterChanges.Offer(Two, "awa", "binta", HerDay, HoursOf(Monday, "20:00-08:00"), Now);
        Assert.NotNull(offered.Id);
        var away = RosterChanges.Override(offered.Roster, offered.Roster.Version, StaysAway("binta", Monday), Now).Roster;
        Assert.Equal(RosterRefusal.NotRostered, RosterChanges.Accept(away, offered.Id!, "binta", Now).Refused);
        Assert.Equal(RosterRefusal.AlreadyAnswered, RosterChanges.Accept(offered.Roster, offered.Id!, "binta", At("Mon 20:00")).Refused);
    }

    [Fact]
    public void Nobody_gives_or_takes_hours_that_are_over_too_far_ahead_turned_round_or_torn()
    {
        var night = HoursOf(Monday.AddDays(-1), "20:00-08:00");
        Assert.Equal(RosterRefusal.Invalid, RosterChanges.Offer(Two, "awa", "binta", HerDay, night, At("Mon 09:00")).Refused);
        Assert.Null(RosterChanges.Offer(Two, "awa", "binta", HerDay, night, At("Mon 07:59")).Refused);
        Assert.Equal(RosterRefusal.Invalid, RosterChanges.Offer(Two, "awa", "binta", new Hours(HerDay.Until, HerDay.From), null, Now).Refused);
        Assert.Equal(RosterRefusal.Invalid, RosterChanges.Offer(Two, "awa", "binta", HoursOf(Monday.AddDays(92), "08:00-20:00"), null, Now).Refused);
        Assert.Null(RosterChanges.Offer(Two, "awa", "binta", HoursOf(Monday.AddDays(91), "08:00-20:00"), null, Now).Refused);
        Assert.Null(RosterChanges.Offer(Of(Shift("awa", "08:00-08:00")), "awa", "binta", HoursOf(Monday, "08:00-08:00"), null, Now).Refused);
        var torn = Of(Shift("awa", "08:00-10:00"), Shift("awa", "12:00-14:00"), Shift("celine", "10:00-12:00"));
        Assert.Equal(RosterRefusal.NotRostered, RosterChanges.Offer(torn, "awa", "binta", HoursOf(Monday, "08:00-14:00"), null, Now).Refused);

        var offered = RosterChanges.Offer(Two, "awa", "binta", HoursOf(Monday.AddDays(1), "08:00-20:00"), HoursOf(Monday, "20:00-08:00"), Now);
        Assert.Equal(RosterRefusal.AlreadyAnswered, RosterChanges.Accept(offered.Roster, offered.Id!, "binta", At("Tue 09:00")).Refused);
        var away = RosterChanges.Override(offered.Roster, offered.Roster.Version, StaysAway("awa", Monday.AddDays(1)), Now).Roster;
        Assert.Equal(RosterRefusal.NotRostered, RosterChanges.Accept(away, offered.Id!, "binta", Now).Refused);
        Assert.Empty(RosterChanges.Replace(offered.Roster, offered.Roster.Version, 60, Two.Shifts, At("Tue 20:00")).Roster.Swaps);
    }

    [Fact]
    public void There_is_a_bound_of_swaps()
    {
        var full = Two;
        for (var i = 0; i < Roster.MaxSwaps; i++) full = RosterChanges.Offer(full, "awa", "binta", HoursOf(Monday.AddDays(i), "08:00-20:00"), null, Now).Roster;
        Assert.Equal(Roster.MaxSwaps, full.Swaps.Length);
        Assert.Equal(RosterRefusal.Full, RosterChanges.Offer(full, "awa", "binta", HoursOf(Monday.AddDays(80), "08:00-20:00"), null, Now).Refused);
    }

    [Fact]
    public void What_was_decided_later_holds_also_against_a_yes_and_a_yes_against_what_was_decided_before_it()
    {
        var offered = RosterChanges.Offer(Two, "awa", "binta", HerDay, null, Now);
        var away = RosterChanges.Override(offered.Roster, 2, StaysAway("binta", Monday, "08:00-20:00"), Now).Roster;
        Assert.Equal("binta", RosterChanges.Accept(away, offered.Id!, "binta", Now).Roster.Who("Mon 09:00"));

        var agreed = RosterChanges.Accept(offered.Roster, offered.Id!, "binta", Now).Roster;
        Assert.Equal("", RosterChanges.Override(agreed, 3, StaysAway("binta", Monday), Now).Roster.Who("Mon 09:00"));
    }

    [Fact]
    public void What_is_long_over_goes_with_the_next_change()
    {
        var offered = RosterChanges.Offer(Two, "awa", "binta", HerDay, null, Now);
        var agreed = RosterChanges.Accept(offered.Roster, offered.Id!, "binta", Now).Roster;
        var away = RosterChanges.Override(agreed, agreed.Version, StaysAway("binta", Monday), Now).Roster;
        var nextDay = RosterChanges.Replace(away, away.Version, 60, Two.Shifts, Now.AddDays(1)).Roster;
        Assert.Equal((1, 1), (nextDay.Overrides.Length, nextDay.Swaps.Length));
        var nextWeek = RosterChanges.Replace(nextDay, nextDay.Version, 60, Two.Shifts, Now.AddDays(7)).Roster;
        Assert.Equal((0, 0), (nextWeek.Overrides.Length, nextWeek.Swaps.Length));
    }

    [Fact]
    public void A_full_roster_fits_its_row()
    {
        const string id = "4pXq0cJm3m0f7kq2bW8r1A";
        var full = Two with
        {
            Shifts = [.. Enumerable.Repeat(Shift(id, "08:00-20:00") with { Needs = [.. Enum.GetValues<Domain.Alerts.Need>()], ValidFrom = Monday, ValidUntil = Monday }, Roster.MaxShifts)],
            Overrides = [.. Enumerable.Repeat(Comes(id, Monday, "08:00-20:00"), Roster.MaxOverrides)],
            Swaps = [.. Enumerable.Repeat(new Swap("s1000", 1000, id, id, HerDay, SwapState.Accepted, Now) { Takes = HerDay }, Roster.MaxSwaps)],
        };
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(full, DispatchJson.Options).Length, 1, 64 * 1024);
    }
}
