using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Alerts;

/// <summary>Design §3, step 3: data at once, a text where no phone confirmed in 8 s, a call where none did in 20 s.</summary>
public sealed class ClimbingTests : IDisposable
{
    private readonly Gateway _push = new(ChannelKind.WebPush);
    private readonly Gateway _texts = new(ChannelKind.Sms);
    private readonly Gateway _calls = new(ChannelKind.Voice);
    private readonly City _city;

    public ClimbingTests()
    {
        _city = City.Start(new CityOptions
        {
            Rules = City.DefaultRules() with { TextAfterSeconds = 8, CallAfterSeconds = 20 }, MoreChannels = [_push, _texts, _calls], Alone = false,
        });
        foreach (var gateway in (Gateway[])[_push, _texts, _calls]) gateway.Now = () => _city.Now;
        _city.OnDuty("amal");
    }

    public void Dispose() => _city.Dispose();

    [Fact]
    public void Who_does_not_confirm_gets_a_text_and_then_a_call()
    {
        var raised = _city.Now;
        _city.Raise();
        _city.Advance(60);

        Assert.Equal([0.0], Seconds(_push, raised));
        Assert.Equal([8.0], Seconds(_texts, raised));
        Assert.Equal([20.0], Seconds(_calls, raised));
        _city.Phones.ExpectsOffer("amal");
    }

    [Theory]
    [InlineData(7.9, false, false)]
    [InlineData(8.1, true, false)]
    [InlineData(20.1, true, true)]
    public void A_phone_that_confirms_ends_the_climb(double confirmsAfter, bool text, bool call)
    {
        var alert = _city.Raise();
        _city.Advance(confirmsAfter);
        _city.Receipt("amal", alert);
        _city.Advance(60);
        Assert.Equal((text, call), (_texts.Offers.Count > 0, _calls.Offers.Count > 0));
    }

    [Fact]
    public void Where_no_data_reaches_her_the_text_goes_at_once_and_where_no_text_does_the_call()
    {
        (_push.Answer, _texts.Answer) = (new DeliveryResult.Never("noDevice"), new DeliveryResult.Never("wrongNumber"));
        _city.Phones.Off.Add("amal");
        var raised = _city.Now;
        _city.Raise();
        _city.Advance(0.5);
        Assert.Equal([0.0], Seconds(_texts, raised));
        Assert.Equal([0.0], Seconds(_calls, raised));
    }

    [Fact]
    public void A_gateway_that_is_busy_holds_up_no_rung()
    {
        _push.Answer = new DeliveryResult.Later(TimeSpan.FromSeconds(30), "quota");
        _city.Phones.Off.Add("amal");
        var raised = _city.Now;
        _city.Raise();
        _city.Advance(25);
        Assert.Equal([8.0], Seconds(_texts, raised));
        Assert.Equal([20.0], Seconds(_calls, raised));
    }

    [Fact]
    public void An_answer_or_a_withdrawal_ends_the_climb()
    {
        _city.OnDuty("noor");
        var alert = _city.Raise();
        _city.Advance(5);
        _city.Accept("noor", alert);
        _city.Advance(60);
        Assert.Empty(_texts.Offers);
    }

    [Fact]
    public void Only_who_was_sent_a_text_is_told_by_text_that_she_is_not_needed()
    {
        _city.OnDuty("noor");
        var alert = _city.Raise();
        _city.Receipt("noor", alert);
        _city.Advance(10);
        _city.Accept("noor", alert);
        _city.Advance(1);
        Assert.Equal(["amal"], _texts.Taken.Where(n => n.Notice.Kind is NoticeKind.OfferWithdrawn).Select(n => n.Notice.Recipient));
    }

    [Fact]
    public void What_is_taken_back_does_not_wait_for_a_channel_that_was_busy()
    {
        _city.OnDuty("noor");
        _city.Phones.Before = n => n is { Kind: NoticeKind.Offer, Recipient: "amal" } ? new DeliveryResult.Later(TimeSpan.FromSeconds(25), "busy") : null;
        var alert = _city.Raise();
        _city.Advance(2);
        _city.Accept("noor", alert);
        _city.Phones.ExpectsStandDown("amal");
    }

    /// <summary>A call that rings stays owed, so that it is made again when nobody picks up; what takes it back does not wait for that.</summary>
    [Fact]
    public void A_phone_that_rings_is_told_within_a_second_that_it_need_not()
    {
        _calls.Answer = new DeliveryResult.Later(TimeSpan.FromSeconds(30), "rings", Partly: true);
        _calls.KeepsLater = true;
        _city.OnDuty("noor");
        var alert = _city.Raise();
        _city.Receipt("noor", alert);
        _city.Advance(21);
        Assert.Single(_calls.Offers);
        var accepted = _city.Now;
        _city.Accept("noor", alert);
        _city.Advance(0.9);
        Assert.Equal(("amal", NoticeKind.OfferWithdrawn), (_calls.Taken[^1].Notice.Recipient, _calls.Taken[^1].Notice.Kind));
        Assert.InRange((_calls.Taken[^1].At - accepted).TotalSeconds, 0, 0.9);
    }

    [Fact]
    public void A_call_that_nobody_picked_up_is_made_again_until_the_channel_gives_up()
    {
        _calls.Answer = new DeliveryResult.Later(TimeSpan.FromSeconds(30), "rings", Partly: true);
        _calls.KeepsLater = true;
        var raised = _city.Now;
        _city.Raise();
        _city.Advance(85);
        Assert.Equal([20.0, 50.0, 80.0], Seconds(_calls, raised));
        _calls.Answer = new DeliveryResult.Never("noAnswer");
        _city.Advance(120);
        Assert.Equal(4, _calls.Offers.Count);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    [InlineData(40)]
    public void A_crash_between_two_rungs_costs_time_and_no_rung(double downFor)
    {
        var raised = _city.Now;
        _city.Raise();
        _city.Advance(4);
        _city.CrashAndRestart(TimeSpan.FromSeconds(downFor));
        _city.Advance(60);
        Assert.InRange(Assert.Single(Seconds(_texts, raised)), 8, Math.Max(8, 4 + downFor) + 5);
        Assert.InRange(Assert.Single(Seconds(_calls, raised)), 20, Math.Max(20, 4 + downFor) + 5);
    }

    [Fact]
    public void Somebody_asked_anew_climbs_anew()
    {
        _city.OnDuty("noor");
        var alert = _city.Raise();
        foreach (var who in (string[])["amal", "noor"]) _city.Receipt(who, alert);
        _city.Advance(30);
        _city.Accept("amal", alert);
        var again = _city.Now;
        _city.Report("amal", alert, Progress.Released);
        _city.Advance(30);
        Assert.Equal([8.0], Seconds(_texts, again));
    }

    [Fact]
    public void Where_nobody_can_text_or_call_an_alert_waits_for_neither()
    {
        using var city = City.Start(new CityOptions { Rules = City.DefaultRules() with { TextAfterSeconds = 8, CallAfterSeconds = 20 } });
        city.OnDuty("amal");
        var alert = city.Raise();
        Assert.Null(Climbing.NextDue(city.State(alert)));
    }

    private static IEnumerable<double> Seconds(Gateway gateway, DateTimeOffset since) => gateway.Offers.Select(o => (o.At - since).TotalSeconds);
}
