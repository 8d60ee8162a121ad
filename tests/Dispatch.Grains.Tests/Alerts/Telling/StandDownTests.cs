using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;

namespace Dispatch.Grains.Tests.Alerts.Telling;

/// <summary>Once somebody said yes, or she cancelled, nothing rings any more anywhere: each way that told somebody tells her so, and what had not yet left stays.</summary>
public sealed class StandDownTests : IDisposable
{
    private static readonly string[] Asked = ["amal", "bila", "cira", "dore"];
    private readonly Ways _ways = new(rules => rules with { Steps = [new(0, 4)] });

    public StandDownTests()
    {
        foreach (var who in Asked) _ways.City.OnDuty(who);
    }

    public void Dispose() => _ways.Dispose();

    [Theory]
    [InlineData(25, false, new[] { ChannelKind.Live, ChannelKind.WebPush, ChannelKind.Sms, ChannelKind.Voice })]
    [InlineData(12, false, new[] { ChannelKind.Live, ChannelKind.WebPush, ChannelKind.Sms })]
    [InlineData(2, false, new[] { ChannelKind.Live, ChannelKind.WebPush })]
    [InlineData(25, true, new[] { ChannelKind.Live, ChannelKind.WebPush, ChannelKind.Sms, ChannelKind.Voice })]
    public void Every_way_that_rang_is_told_in_the_same_second_and_none_rings_later(double after, bool cancelled, ChannelKind[] rang)
    {
        var city = _ways.City;
        var alert = city.Raise();
        city.Advance(after);

        if (cancelled) city.Host(() => city.Alert(alert).Cancel(PinVerdict.Right));
        else Assert.Null(city.Accept("amal", alert).Refused);
        var over = city.Now;
        city.Advance(TimeSpan.FromMinutes(2));

        foreach (var who in Asked.Where(who => cancelled || who != "amal"))
        {
            Assert.Equal(rang, _ways.Told(who).Select(t => t.Channel));
            Assert.Equal(rang.Select(channel => (channel, 0.0)), _ways.When(who, over, NoticeKind.OfferWithdrawn));
            Assert.Empty(city.Offers(who));
            // What was said by a text or a call stays on her phone, and the line reads by which ways.
            Assert.Equal(rang.Where(Delivery.Stays), rang.Where(channel => Delivery.Stays(channel) && _ways.Fact(who, alert, channel) is { SentAt: not null }));
        }
    }

    /// <summary>A phone that hangs, or a gateway that is busy, holds up no other.</summary>
    [Fact]
    public void One_that_does_not_answer_keeps_nobody_ringing()
    {
        var city = _ways.City;
        var alert = city.Raise();
        city.Advance(12);
        city.Phones.Hang.Add("bila");
        _ways.Texts.To["cira"] = new DeliveryResult.Later(TimeSpan.FromSeconds(20), "busy");

        city.Accept("amal", alert);

        Assert.Equal([ChannelKind.WebPush, ChannelKind.Sms], _ways.Told("bila", NoticeKind.OfferWithdrawn).Select(t => t.Channel));
        Assert.Equal([ChannelKind.Live, ChannelKind.WebPush], _ways.Told("cira", NoticeKind.OfferWithdrawn).Select(t => t.Channel));
        Assert.Equal([ChannelKind.Live, ChannelKind.WebPush, ChannelKind.Sms], _ways.Told("dore", NoticeKind.OfferWithdrawn).Select(t => t.Channel));
    }
}
