using Dispatch.Domain.Alerts;
using Dispatch.Domain.Responders;
using Dispatch.Domain.Rosters;
using Dispatch.Domain.ServiceAreas;
using static Dispatch.Domain.Tests.Rosters.GivenRoster;

namespace Dispatch.Domain.Tests.Rosters;

/// <summary>Her own word while it lasts, and the roster from then on.</summary>
public sealed class PersonOnDutyTests
{
    private static readonly Roster Day = Of(Shift("awa", "08:00-20:00"));

    private static readonly Candidate Awa = Given.Person("awa", Need.Health, Need.Legal) with { ByRoster = true };

    [Theory]
    [InlineData("Mon 07:59", false)]
    [InlineData("Mon 08:00", true)]
    [InlineData("Mon 19:59", true)]
    [InlineData("Mon 20:00", false)]
    public void Without_a_word_of_hers_the_roster_decides(string when, bool on) => Assert.Equal(on, OnDuty(Awa, when));

    [Theory]
    [InlineData("Mon 06:00", true)]
    [InlineData("Mon 07:00", false)]
    [InlineData("Mon 08:00", true)]
    public void Her_own_duty_holds_until_its_end_and_then_the_roster(string when, bool on) =>
        Assert.Equal(on, OnDuty(Awa with { ByRoster = false, OnDutySince = At("Mon 05:00"), OnDutyUntil = At("Mon 07:00") }, when));

    [Theory]
    [InlineData("Mon 09:00", false)]
    [InlineData("Mon 11:59", false)]
    [InlineData("Mon 12:00", true)]
    [InlineData("Tue 09:00", true)]
    public void Off_by_her_own_word_she_comes_back_with_the_roster_when_it_ends(string when, bool on) =>
        Assert.Equal(on, OnDuty(Awa.Left(At("Mon 12:00")), when));

    [Fact]
    public void Back_after_her_word_she_is_on_duty_since_then()
    {
        var back = PersonOnDuty.At(Awa.Left(At("Mon 12:00")), Now(Day, "Mon 13:00"), At("Mon 13:00"))!;
        Assert.Equal((At("Mon 12:00"), At("Mon 20:00")), (back.OnDutySince, back.OnDutyUntil!.Value));
        Assert.Equal(At("Tue 08:00"), PersonOnDuty.At(Awa.Left(At("Mon 12:00")), Now(Day, "Tue 13:00"), At("Tue 13:00"))!.OnDutySince);
    }

    [Fact]
    public void A_shift_for_one_need_asks_her_for_no_other()
    {
        var legal = Of(Shift("awa", "08:00-20:00") with { Needs = [Need.Legal, Need.Shelter] }, Shift("awa", "10:00-12:00") with { Drill = true });
        var nine = PersonOnDuty.At(Awa, Now(legal, "Mon 09:00"), At("Mon 09:00"))!;
        Assert.Equal([Need.Legal], nine.Needs.AsEnumerable());
        Assert.False(nine.Drill);
        var eleven = PersonOnDuty.At(Awa, Now(legal, "Mon 11:00"), At("Mon 11:00"))!;
        Assert.Equal([Need.Health, Need.Legal], eleven.Needs.AsEnumerable());
        Assert.True(eleven.Drill);
    }

    [Fact]
    public void Of_two_shifts_at_once_the_one_that_began_first_and_the_one_that_ends_last_count()
    {
        var two = Of(Shift("awa", "08:00-14:00"), Shift("awa", "12:00-20:00"));
        var one = PersonOnDuty.At(Awa, Now(two, "Mon 13:00"), At("Mon 13:00"))!;
        Assert.Equal((At("Mon 08:00"), At("Mon 20:00")), (one.OnDutySince, one.OnDutyUntil!.Value));
    }

    [Fact]
    public void A_roster_does_not_say_that_she_can_do_without_her_rest()
    {
        var tired = Awa with { Rest = new Rest(At("Mon 05:00"), At("Mon 17:00")) };
        Assert.True(PersonOnDuty.At(tired, Now(Day, "Mon 09:00"), At("Mon 09:00"))!.Resting(At("Mon 09:00"), everybody: true));
        Assert.False((tired with { ByRoster = false, OnDutySince = At("Mon 08:30") }).Resting(At("Mon 09:00"), everybody: true));
    }

    [Fact]
    public void Whoever_is_off_is_shown_as_off() =>
        Assert.False(PersonOnDuty.OrOff(Awa, [], At("Mon 09:00")).OnDuty(At("Mon 09:00")));

    [Fact]
    public void Being_named_by_the_roster_changes_no_duty_and_forgets_no_work()
    {
        var known = Awa with { ByRoster = false, OnDutySince = At("Mon 05:00"), OnDutyUntil = At("Mon 07:00"), Drill = true, Load = 2, LoadVersion = 5 };
        var again = (Given.Person("awa") with { Woman = false }).Enrolled(known);
        Assert.Equal((false, At("Mon 05:00"), At("Mon 07:00"), true, 2, false), (again.ByRoster, again.OnDutySince, again.OnDutyUntil!.Value, again.Drill, again.Load, again.Woman));
        Assert.True(again.Enrolled(again).SameAs(again));
        Assert.True(Given.Person("binta").Enrolled(null).ByRoster);
        Assert.Equal(At("Mon 12:00"), Given.Person("awa").Enrolled(Awa.Left(At("Mon 12:00"))).OffDutyUntil);
    }

    [Fact]
    public void Of_what_she_declared_the_newest_that_her_own_actor_told_is_kept_whatever_is_done_to_her_duty()
    {
        Declared first = new() { ConflictAreas = ["XX/north"] }, second = new() { ConflictAreas = ["XX/south"] };
        var told = Given.Person("awa").With(new Workload { Version = 4, Declared = first });
        Assert.Same(first, told.Declared);
        Assert.Same(first, told.With(new Workload { Version = 4, Declared = second }).Declared);
        Assert.Same(second, told.With(new Workload { Version = 5, Declared = second }).Declared);
        Assert.Same(first, Given.Person("awa").KeepingFrom(told).Declared);
        Assert.Same(first, Given.Person("awa").Enrolled(told).Declared);
        Assert.Same(second, Given.Person("awa").With(new Workload { Version = 5, Declared = second }).KeepingFrom(told).Declared);
        Assert.Same(second, told.KeepingFrom(told.With(new Workload { Version = 5, Declared = second })).Declared);
        Assert.Null(told.With(new Workload { Version = 6 }).Declared);
        Assert.Equal((first, 7L), (new Workload { Version = 6 }.Saying(first).Declared, new Workload { Version = 6 }.Saying(first).Version));
    }

    private static bool OnDuty(Candidate known, string when) => PersonOnDuty.At(known, Now(Day, when), At(when)) is not null;

    private static IEnumerable<Rostered> Now(Roster roster, string when) => RosterTimes.At(roster, At(when));
}
