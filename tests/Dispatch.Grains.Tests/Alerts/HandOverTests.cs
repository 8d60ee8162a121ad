using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Alerts;

/// <summary>A desk that raised waits by its telephone: the line rings at once, and the search for help goes on beside it.</summary>
public sealed class HandOverTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_call_rings_from_the_first_moment_and_climbs_until_somebody_takes_it(bool restarted)
    {
        using var city = City.Start();
        city.OnDuty("awa");
        var alert = Relayed(city);
        Assert.Equal((alert, QueueState.Ringing), (Call(city).AlertId, Call(city).State));
        city.Phones.ExpectsOffer("awa");
        if (restarted) city.CrashAndRestart();
        city.Advance(61);
        Assert.Contains(city.Phones.Arrived, a => a.Notice.Recipient == "officer" && a.Notice.Id == $"{alert}:handOver:dutyOfficer");
        city.Advance(60);
        Assert.Contains(city.Phones.Arrived, a => a.Notice.Recipient == "backup" && a.Notice.Id == $"{alert}:handOver:backup");
        Assert.Equal(RelayState.Received, city.Host(() => city.Alert(alert).RelayView())!.State);

        Assert.Null(city.Take($"{alert}:handOver", "fatou").Refused);
        Assert.Equal(QueueState.Taken, Call(city).State);
        Assert.Equal(RelayState.Taken, city.Host(() => city.Alert(alert).RelayView())!.State);
        Assert.Null(city.State(alert).Taken);
    }

    [Fact]
    public void Raised_twice_it_is_one_alert_with_one_call_and_after_half_an_hour_the_desk_is_told_nothing()
    {
        using var city = City.Start();
        var press = Press(city);
        for (var i = 0; i < 2; i++) Assert.Null(city.Raise(press).Refused);
        Assert.Single(city.Queue().Items, i => i.Reason is RingReason.HandOver);
        city.Advance(Relaying.ShownFor);
        Assert.NotNull(city.Host(() => city.Alert(press.Id).RelayView()));
        city.Advance(0.001);
        Assert.Null(city.Host(() => city.Alert(press.Id).RelayView()));
        Assert.Null(city.Host(() => city.Alert("unknown").RelayView()));
    }

    private static QueueItem Call(City city) => city.Queue().Items.Single(i => i.Reason is RingReason.HandOver);

    private static RaiseAlert Press(City city) =>
        city.Press(r => r with { Needs = [Need.Health], Verification = Verification.Relay, By = Relaying.By, Agreed = new Agreement(AgreedHow.HerWord, city.Now, "v1", "bm") });

    private static string Relayed(City city)
    {
        var press = Press(city);
        Assert.Null(city.Raise(press).Refused);
        return press.Id;
    }
}
