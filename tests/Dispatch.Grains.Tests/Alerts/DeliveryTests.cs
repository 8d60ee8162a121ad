using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Survivors;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Alerts;

public sealed class DeliveryTests
{
    [Fact]
    public void A_phone_that_is_off_still_finds_its_offer_when_it_comes_back()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        city.Phones.Off.Add("amal");

        city.Raise();

        Assert.Single(city.Offers("amal"));
    }

    [Fact]
    public void A_channel_that_fails_is_tried_again_and_never_doubles()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        var tries = 0;
        city.Phones.Before = n => n.Kind is NoticeKind.Offer && ++tries < 3 ? throw new IOException("reset") : null;

        city.Raise();
        city.Advance(10);

        Assert.Equal(3, tries);
        city.Phones.ExpectsOffer("amal");
        city.Phones.NothingElseWasOffered();
    }

    [Fact]
    public void A_round_in_which_several_channels_failed_counts_as_one_failure()
    {
        City? town = null;
        var tries = new Dictionary<ChannelKind, List<DateTimeOffset>> { [ChannelKind.Sms] = [], [ChannelKind.Voice] = [] };
        using var city = town = City.Start(new CityOptions { MoreChannels = [.. tries.Keys.Select(kind => new Busy(kind, () => tries[kind].Add(town!.Now)))] });
        city.OnDuty("amal");
        city.Raise();
        var raised = city.Now;
        city.Advance(10);

        city.Phones.ExpectsOffer("amal");
        Assert.All(tries.Values, times => Assert.Equal([0, 1, 3, 7], times.Select(at => (at - raised).TotalSeconds)));
    }

    [Fact]
    public void What_reached_one_device_and_is_owed_to_another_is_tried_again_until_it_is_through()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        var tries = 0;
        city.Phones.Before = n => n.Kind is NoticeKind.Offer && ++tries < 3 ? new DeliveryResult.Later(TimeSpan.FromSeconds(1), "quota", Partly: true) : null;

        var alert = city.Raise();
        // She was told, so that a withdrawal follows it; and it is still owed.
        Assert.True(Delivery() is { SentAt: not null, Partly: true });
        city.Advance(30);

        Assert.Equal(3, tries);
        city.Phones.ExpectsOffer("amal");
        Assert.Null(Delivery().Partly);

        Delivery Delivery() => Assert.Single(city.Host(() => city.Alert(alert).HotlineView())!.Deliveries);
    }

    [Fact]
    public void One_hanging_phone_does_not_keep_the_other_waiting()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        city.OnDuty("noor");
        city.Phones.Hang.Add("amal");

        city.Raise();

        city.Phones.ExpectsOffer("noor");
    }

    [Fact]
    public void She_reads_told_only_for_phones_that_confirmed_and_doubled_receipts_count_once()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        city.OnDuty("noor");
        var alert = city.Raise();
        Assert.Equal(0, View(city, alert).ToldCount);

        city.Receipt("amal", alert);
        city.Receipt("amal", alert);
        city.Receipt("amal", alert, ReceiptState.Seen);

        Assert.Equal(1, View(city, alert).ToldCount);
        Assert.Equal(SurvivorStatus.Asking, View(city, alert).Status);
        city.CrashAndRestart();
        Assert.Equal(1, View(city, alert).ToldCount);
    }

    [Fact]
    public void A_receipt_for_somebody_elses_offer_is_not_believed()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        var alert = city.Raise();

        city.Host(() => city.Alert(alert).Receipts([new Grains.Alerts.Receipt(0, "noor", ChannelKind.Live, ReceiptState.Delivered, city.Now)]));

        Assert.Equal(0, View(city, alert).ToldCount);
    }

    [Fact]
    public void Somebody_stood_down_is_asked_anew_when_the_accepted_one_hands_back()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        city.OnDuty("noor");
        var alert = city.Raise();
        city.Phones.ExpectsOffer("noor");
        city.Accept("amal", alert);
        Assert.Empty(city.Offers("noor"));

        city.Report("amal", alert, Progress.Released);

        city.Phones.ExpectsOffer("noor");
        Assert.Null(city.Accept("noor", alert).Refused);
    }

    [Fact]
    public void A_late_alert_is_for_humans_only()
    {
        using var city = City.Start();
        city.OnDuty("amal");

        city.Raise(r => r with { ComposedAt = city.Now - TimeSpan.FromMinutes(11) });
        city.Advance(300);

        Assert.Empty(city.Phones.Offers("amal"));
        Assert.Equal(RingReason.Late, Assert.Single(city.Queue().Items).Reason);
    }

    /// <summary>A gateway that always says to try again in a second.</summary>
    private sealed class Busy(ChannelKind kind, Action tried) : IChannel
    {
        public ChannelKind Kind => kind;

        public Task<DeliveryResult> Send(Notice notice, CancellationToken deadline)
        {
            if (notice.Kind is NoticeKind.Offer) tried();
            return Task.FromResult<DeliveryResult>(new DeliveryResult.Later(TimeSpan.FromSeconds(1), "busy"));
        }
    }

    private static SurvivorView View(City city, string alert) => city.Host(() => city.Alert(alert).SurvivorView())!;
}
