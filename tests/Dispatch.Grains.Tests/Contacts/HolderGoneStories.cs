using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Hotline;
using Dispatch.Grains.Hotline;
using Dispatch.Grains.Rows;
using Dispatch.Grains.ServiceAreas;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Contacts;

/// <summary>A console dies without a word while its holder has something: it stays hers, rings for the others, and in the end on a phone.</summary>
public sealed class HolderGoneStories
{
    [Fact]
    public void What_nobody_looks_at_any_more_rings_for_everybody_and_the_next_one_takes_it()
    {
        using var city = City.Start();
        var hers = Taken(city, "fatou");
        Open(city, 120, "fatou", "awa");
        Assert.Null(Item(city, hers).LeftAt);
        Open(city, 40, "awa");
        Assert.Equal(Domain.Refusal.TakenByOther, hers.Claimed(line => line.Take(Item(city, hers).ItemId, "awa")).Refused);
        Open(city, 40, "awa");
        var item = Item(city, hers);
        Assert.Equal((QueueState.Taken, "fatou", true), (item.State, item.TakenBy, item.LeftAt is not null));
        Assert.Null(hers.Claimed(line => line.Take(item.ItemId, "awa")).Refused);
        Assert.Equal(("awa", null), (Item(city, hers).TakenBy, Item(city, hers).LeftAt));
        Assert.Equal("awa", hers.State!.Items.Single().Taken!.By);
        Assert.Empty(Called(city));
    }

    [Fact]
    public void Who_comes_back_finds_what_is_hers_and_it_rings_no_more()
    {
        using var city = City.Start();
        var hers = Taken(city, "fatou");
        Open(city, 90, "awa");
        Assert.NotNull(Item(city, hers).LeftAt);
        var item = Read(city, "fatou").Items.Single();
        Assert.Equal(("fatou", null), (item.TakenBy, item.LeftAt));
        Open(city, 200, "fatou", "awa");
        Assert.Equal(Domain.Refusal.TakenByOther, hers.Claimed(line => line.Take(item.ItemId, "awa")).Refused);
        Assert.Null(hers.Claimed(line => line.Close(item.ItemId, "fatou", EndedHow.Resolved)).Refused);
        Assert.Empty(Called(city));
    }

    [Fact]
    public void Where_no_console_is_left_the_officer_is_rung_and_then_the_backup_also_after_a_restart()
    {
        using var city = City.Start();
        var hers = Taken(city, "fatou");
        city.Advance(100);
        city.CrashAndRestart();
        city.Advance(60);
        Assert.Equal(["officer"], Called(city));
        city.Advance(80);
        Assert.Equal(["officer", "backup"], Called(city));
        city.Advance(1000);
        Assert.Equal(["officer", "backup"], Called(city));
        Assert.NotNull(Item(city, hers).LeftAt);
    }

    [Fact]
    public void Whoever_has_it_is_not_rung_for_it_and_what_did_not_leave_is_tried_again()
    {
        using var city = City.Start();
        Taken(city, "officer");
        var tries = 0;
        city.Phones.Before = notice => notice.Kind is NoticeKind.Untaken && ++tries < 3 ? new DeliveryResult.Later(TimeSpan.FromSeconds(1), "busy") : null;
        city.Advance(200);
        Assert.Equal((3, "backup"), (tries, string.Join(' ', Called(city))));
    }

    [Fact]
    public void A_request_whose_taker_is_gone_rings_too()
    {
        using var city = City.Start();
        var alert = city.Raise();
        city.Advance(61);
        Read(city, "fatou");
        var item = city.Queue().Items.Single().ItemId;
        Assert.Null(city.Take(item, "fatou").Refused);
        Open(city, 80, "awa");
        Assert.NotNull(city.Queue().Items.Single().LeftAt);
        Assert.Null(city.Take(item, "awa").Refused);
        Assert.Equal("awa", city.State(alert).Taken!.By);
    }

    [Fact]
    public void Where_a_line_says_so_it_takes_longer()
    {
        using var city = City.Start(new CityOptions { HolderGoneAfter = TimeSpan.FromMinutes(10) });
        var hers = Taken(city, "fatou");
        Open(city, 590, "awa");
        Assert.Null(Item(city, hers).LeftAt);
        Open(city, 30, "awa");
        Assert.NotNull(Item(city, hers).LeftAt);
    }

    [Fact]
    public void A_page_in_the_background_is_told_to_fetch_before_it_counts_as_gone()
    {
        using var city = City.Start();
        Taken(city, "fatou");
        city.Advance(20);
        var hinted = Hints(city);
        city.Advance(25);
        Assert.True(Hints(city) > hinted);
    }

    [Fact]
    public void Where_nobody_may_be_called_for_a_call_the_consoles_say_so_until_somebody_is_named()
    {
        using var city = City.Start();
        city.Host(() => city.Grains.GetGrain<IServiceAreaGrain>(City.Area).Configure(City.Setup with { DutyOfficerAt = City.Police, BackupAt = City.Police }));
        var hers = new Telephone(city, "1");
        hers.Rings();
        city.Advance(59);
        Assert.False(Item(city, hers).NobodyToCall);
        city.Advance(5);
        Assert.True(Item(city, hers).NobodyToCall);
        city.CrashAndRestart();
        city.Advance(600);
        Assert.True(Item(city, hers).NobodyToCall);
        city.Host(() => city.Grains.GetGrain<IServiceAreaGrain>(City.Area).Configure(City.Setup));
        city.Advance(31);
        Assert.Equal(["officer", "backup"], Called(city).Order(StringComparer.Ordinal).Reverse());
        city.Advance(150);
        Assert.False(Item(city, hers).NobodyToCall);
        Assert.Equal(2, Called(city).Count());
    }

    [Fact]
    public void Taken_it_is_no_alarm_any_more()
    {
        using var city = City.Start();
        city.Host(() => city.Grains.GetGrain<IServiceAreaGrain>(City.Area).Configure(City.Setup with { DutyOfficerAt = City.Police, BackupAt = City.Police }));
        var hers = new Telephone(city, "1");
        hers.Rings();
        city.Advance(65);
        Assert.Null(hers.TakenBy("fatou", RingReason.CallRinging).Refused);
        Assert.False(Item(city, hers).NobodyToCall);
        city.Advance(60);
        Assert.True(hers.State!.Outbox.IsEmpty);
    }

    private static Telephone Taken(City city, string who)
    {
        var hers = new Telephone(city, "1");
        hers.Rings();
        Read(city, who);
        Assert.Null(hers.TakenBy(who, RingReason.CallRinging).Refused);
        return hers;
    }

    /// <summary>These consoles are open, and no others.</summary>
    private static void Open(City city, int seconds, params string[] readers)
    {
        for (var at = 0; at < seconds; at += 10)
        {
            foreach (var who in readers) Read(city, who);
            city.Advance(10);
        }
    }

    private static QueueView Read(City city, string who) => city.Host(() => city.Grains.GetGrain<IHotlineGrain>(City.Line).Queue(new Reader(who, City.Clinic)));

    private static QueueItem Item(City city, Telephone hers) => city.Queue().Items.Single(i => i.ContactId == hers.Id);

    private static IEnumerable<string> Called(City city) => city.Phones.Arrived.Where(a => a.Notice.Kind is NoticeKind.Untaken).Select(a => a.Notice.Recipient);

    private static int Hints(City city) => city.Phones.Arrived.Count(a => a.Notice.Kind is NoticeKind.QueueChanged);
}
