using Dispatch.Domain.Alerts;
using Dispatch.Domain.Responders;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Grains.Responders;
using Dispatch.Grains.ServiceAreas;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.ServiceAreas;

/// <summary>Whoever had a hard night sleeps, unless everybody is needed and she says that she can.</summary>
public sealed class RestTests
{
    private static readonly DateTimeOffset Night = new(2026, 3, 8, 23, 0, 0, TimeSpan.Zero);

    [Fact]
    public void After_a_night_she_is_not_asked_until_she_has_rested()
    {
        using var city = City.Start(new CityOptions { Now = Night });
        city.OnDuty("amal");
        Finish(city, city.Raise());

        Assert.Empty(city.State(city.Raise()).Offers);
        city.Advance(TimeSpan.FromHours(12));
        Assert.Equal("amal", Assert.Single(city.State(city.Raise()).Offers).Responder);
    }

    [Fact]
    public void On_duty_anew_she_is_asked_among_everybody_also_after_a_crash()
    {
        using var city = City.Start(new CityOptions { Now = Night });
        city.OnDuty("amal");
        Finish(city, city.Raise());
        city.Advance(60);
        city.OnDuty("amal");
        city.CrashAndRestart();

        var offer = Assert.Single(city.State(city.Raise()).Offers);

        Assert.Equal(("amal", 3), (offer.Responder, offer.Step));
    }

    [Fact]
    public void She_says_herself_that_it_was_severe_once_and_is_owed_one_talk()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        var alert = city.Raise();
        Finish(city, alert);
        Assert.Null(Work(city).Rest);

        Assert.True(city.Host(() => Amal(city).Severe(alert)));
        city.Host(() => WorkNews.Tell(city.Grains, "amal"));
        var (rest, version) = (Work(city).Rest, Work(city).Version);
        city.Advance(5);
        Assert.True(city.Host(() => Amal(city).Severe(alert)));
        Assert.False(city.Host(() => Amal(city).Severe("another")));

        Assert.Equal((rest, version), (Work(city).Rest, Work(city).Version));
        Assert.Equal(rest, Known(city).Rest);
        var debrief = Assert.Single(Work(city).Debriefs);
        Assert.Equal((alert + ".0", RestReason.Severe), (debrief.Id, debrief.Reason));
        city.Host(() => Amal(city).Debriefed(debrief.Id));
        city.CrashAndRestart();
        Assert.Empty(Work(city).Debriefs);
        Assert.Equal(rest, Work(city).Rest);
    }

    private static void Finish(City city, string alert)
    {
        city.Accept("amal", alert);
        city.Report("amal", alert, Progress.NoConflict);
        city.Report("amal", alert, Progress.Done);
    }

    private static IResponderGrain Amal(City city) => city.Grains.GetGrain<IResponderGrain>("amal");

    private static Workload Work(City city) => city.Host(Amal(city).Work);

    private static Candidate Known(City city) => city.Host(() => city.Grains.GetGrain<IServiceAreaGrain>(City.Area).Plan())!.OnDuty.Single();
}
