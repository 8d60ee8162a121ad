using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Protocols;
using Dispatch.Grains.Alerts;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Alerts.Telling;

/// <summary>A city whose people have an open page, a push subscription, a number for texts and one for calls, with the design's waits.</summary>
internal sealed class Ways : IDisposable
{
    public static readonly DeliveryResult Nowhere = new DeliveryResult.Never("noDevice");

    public Ways(Func<Rules, Rules>? change = null, int? seed = null)
    {
        var rules = City.DefaultRules() with { TextAfterSeconds = 8, CallAfterSeconds = 20 };
        City = City.Start(new CityOptions { Rules = change?.Invoke(rules) ?? rules, MoreChannels = [Push, Texts, Calls], Seed = seed });
        foreach (var gateway in (Gateway[])[Push, Texts, Calls]) gateway.Now = () => City.Now;
    }

    public Gateway Push { get; } = new(ChannelKind.WebPush);
    public Gateway Texts { get; } = new(ChannelKind.Sms);
    public Gateway Calls { get; } = new(ChannelKind.Voice);
    public City City { get; }

    public void Dispose() => City.Dispose();

    /// <summary>She signed out: no page is open, and her browser is forgotten.</summary>
    public void HasOnlyANumber(string who)
    {
        City.Phones.Off.Add(who);
        Push.To[who] = Nowhere;
    }

    /// <summary>Everything of this kind that left for somebody, on any way.</summary>
    public IEnumerable<(DateTimeOffset At, ChannelKind Channel, Notice Notice)> Told(string who, NoticeKind kind = NoticeKind.Offer) =>
        City.Phones.Arrived.Select(a => (a.At, Channel: ChannelKind.Live, a.Notice))
            .Concat(new[] { Push, Texts, Calls }.SelectMany(g => g.Taken.Select(t => (t.At, Channel: g.Kind, t.Notice))))
            .Where(t => t.Notice.Recipient == who && t.Notice.Kind == kind)
            .OrderBy(t => t.At).ThenBy(t => t.Channel);

    /// <summary>By which ways, and how many seconds after <paramref name="since"/>.</summary>
    public IEnumerable<(ChannelKind Channel, double Seconds)> When(string who, DateTimeOffset since, NoticeKind kind = NoticeKind.Offer) =>
        Told(who, kind).Select(t => (t.Channel, (t.At - since).TotalSeconds));

    /// <summary>The network says that the text to her will not arrive.</summary>
    public void TextFails(string who, string alert, int round = 0) => Loses(who, alert, ChannelKind.Sms, "undelivered", round);

    public void Loses(string who, string alert, ChannelKind channel, string why, int? round = null) =>
        City.Host(() => City.Alert(alert).Lost(new LostChannel(City.OfferOf(who, alert), who, channel, why, round)));

    public AnswerResult AcceptsByText(string who, string alert) =>
        City.Host(() => City.Alert(alert).Accept(new AcceptOffer(City.OfferOf(who, alert), who, null, null, ChannelKind.Sms)));

    public Offer OfferTo(string who, string alert) => City.State(alert).Offers.Last(o => o.Responder == who);

    /// <summary>What the supervisor reads of one person on one channel.</summary>
    public Delivery? Fact(string who, string alert, ChannelKind channel)
    {
        var view = City.Host(() => City.Alert(alert).HotlineView())!;
        var offer = view.Alert.Offers.Last(o => o.Responder == who);
        return view.Deliveries.SingleOrDefault(d => d.Offer == offer.No && d.Round == offer.Round && d.Channel == channel);
    }
}
