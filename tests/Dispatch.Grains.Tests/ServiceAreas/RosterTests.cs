using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Rosters;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Grains.Responders;
using Dispatch.Grains.ServiceAreas;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.ServiceAreas;

/// <summary>The roster brings people on duty and takes them off again, without anybody's act and without a timer.</summary>
public sealed class RosterTests
{
    private static readonly ImmutableArray<DayOfWeek> EveryDay = [.. Enum.GetValues<DayOfWeek>()];

    /// <summary>The city's clock starts at 20:00.</summary>
    [Fact]
    public void At_the_hour_of_her_shift_she_is_asked_also_after_a_crash_and_after_it_no_more()
    {
        using var city = Rostered("amal", "21:00-23:00");
        var early = city.Raise();
        Assert.Empty(city.State(early).Offers);

        city.Advance(TimeSpan.FromHours(1));
        Assert.Equal("amal", Assert.Single(city.State(city.Raise()).Offers).Responder);
        city.CrashAndRestart();
        Assert.Equal("amal", Assert.Single(city.State(city.Raise()).Offers).Responder);

        city.Advance(TimeSpan.FromHours(2));
        Assert.Empty(city.State(city.Raise()).Offers);
    }

    [Fact]
    public void An_alert_that_found_nobody_asks_whom_the_roster_brings()
    {
        using var city = Rostered("amal", "21:00-23:00");
        city.Advance(TimeSpan.FromMinutes(58));
        var alert = city.Raise();
        city.Advance(60);
        Assert.Empty(city.State(alert).Offers);

        city.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal("amal", Assert.Single(city.State(alert).Offers).Responder);
    }

    [Fact]
    public void When_her_shift_ends_she_is_no_longer_asked_and_who_follows_is()
    {
        using var city = Rostered("amal", "20:00-21:00");
        Enrol(city, "noor");
        Write(city, 1, Shift("amal", "20:00-21:00"), Shift("noor", "21:00-22:00"));
        city.Advance(TimeSpan.FromMinutes(59));
        var alert = city.Raise();
        Assert.Equal("amal", Assert.Single(city.State(alert).Offers).Responder);

        city.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(WithdrawnFor.OffDuty, city.State(alert).Offers.Single(o => o.Responder == "amal").Withdrawn);
        Assert.Equal(OfferState.Open, city.State(alert).Offers.Single(o => o.Responder == "noor").State);
    }

    [Fact]
    public void Off_by_her_own_word_she_is_off_until_her_shift_ends_and_back_with_the_next()
    {
        using var city = Rostered("amal", "20:00-23:00");
        Assert.Equal(["amal"], OnDuty(city));
        city.OffDuty("amal");
        Assert.Empty(OnDuty(city));
        city.CrashAndRestart();
        city.Advance(TimeSpan.FromHours(2));
        Assert.Empty(OnDuty(city));
        city.Advance(TimeSpan.FromHours(22));
        Assert.Equal(["amal"], OnDuty(city));
    }

    [Fact]
    public void Off_until_a_day_she_is_off_also_where_the_roster_names_her_only_later()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        city.Host(() => Amal(city).OffDuty([City.Area], city.Now.AddHours(1)));
        city.Host(() => Amal(city).OffDuty([City.Area], rosterHolds: true));
        Enrol(city, "amal");
        Write(city, 0, Shift("amal", "00:00-00:00"));
        Assert.Empty(OnDuty(city));
        city.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["amal"], OnDuty(city));
    }

    [Fact]
    public void Who_only_leaves_her_page_is_asked_as_the_roster_says()
    {
        using var city = Rostered("amal", "20:00-23:00");
        city.OnDuty("amal");
        city.Host(() => Amal(city).OffDuty([City.Area], rosterHolds: true));
        Assert.Equal(["amal"], OnDuty(city));

        city.Host(() => Amal(city).OffDuty([City.Area], city.Now.AddHours(1)));
        city.Host(() => Amal(city).OffDuty([City.Area], rosterHolds: true));
        Assert.Empty(OnDuty(city));
        city.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["amal"], OnDuty(city));
    }

    [Fact]
    public void The_area_hears_of_the_work_of_whom_only_the_roster_brought()
    {
        using var city = Rostered("amal", "20:00-23:00");
        city.Accept("amal", city.Raise());
        Assert.Equal(1, Plan(city).OnDuty.Single().Load);
        city.OffDuty("amal");
        city.OnDuty("amal");
        Assert.Equal(1, Plan(city).OnDuty.Single().Load);
        Assert.Equal([City.Area], city.Host(Amal(city).Work).Areas.AsEnumerable());
    }

    [Fact]
    public void Of_two_who_write_at_once_the_second_learns_of_the_first()
    {
        using var city = Rostered("amal", "20:00-23:00");
        var first = Write(city, 1, Shift("amal", "20:00-22:00"));
        Assert.Null(first.Refused);
        Assert.Equal(2, first.Roster.Version);

        var second = Write(city, 1, Shift("amal", "08:00-10:00"));

        Assert.Equal(RosterRefusal.Stale, second.Refused);
        Assert.Equal(2, second.Roster.Version);
        city.CrashAndRestart();
        Assert.Equal(new TimeOnly(22, 0), city.Host(Area(city).Roster).Shifts.Single().Until);
    }

    [Fact]
    public void A_roster_that_could_not_be_written_holds_for_nobody()
    {
        using var city = Rostered("amal", "20:00-23:00");
        city.Store.Fault = write => write.Id.Key == "roster" ? new IOException("torn") : null;
        Assert.ThrowsAny<Exception>(() => Write(city, 1));
        city.Store.Fault = null;
        Assert.Equal(["amal"], OnDuty(city));
    }

    [Fact]
    public void A_swap_holds_from_the_others_yes()
    {
        using var city = Rostered("amal", "20:00-23:00");
        Enrol(city, "noor");
        var hers = new Hours(city.Now, city.Now.AddHours(3));
        var offered = city.Host(() => Area(city).OfferSwap("amal", "noor", hers, null));
        Assert.Equal(["amal"], OnDuty(city));
        Assert.Null(city.Host(() => Area(city).AcceptSwap(offered.Id!, "noor")).Refused);
        Assert.Equal(["noor"], OnDuty(city));
    }

    [Fact]
    public void Gaps_are_those_of_the_rules_in_force_and_end_with_what_people_say_themselves()
    {
        using var city = Rostered("amal", "21:00-23:00");
        var tonight = city.Host(() => Area(city).Gaps(city.Now, city.Now.AddHours(4)))!.Value.Where(g => g.Need is Need.Health).Select(g => (g.From, g.Until)).ToArray();
        Assert.Equal([(city.Now, city.Now.AddHours(1)), (city.Now.AddHours(3), city.Now.AddHours(4))], tonight);
        city.OnDuty("noor", change: c => c with { OnDutyUntil = city.Now.AddHours(4) });
        Assert.DoesNotContain(city.Host(() => Area(city).Gaps(city.Now, city.Now.AddHours(4)))!.Value, g => g.Need is Need.Health);
        Assert.Null(city.Host(() => city.Grains.GetGrain<IServiceAreaGrain>("XX/unknown").Gaps(city.Now, city.Now.AddHours(4))));
    }

    [Fact]
    public void Who_is_gone_is_not_asked_whatever_the_roster_says()
    {
        using var city = Rostered("amal", "20:00-23:00");
        city.Host(() => Area(city).Forget("amal"));
        Assert.Empty(OnDuty(city));
        Assert.Empty(city.State(city.Raise()).Offers);
    }

    private static City Rostered(string name, string hours)
    {
        var city = City.Start();
        Enrol(city, name);
        Assert.Null(Write(city, 0, Shift(name, hours)).Refused);
        return city;
    }

    private static void Enrol(City city, string name) => city.Host(() => city.Grains.GetGrain<IResponderGrain>(name).Enrol(
        new Candidate
        {
            Responder = name, Tenant = City.Tenant, Organisation = City.Clinic, Needs = [Need.Health], Modes = [Mode.CallsHer, Mode.ReceivesHer], VettedUntil = city.Now.AddYears(1),
        },
        City.Area));

    private static RosterChange Write(City city, long seen, params ImmutableArray<WeeklyShift> shifts) => city.Host(() => Area(city).SetRoster(seen, 0, shifts));

    private static WeeklyShift Shift(string person, string hours) => new(person, EveryDay, TimeOnly.Parse(hours[..5], null), TimeOnly.Parse(hours[6..], null));

    private static IServiceAreaGrain Area(City city) => city.Grains.GetGrain<IServiceAreaGrain>(City.Area);

    private static IResponderGrain Amal(City city) => city.Grains.GetGrain<IResponderGrain>("amal");

    private static AreaPlan Plan(City city) => city.Host(() => Area(city).Plan())!;

    private static IEnumerable<string> OnDuty(City city) => Plan(city).OnDuty.Select(p => p.Responder);
}
