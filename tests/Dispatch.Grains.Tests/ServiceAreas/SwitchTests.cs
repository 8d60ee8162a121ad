using Dispatch.Domain.Channels;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Grains.ServiceAreas;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.ServiceAreas;

/// <summary>Where an area is not switched on, machines ask nobody and humans hear at once.</summary>
public sealed class SwitchTests
{
    [Fact]
    public void In_an_area_that_is_off_nobody_is_asked_and_the_console_rings_at_once()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        city.OnDuty("far", area: City.Neighbour);
        city.Host(Area(city).SwitchOff);

        var alert = city.Raise();
        city.Advance(200);

        city.Phones.NothingElseWasOffered();
        Assert.Empty(city.State(alert).Offers);
        Assert.Equal(city.State(alert).RaisedAt, city.State(alert).Ring!.At);
        Assert.Equal(QueueState.Ringing, Assert.Single(city.Queue().Items).State);
    }

    [Fact]
    public void People_of_a_neighbour_that_is_off_are_not_asked_for_an_alert_next_door()
    {
        using var city = City.Start();
        city.OnDuty("far", area: City.Neighbour);
        city.Host(Area(city, City.Neighbour).SwitchOff);

        Assert.Empty(city.State(city.Raise()).Offers);
    }

    [Fact]
    public void A_drill_needs_no_switch_because_it_comes_before_it()
    {
        using var city = City.Start();
        city.OnDuty("amal", change: c => c with { Drill = true });
        city.Host(Area(city).SwitchOff);

        city.Raise(p => p with { Exercise = true, DrillWindowOpen = true });

        city.Phones.ExpectsOffer("amal");
    }

    [Fact]
    public void Switched_on_while_somebody_waits_the_people_on_duty_are_asked()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        city.Host(Area(city).SwitchOff);
        city.Raise();

        city.SwitchOn(City.Area);
        city.Advance(15);

        city.Phones.ExpectsOffer("amal");
    }

    [Fact]
    public void An_area_is_switched_on_only_when_nothing_is_missing_and_the_switch_survives()
    {
        using var city = City.Start();
        const string fresh = "XX/fresh";
        var area = city.Grains.GetGrain<IServiceAreaGrain>(fresh);
        city.Host(() => area.Configure(City.Setup with { DrillPassedAt = null, NightRoster = [] }));

        Assert.Equal<string>(["no_night_roster", "no_passed_drill"], city.Host(area.SwitchOn));
        Assert.False(city.Host(area.IsOn));

        city.Host(() => area.Configure(City.Setup));
        city.SwitchOn(fresh);
        Assert.Equal(fresh, city.Host(Area(city, fresh).State)!.Setup.Id);
        city.CrashAndRestart();
        // As at every start of the host.
        city.Host(() => Area(city, fresh).Configure(City.Setup));
        Assert.True(city.Host(Area(city, fresh).IsOn));

        city.Host(() => Area(city, fresh).Configure(City.Setup with { NightRoster = [] }));
        Assert.Equal<string>(["no_night_roster"], city.Host(Area(city, fresh).State)!.Missing);
        city.Host(Area(city, fresh).SwitchOff);
        Assert.False(city.Host(Area(city, fresh).IsOn));
    }

    [Fact]
    public void An_area_that_nobody_set_up_cannot_be_switched_on()
    {
        using var city = City.Start();
        Assert.Equal<string>(AreaReadiness.Missing(null, null), city.Host(Area(city, "XX/nowhere").SwitchOn));
        Assert.Null(city.Host(Area(city, "XX/nowhere").State));
    }

    [Fact]
    public void What_the_default_line_took_rings_its_own_duty_officer()
    {
        using var city = City.Start();
        city.Host(() => Area(city).Configure(City.Setup with { Default = new LineChain("national", "officer-n", "backup-n") }));
        city.Host(Area(city).SwitchOff);

        city.Raise(p => p with { Line = "national" });
        city.Advance(59.9);
        Assert.Empty(Untaken(city, "officer-n"));
        city.Advance(0.2);

        Assert.Single(Untaken(city, "officer-n"));
        Assert.Empty(Untaken(city, "officer"));
    }

    private static IEnumerable<Notice> Untaken(City city, string who) =>
        city.Phones.Arrived.Select(a => a.Notice).Where(n => n.Kind is NoticeKind.Untaken && n.Recipient == who);

    private static IServiceAreaGrain Area(City city, string area = City.Area) => city.Grains.GetGrain<IServiceAreaGrain>(area);
}
