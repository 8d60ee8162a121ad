using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Tests.Stored;

namespace Dispatch.Domain.Tests.Alerts;

public sealed class UnreachedTests
{
    private static readonly Alert Alert = Samples.Alert with { Offers = [Samples.Alert.Offers[0] with { State = OfferState.Withdrawn, AnsweredAt = null, Assignment = null }], Exercise = false };
    private static readonly Offer Offer = Alert.Offers[0];
    private static readonly Delivery Sent = new() { Offer = Offer.No, Round = 0, Channel = ChannelKind.Sms, Attempts = 1, SentAt = Offer.At };

    [Fact]
    public void Who_showed_no_sign_is_noted_with_what_was_tried_and_without_the_case()
    {
        var one = Assert.Single(Unreached.In(Alert, [Withdrawn(30)], [Sent, Sent with { Channel = ChannelKind.WebPush }, Sent with { Channel = ChannelKind.Fcm, SentAt = null, GaveUp = "dead" }]));
        Assert.Equal((Offer.Responder, Offer.At, false), (one.Responder, one.AskedAt, one.Exercise));
        Assert.Equal([ChannelKind.WebPush, ChannelKind.Sms], one.On.ToArray());
        Assert.DoesNotContain(Alert.Id, one.Key + one, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sign_of_any_phone_is_enough() => Assert.Empty(Unreached.In(Alert, [Withdrawn(30)], [Sent, Sent with { Channel = ChannelKind.Live, DeliveredAt = Offer.At }]));

    [Fact]
    public void A_sign_of_somebody_else_is_not() => Assert.Single(Unreached.In(Alert, [Withdrawn(30)], [Sent, Sent with { Offer = Offer.No + 1, DeliveredAt = Offer.At }]));

    [Fact]
    public void Who_was_asked_for_a_moment_is_left_out() => Assert.Empty(Unreached.In(Alert, [Withdrawn(29.9)], [Sent]));

    [Fact]
    public void Who_answered_heard_of_it() => Assert.Empty(Unreached.In(Alert with { Offers = [Offer with { AnsweredAt = Offer.At }] }, [Withdrawn(30)], [Sent]));

    [Fact]
    public void Only_what_is_taken_back_is_looked_at() => Assert.Empty(Unreached.In(Alert, [Withdrawn(30) with { Kind = HistoryKind.Offered }], [Sent]));

    [Fact]
    public void A_drill_is_marked() => Assert.True(Assert.Single(Unreached.In(Alert with { Exercise = true }, [Withdrawn(30)], [Sent])).Exercise);

    private static HistoryEvent Withdrawn(double seconds) => new("1.0", Offer.At.AddSeconds(seconds), HistoryKind.Withdrawn, Offer.Need, Offer.Step, Offer.No, Offer.Responder);
}
