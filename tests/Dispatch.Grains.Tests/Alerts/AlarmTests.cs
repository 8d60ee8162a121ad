using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Hotline;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Hotline;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Alerts;

/// <summary>Items beside the alert's own, which ring after the end as well.</summary>
public sealed class AlarmTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_unreviewed_disclosure_rings_after_a_day_although_the_alert_ended_and_the_host_was_restarted(bool restarted)
    {
        using var city = City.Start(Allowing());
        var alert = city.Raise(r => r with { Needs = [Need.Health] });
        Disclose(city, alert);
        city.Host(() => city.Alert(alert).Cancel(PinVerdict.Right));
        city.Advance(60);
        Assert.Empty(city.Queue().Items);
        Assert.Empty(city.Queue().Open);

        if (restarted) city.CrashAndRestart();
        city.Clock.AdvanceTo(city.State(alert).Consents[0].At + Day - TimeSpan.FromMilliseconds(1));
        Assert.Empty(city.Queue().Items);
        city.Advance(0.001);

        var item = Assert.Single(city.Queue().Items);
        Assert.Equal((RingReason.ReviewDue, QueueState.Ringing), (item.Reason, item.State));
        city.Advance(120);
        Assert.Contains(city.Phones.Arrived, a => a.Notice.Recipient == "officer" && a.Notice.Id == $"{item.ItemId}:dutyOfficer");
        Assert.Contains(city.Phones.Arrived, a => a.Notice.Recipient == "backup" && a.Notice.Id == $"{item.ItemId}:backup");
    }

    [Fact]
    public void A_review_takes_the_item_away_and_the_alert_is_over()
    {
        using var city = City.Start(Allowing());
        var alert = city.Raise(r => r with { Needs = [Need.Health] });
        Disclose(city, alert);
        city.Host(() => city.Alert(alert).Cancel(PinVerdict.Right));
        city.Advance(Day);
        var item = Assert.Single(city.Queue().Items).ItemId;
        Assert.Null(city.Take(item, "awa").Refused);
        Assert.Equal(QueueState.Taken, Assert.Single(city.Queue().Items).State);
        Assert.Equal("awa", city.State(alert).Alarms[0].Taken!.By);

        city.Host(() => city.Alert(alert).Review(new ReviewDisclosure(0, "awa", ReviewOutcome.Upheld)));
        city.Advance(60);
        Assert.Empty(city.Queue().Items);
        Assert.True(city.State(alert).Over);
    }

    [Fact]
    public void Closing_an_alarm_does_not_end_the_alert_and_an_unreviewed_act_rings_again()
    {
        using var city = City.Start(Allowing());
        var alert = city.Raise(r => r with { Needs = [Need.Health] });
        Disclose(city, alert);
        city.Advance(Day);
        var item = city.Queue().Items.Single(i => i.Reason is RingReason.ReviewDue).ItemId;
        city.Take(item, "awa");
        city.Host(() => city.Grains.GetGrain<IHotlineGrain>(City.Line).Close(item, "awa", EndedHow.Other));
        city.Advance(15);

        Assert.Equal(Stage.Open, city.State(alert).Stage);
        Assert.Equal($"{alert}:reviewDue.2", city.Queue().Items.Single(i => i.Reason is RingReason.ReviewDue).ItemId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_panic_rings_at_once_also_after_the_end_and_calls_the_officer(bool ended)
    {
        using var city = City.Start();
        city.OnDuty("amal");
        var alert = city.Raise();
        city.Accept("amal", alert, mode: Mode.ReceivesHer);
        if (ended) city.Host(() => city.Alert(alert).Cancel(PinVerdict.Right));
        city.Advance(5);

        Assert.Null(city.Host(() => city.Alert(alert).Panic(0, "amal")).Refused);
        var item = Assert.Single(city.Queue().Items);
        Assert.Equal((RingReason.ResponderInDanger, QueueState.Ringing, $"{alert}.0"), (item.Reason, item.State, item.OfferId));
        city.CrashAndRestart();
        city.Advance(120);
        Assert.Contains(city.Phones.Arrived, a => a.Notice.Recipient == "officer" && a.Notice.Id == $"{item.ItemId}:dutyOfficer");

        Assert.Null(city.Take(item.ItemId, "fatou").Refused);
        city.Host(() => city.Grains.GetGrain<IHotlineGrain>(City.Line).Close(item.ItemId, "fatou", EndedHow.Other));
        city.Advance(15);
        Assert.Empty(city.Queue().Items);
        Assert.Equal(ended, city.State(alert).Stage is Stage.Ended);
    }

    /// <summary>The alert was long over and its reminder gone; timers died with the process and nobody sweeps.</summary>
    [Fact]
    public void A_panic_after_everything_was_over_is_followed_by_a_reminder_again()
    {
        using var city = City.Start(new CityOptions { Sweep = false });
        city.OnDuty("amal");
        var alert = city.Raise();
        city.Accept("amal", alert, mode: Mode.ReceivesHer);
        city.Host(() => city.Alert(alert).Cancel(PinVerdict.Right));
        city.Advance(300);
        Assert.True(city.State(alert).Over);

        Assert.Null(city.Host(() => city.Alert(alert).Panic(0, "amal")).Refused);
        city.CrashAndRestart();
        city.Advance(121);

        Assert.Contains(city.Phones.Arrived, a => a.Notice.Recipient == "officer" && a.Notice.Kind is NoticeKind.Untaken);
    }

    [Fact]
    public void What_a_call_taker_hands_back_rings_again_and_the_next_one_takes_it()
    {
        using var city = City.Start();
        var alert = city.Raise();
        var item = Assert.Single(city.Queue().Items).ItemId;
        city.Take(item, "fatou");
        Assert.Null(city.Host(() => city.Grains.GetGrain<IHotlineGrain>(City.Line).HandBack(item, "fatou")).Refused);
        Assert.Equal(QueueState.Ringing, Assert.Single(city.Queue().Items).State);
        city.Host(() => city.Alert(alert).Wake());
        var again = Assert.Single(city.Queue().Items);
        Assert.NotEqual(item, again.ItemId);
        Assert.Null(city.State(alert).Taken);
        Assert.Null(city.Take(again.ItemId, "awa").Refused);
        Assert.Equal("awa", city.State(alert).Taken!.By);
    }

    /// <summary>Long before the usual minute: only a human can help an alert whose area cannot be asked.</summary>
    [Fact]
    public void An_alert_whose_area_does_not_exist_rings_within_seconds()
    {
        using var city = City.Start();
        var alert = city.Raise(r => r with { Area = "XX/nowhere" });
        city.Advance(16);
        var item = Assert.Single(city.Queue().Items);
        Assert.Equal((alert, RingReason.StepFailed, QueueState.Ringing), (item.AlertId, item.Reason, item.State));
    }

    private static CityOptions Allowing() => new() { Rules = City.DefaultRules() with { HumanBases = [DisclosureBasis.LifeThreat] } };

    private static void Disclose(City city, string alert) =>
        Assert.Null(city.Host(() => city.Alert(alert).Add(new AddToAlert
        {
            By = "fatou",
            Authorised = true,
            Consent = new Consent(DisclosureBasis.LifeThreat, "fatou", city.Now, "voice", "", "fr", "weapon"),
        })).Refused);
}
