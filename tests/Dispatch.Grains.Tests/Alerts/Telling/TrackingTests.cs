using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;

namespace Dispatch.Grains.Tests.Alerts.Telling;

/// <summary>What the supervisor reads of each person: planned, sent, delivered, seen and answered, on each channel and with its times, also after the host died.</summary>
public sealed class TrackingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_step_of_each_way_has_its_time(bool hostDies)
    {
        using var ways = new Ways();
        var city = ways.City;
        city.OnDuty("amal");
        city.OnDuty("noor");
        city.Phones.Off.Add("noor");
        var alert = city.Raise();
        var raised = city.Now;
        Assert.Equal(OfferProgress.Sent, Progress("amal"));
        city.Advance(2);
        city.Host(() => city.Alert(alert).Receipts([new(city.OfferOf("amal", alert), "amal", ChannelKind.WebPush, ReceiptState.Delivered, city.Now)]));
        Assert.Equal(OfferProgress.Delivered, Progress("amal"));
        city.Advance(3);
        city.Receipt("amal", alert, ReceiptState.Seen);
        Assert.Equal(OfferProgress.Seen, Progress("amal"));
        city.Advance(5);
        city.Host(() => city.Alert(alert).Receipts([new(city.OfferOf("noor", alert), "noor", ChannelKind.Sms, ReceiptState.Delivered, city.Now)]));
        city.Advance(2);
        city.Accept("amal", alert);
        city.Advance(1);
        if (hostDies) city.CrashAndRestart();

        Assert.Equal((0, 5, 5), Times("amal", ChannelKind.Live));
        Assert.Equal((0, 2, null), Times("amal", ChannelKind.WebPush));
        Assert.Null(ways.Fact("amal", alert, ChannelKind.Sms));
        Assert.Equal((null, null, null), Times("noor", ChannelKind.Live));
        Assert.True(ways.Fact("noor", alert, ChannelKind.Live) is { GaveUp: "notConnected", GaveUpAt: { } gaveUp } && gaveUp == raised);
        Assert.Equal((0, null, null), Times("noor", ChannelKind.WebPush));
        Assert.Equal((8, 10, null), Times("noor", ChannelKind.Sms));
        Assert.Null(ways.Fact("noor", alert, ChannelKind.Voice));
        Assert.Equal((OfferProgress.Accepted, raised, raised.AddSeconds(12)), (Progress("amal"), ways.OfferTo("amal", alert).At, ways.OfferTo("amal", alert).AnsweredAt));
        Assert.Equal(OfferProgress.Withdrawn, Progress("noor"));
        Assert.Contains(city.Host(() => city.Alert(alert).HotlineView())!.History, e => e.Kind is HistoryKind.Withdrawn && e.Who == "noor" && e.At == raised.AddSeconds(12));

        OfferProgress Progress(string who)
        {
            var view = city.Host(() => city.Alert(alert).HotlineView())!;
            return OfferProgresses.Of(view.Alert.Offers.Single(o => o.Responder == who), view.Deliveries);
        }

        (double? Sent, double? Delivered, double? Seen) Times(string who, ChannelKind channel)
        {
            var fact = ways.Fact(who, alert, channel)!;
            return ((fact.SentAt - raised)?.TotalSeconds, (fact.DeliveredAt - raised)?.TotalSeconds, (fact.SeenAt - raised)?.TotalSeconds);
        }
    }

    /// <summary>No channel has been asked yet: the plan alone is known, from the write that received her alert.</summary>
    [Fact]
    public void Before_anything_left_it_is_planned()
    {
        using var ways = new Ways();
        ways.City.OnDuty("amal");
        ways.City.Phones.Hang.Add("amal");
        ways.Push.Answer = new DeliveryResult.Later(TimeSpan.FromSeconds(5), "busy");
        var alert = ways.City.Raise();
        var view = ways.City.Host(() => ways.City.Alert(alert).HotlineView())!;
        Assert.Equal((OfferProgress.Planned, ways.City.Now), (OfferProgresses.Of(view.Alert.Offers[0], view.Deliveries), view.Alert.Offers[0].At));
    }
}
