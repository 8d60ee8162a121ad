using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Rosters;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Grains.Responders;
using Dispatch.Grains.ServiceAreas;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Alerts.Telling;

/// <summary>A way that will not bring it to her is not waited for: the next one goes in that moment, and not at its 8 or 20 seconds.</summary>
public sealed class LostAddressTests : IDisposable
{
    private readonly Ways _ways = new();

    private City City => _ways.City;

    public void Dispose() => _ways.Dispose();

    [Fact]
    public void A_dead_push_subscription_lets_the_text_go_now()
    {
        City.OnDuty("amal");
        City.Phones.Off.Add("amal");
        _ways.Push.To["amal"] = new DeliveryResult.Never("gone");
        var raised = City.Now;
        City.Raise();
        City.Advance(30);
        Assert.Equal([(ChannelKind.WebPush, 0), (ChannelKind.Sms, 0), (ChannelKind.Voice, 20)], _ways.When("amal", raised));
    }

    /// <summary>It was tried for some seconds before the service said that nobody is there.</summary>
    [Fact]
    public void One_that_turns_out_dead_at_the_second_try_does_too()
    {
        City.OnDuty("amal");
        City.Phones.Off.Add("amal");
        _ways.Push.To["amal"] = new DeliveryResult.Later(TimeSpan.FromSeconds(3), "busy");
        var raised = City.Now;
        City.Raise();
        _ways.Push.To["amal"] = new DeliveryResult.Never("gone");
        City.Advance(5);
        Assert.Equal([(ChannelKind.WebPush, 3), (ChannelKind.Sms, 3)], _ways.When("amal", raised));
    }

    /// <summary>The push was handed over and never confirmed; it had its eight seconds, and nobody waits for it a second time.</summary>
    [Fact]
    public void A_text_that_the_network_reports_as_undelivered_lets_the_call_go_now_and_the_line_reads_it()
    {
        City.OnDuty("amal");
        var alert = City.Raise();
        var raised = City.Now;
        City.Advance(11);

        _ways.TextFails("amal", alert);
        City.Advance(0.9);

        Assert.Equal([(ChannelKind.Live, 0), (ChannelKind.WebPush, 0), (ChannelKind.Sms, 8), (ChannelKind.Voice, 11)], _ways.When("amal", raised));
        Assert.True(_ways.Fact("amal", alert, ChannelKind.Sms) is { GaveUp: "undelivered", SentAt: { } sent, GaveUpAt: { } lost } && (sent, lost) == (raised.AddSeconds(8), raised.AddSeconds(11)));
        City.Advance(60);
        Assert.Single(_ways.Calls.Offers);
    }

    [Fact]
    public void Said_twice_it_is_one_call_and_said_of_an_earlier_round_none()
    {
        City.OnDuty("amal");
        City.OnDuty("noor");
        var alert = City.Raise();
        City.Advance(9);
        City.Accept("noor", alert);
        City.Report("noor", alert, Progress.Released);
        Assert.Equal(1, _ways.OfferTo("amal", alert).Round);
        City.Advance(9);

        _ways.TextFails("amal", alert, round: 0);
        City.Advance(1);
        Assert.DoesNotContain(_ways.Calls.Offers, c => c.Notice.Recipient == "amal");

        for (var i = 0; i < 2; i++) _ways.TextFails("amal", alert, round: 1);
        City.Advance(1);
        Assert.Single(_ways.Calls.Offers, c => c.Notice.Recipient == "amal");
    }

    [Fact]
    public void What_a_phone_confirmed_stands_whatever_is_reported_afterwards()
    {
        City.OnDuty("amal");
        var alert = City.Raise();
        City.Advance(9);
        City.Host(() => City.Alert(alert).Receipts([new(0, "amal", ChannelKind.Sms, ReceiptState.Delivered, City.Now)]));
        _ways.TextFails("amal", alert);
        City.Advance(60);
        Assert.Empty(_ways.Calls.Offers);
        Assert.Null(_ways.Fact("amal", alert, ChannelKind.Sms)!.GaveUp);
    }

    /// <summary>The report came in and the host died before the call left.</summary>
    [Fact]
    public void The_report_outlives_a_crash()
    {
        City.OnDuty("amal");
        var alert = City.Raise();
        City.Advance(9);
        _ways.Calls.Answer = new DeliveryResult.Later(TimeSpan.FromSeconds(1), "busy");
        _ways.TextFails("amal", alert);
        City.CrashAndRestart();
        _ways.Calls.Answer = new DeliveryResult.Sent();
        City.Advance(3);
        Assert.Single(_ways.Calls.Offers);
    }

    [Fact]
    public void A_report_about_somebody_elses_offer_is_not_believed()
    {
        City.OnDuty("amal");
        var alert = City.Raise();
        City.Advance(9);
        City.Host(() => City.Alert(alert).Lost(new(0, "noor", ChannelKind.Sms, "undelivered", 0)));
        City.Advance(5);
        Assert.Empty(_ways.Calls.Offers);
    }

    /// <summary>Her roster names her, and her browser was forgotten when she signed out: nothing but a number is left, and it does not wait for ways that she has not.</summary>
    [Fact]
    public void Whom_the_roster_names_and_who_signed_out_is_texted_at_once()
    {
        City.Host(() => City.Grains.GetGrain<IResponderGrain>("amal").Enrol(
            new Candidate { Responder = "amal", Tenant = City.Tenant, Organisation = City.Clinic, Needs = [Need.Health], Modes = [Mode.CallsHer], VettedUntil = City.Now.AddYears(1) }, City.Area));
        City.Host(() => City.Grains.GetGrain<IServiceAreaGrain>(City.Area).SetRoster(0, 0, [new WeeklyShift("amal", [.. Enum.GetValues<DayOfWeek>()], new TimeOnly(19, 0), new TimeOnly(23, 0))]));
        City.Host(() => City.Grains.GetGrain<IResponderGrain>("amal").OffDuty([City.Area], rosterHolds: true));
        _ways.HasOnlyANumber("amal");
        var raised = City.Now;

        City.Raise();
        City.Advance(25);

        Assert.Equal([(ChannelKind.WebPush, 0), (ChannelKind.Sms, 0), (ChannelKind.Voice, 20)], _ways.When("amal", raised));
    }
}
