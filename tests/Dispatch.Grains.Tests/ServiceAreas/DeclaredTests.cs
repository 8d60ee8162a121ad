using Dispatch.Domain.Alerts;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.Responders;
using Dispatch.Domain.Rosters;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Grains.Responders;
using Dispatch.Grains.ServiceAreas;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.ServiceAreas;

/// <summary>What a person says of herself reaches her areas and outlives a crash, her duty and the next profile.</summary>
public sealed class DeclaredTests
{
    [Fact]
    public void A_conflict_holds_for_alerts_of_that_area_until_she_takes_it_back()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        Declare(city, City.Area);
        Assert.Empty(city.State(city.Raise()).Offers);
        city.CrashAndRestart();
        city.OffDuty("amal");
        city.OnDuty("amal");
        Assert.Empty(city.State(city.Raise()).Offers);

        Declare(city);
        Assert.Single(city.State(city.Raise()).Offers);
    }

    [Fact]
    public void The_nearest_is_asked_first_where_somebody_has_to_travel()
    {
        using var city = City.Start(new CityOptions { Rules = City.DefaultRules(new NeedRule(Need.Health, [Mode.ReceivesHer])) with { Steps = [new(0, 1), new(300, 1)] } });
        city.OnDuty("amal");
        city.OnDuty("noor");
        city.Host(() => city.Grains.GetGrain<IResponderGrain>("noor").DeclareTravel(City.Area, TravelBand.Under15));
        city.Host(() => WorkNews.Tell(city.Grains, "noor"));

        Assert.Equal("noor", Assert.Single(city.State(city.Raise()).Offers).Responder);
        city.Host(() => city.Grains.GetGrain<IResponderGrain>("noor").DeclareTravel(City.Area, null));
        city.Host(() => WorkNews.Tell(city.Grains, "noor"));
        Assert.Equal("amal", Assert.Single(city.State(city.Raise()).Offers).Responder);
    }

    [Fact]
    public void Declared_while_she_is_asked_she_is_asked_no_more_and_hears_no_further_word_of_it()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        var alert = city.Raise();
        Assert.Single(city.Offers("amal"));
        Declare(city, City.Area);
        city.Advance(16);

        Assert.Equal(WithdrawnFor.Conflict, city.State(alert).Offers.Single().Withdrawn);
        Assert.Empty(city.Offers("amal"));
        city.OnDuty("noor");
        Declare(city);
        city.Advance(130);
        Assert.Equal(["amal", "noor"], city.State(alert).Offers.Select(o => o.Responder));
        Assert.Empty(city.Offers("amal"));
    }

    [Fact]
    public void Stood_down_she_is_not_asked_anew_of_what_she_declared_since()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        city.OnDuty("noor");
        var alert = city.Raise();
        city.Accept("noor", alert);
        Declare(city, City.Area);
        city.Advance(16);
        city.Report("noor", alert, Progress.Released);
        city.Advance(1);

        Assert.Equal(WithdrawnFor.Conflict, city.State(alert).Offers.Single(o => o.Responder == "amal").Withdrawn);
        Assert.Empty(city.Offers("amal"));
    }

    [Fact]
    public void Who_is_asked_from_next_door_is_asked_no_more_once_she_declares_a_conflict()
    {
        using var city = City.Start(new CityOptions { Rules = City.DefaultRules() with { Steps = [new(0, 1, Everybody: true)] } });
        city.OnDuty("amal", area: City.Neighbour);
        var alert = city.Raise(c => c with { RelayOrganisations = ["mac-7"] });
        Assert.Single(city.Offers("amal"));
        city.Advance(16);
        Assert.Single(city.Offers("amal"));

        city.Host(() => city.Grains.GetGrain<IResponderGrain>("amal").DeclareConflicts(["mac-7"], []));
        city.Host(() => WorkNews.Tell(city.Grains, "amal"));
        city.Advance(16);
        Assert.Equal(WithdrawnFor.Conflict, city.State(alert).Offers.Single().Withdrawn);
    }

    [Fact]
    public void A_conflict_with_the_area_next_door_is_none_with_the_alert_that_asks_from_here()
    {
        using var city = City.Start(new CityOptions { Rules = City.DefaultRules() with { Steps = [new(0, 1, Everybody: true)] } });
        city.OnDuty("amal", area: City.Neighbour);
        var alert = city.Raise();
        Declare(city, City.Neighbour);
        city.Advance(16);
        Assert.Single(city.Offers("amal"));
        Declare(city, City.Area);
        city.Advance(16);
        Assert.Equal(WithdrawnFor.Conflict, city.State(alert).Offers.Single().Withdrawn);
    }

    /// <summary>What she said before any area knew her goes with her into the first that does.</summary>
    [Fact]
    public void Whom_a_roster_names_afterwards_is_not_asked_about_what_she_declared_before()
    {
        using var city = City.Start();
        Declare(city, City.Area);
        city.Host(() => city.Grains.GetGrain<IResponderGrain>("amal").Enrol(
            new Candidate { Responder = "amal", Tenant = City.Tenant, Organisation = City.Clinic, Needs = [Need.Health], Modes = [Mode.CallsHer], VettedUntil = city.Now.AddYears(1) }, City.Area));
        city.Host(() => city.Grains.GetGrain<IServiceAreaGrain>(City.Area).SetRoster(0, 0, [new WeeklyShift("amal", [.. Enum.GetValues<DayOfWeek>()], new TimeOnly(0, 0), new TimeOnly(0, 0))]));
        Assert.Empty(city.State(city.Raise()).Offers);
        Declare(city);
        Assert.Single(city.State(city.Raise()).Offers);
    }

    [Fact]
    public void An_area_that_was_down_when_she_declared_it_learns_of_it_when_she_says_it_again()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        city.Host(() => city.Grains.GetGrain<IResponderGrain>("amal").DeclareConflicts([], [City.Area]));
        Assert.Single(city.State(city.Raise()).Offers);
        Declare(city, City.Area);
        Assert.Empty(city.State(city.Raise()).Offers);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whose_vetting_or_code_of_conduct_runs_out_while_she_is_asked_is_asked_no_more(bool vetting)
    {
        using var city = City.Start();
        city.OnDuty("amal", change: c => vetting ? c with { VettedUntil = city.Now.AddMinutes(1) } : c with { ConductUntil = city.Now.AddMinutes(1) });
        var alert = city.Raise();
        city.Advance(50);
        Assert.Single(city.Offers("amal"));
        city.Advance(30);
        Assert.Equal(WithdrawnFor.NotVetted, city.State(alert).Offers.Single().Withdrawn);
        Assert.Empty(city.Offers("amal"));
    }

    [Fact]
    public void Her_own_area_is_asked_before_the_next_when_everybody_is()
    {
        using var city = City.Start(new CityOptions { Rules = City.DefaultRules() with { Steps = [new(0, 1, Everybody: true)] } });
        city.OnDuty("amal", area: City.Neighbour);
        city.OnDuty("noor", change: c => c with { Load = 2 });
        Assert.Equal(["noor", "amal"], city.State(city.Raise()).Offers.Select(o => o.Responder));
    }

    private static void Declare(City city, params string[] areas)
    {
        city.Host(() => city.Grains.GetGrain<IResponderGrain>("amal").DeclareConflicts([], [.. areas]));
        city.Host(() => WorkNews.Tell(city.Grains, "amal"));
    }
}
