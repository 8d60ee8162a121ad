using System.Text.Json;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>What a person learns before, and how a debt of news is paid.</summary>
public sealed class TellingTests
{
    [Fact]
    public void Before_she_accepts_a_responder_sees_need_mode_and_reply_code_and_no_place_or_person()
    {
        var story = Story.Of(Press(Need.Health) with { Place = Box<Place>("place-box"), Note = Box<string>("note-box") }, Rules(), People(2));
        var told = Telling.To(story.Alert, "p01");
        var summary = JsonSerializer.Serialize(Telling.Summary(told, told.Offers[0] with { ReplyCode = "42" }), DispatchJson.Options);
        Assert.Contains("\"replyCode\":\"42\"", summary, StringComparison.Ordinal);
        Assert.All(["XX/demo", "place-box", "note-box", "wrapped", "p02", "line-org"], secret => Assert.DoesNotContain(secret, summary, StringComparison.Ordinal));
    }

    [Fact]
    public void Nobody_is_told_of_another_s_offer()
    {
        var story = Story.Of(People(2));
        Assert.Equal([0], Telling.To(story.Alert, "p01").Offers.Select(o => o.No));
        Assert.Empty(Telling.To(story.Alert, "stranger").Offers);
        Assert.Null(Slices.For(story.Alert, 0, "p01"));
        story.Accepts("p01");
        Assert.NotNull(Slices.For(story.Alert, 0, "p01"));
        Assert.Null(Slices.For(story.Alert, 0, "p02"));
    }

    [Fact]
    public void A_debt_is_paid_up_to_the_version_told_and_a_newer_one_stays()
    {
        var story = Story.Of(People(2));
        var first = story.Alert.Outbox.Single(p => p.ResponderId == "p01").Version;
        story.Accepts("p01");
        var second = story.Alert.Version;
        Assert.Contains(Acknowledging.Told(story.Alert, Pending.Responder("p01"), first).Outbox, p => p.ResponderId == "p01" && p.Version == second);
        Assert.DoesNotContain(Acknowledging.Told(story.Alert, Pending.Responder("p01"), second).Outbox, p => p.ResponderId == "p01");
        Assert.Equal(story.Alert.Version, Acknowledging.Told(story.Alert, Pending.Responder("p01"), second).Version);
    }

    [Fact]
    public void Each_is_owed_once_however_often_things_change()
    {
        var story = Story.Of(People(2)).At(400);
        Assert.Equal(story.Alert.Outbox.Length, story.Alert.Outbox.DistinctBy(p => p.To).Count());
    }

    [Fact]
    public void History_that_is_written_leaves_the_alert_and_the_rest_stays()
    {
        var story = Story.Of(People(2));
        var first = story.Alert.Trail[0].Id;
        Assert.Equal(story.Alert.Trail.Skip(1), Acknowledging.Written(story.Alert, new HashSet<string> { first }).Trail);
    }

    [Fact]
    public void Receipts_doubled_and_out_of_order_keep_the_first_times()
    {
        var sent = new Delivery { Offer = 0, Round = 0, Channel = ChannelKind.Sms, SentAt = At(1) };
        var seen = sent.With(ReceiptState.Seen, At(5)).With(ReceiptState.Delivered, At(9)).With(ReceiptState.Seen, At(12));
        Assert.Equal((At(5), At(5)), (seen.DeliveredAt!.Value, seen.SeenAt!.Value));
    }

    [Fact]
    public void How_far_an_offer_got_is_the_decision_where_there_is_one_and_the_best_delivery_of_its_round_otherwise()
    {
        var offer = Story.Of(People(2)).Alert.Offers[0];
        Delivery[] deliveries =
        [
            new() { Offer = 0, Round = 0, Channel = ChannelKind.Live, SentAt = At(1) },
            new() { Offer = 0, Round = 0, Channel = ChannelKind.Sms, SentAt = At(1), DeliveredAt = At(2) },
            new() { Offer = 0, Round = 1, Channel = ChannelKind.Sms, SeenAt = At(3) },
            new() { Offer = 1, Round = 0, Channel = ChannelKind.Sms, SeenAt = At(3) },
        ];
        Assert.Equal(OfferProgress.Delivered, OfferProgresses.Of(offer, deliveries));
        Assert.Equal(OfferProgress.Planned, OfferProgresses.Of(offer, []));
        foreach (var state in Enum.GetValues<OfferState>().Where(s => s is not OfferState.Open))
        {
            Assert.Equal(state.ToString(), OfferProgresses.Of(offer with { State = state }, deliveries).ToString());
        }
    }
}
