using Dispatch.Grains.Hotline;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.Organisations;
using Dispatch.Grains.ServiceAreas;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Alerts;

public sealed class SilenceTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Silence_rings_the_queue_at_sixty_seconds_to_the_millisecond(bool sweep)
    {
        using var city = City.Start(new CityOptions { Sweep = sweep });
        city.OnDuty("amal");
        city.Raise();
        var raised = city.Now;

        Assert.Equal(QueueState.Waiting, Assert.Single(city.Queue().Items).State);
        city.Advance(59.999);
        Assert.Equal(QueueState.Waiting, Assert.Single(city.Queue().Items).State);
        var hintsBefore = Hints(city).Count();
        city.Advance(0.001);

        Assert.Equal(QueueState.Ringing, Assert.Single(city.Queue().Items).State);
        Assert.Contains(Hints(city).Skip(hintsBefore), h => h.At == raised.AddSeconds(60));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(59)]
    public void Silence_rings_at_sixty_seconds_across_a_restart(int crashAfter)
    {
        using var city = City.Start();
        city.OnDuty("amal");
        var alert = city.Raise();
        var raised = city.Now;
        city.Advance(crashAfter);

        city.CrashAndRestart(TimeSpan.FromMilliseconds(500));
        city.Clock.AdvanceTo(raised.AddSeconds(60));

        Assert.Equal(QueueState.Ringing, Assert.Single(city.Queue().Items).State);
        Assert.Contains(city.Host(() => city.Alert(alert).HotlineView())!.History, e => e.Kind is HistoryKind.Ringing && e.At == raised.AddSeconds(60));
    }

    [Fact]
    public void A_host_that_was_down_past_the_minute_rings_as_soon_as_it_is_back()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        city.Raise();

        city.CrashAndRestart(TimeSpan.FromMinutes(3));

        Assert.Equal(QueueState.Ringing, Assert.Single(city.Queue().Items).State);
        Assert.Contains(Hints(city), h => h.At == city.Now);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_queue_and_then_phones_ring_even_when_the_alert_itself_cannot_be_woken(bool handedBack)
    {
        using var city = City.Start();
        city.OnDuty("amal");
        var raised = city.Now;
        city.Raise();
        if (handedBack)
        {
            var item = Assert.Single(city.Queue().Items).ItemId;
            // Taken and given back between two looks of the alert: only the line knows.
            city.Host(() => city.Grains.GetGrain<IHotlineGrain>(City.Line).Take(item, "fatou"));
            city.Host(() => city.Grains.GetGrain<IHotlineGrain>(City.Line).HandBack(item, "fatou"));
        }

        city.Crash();
        var unreadable = 0;
        city.Boot(store => store.ReadFault = row => row.Table == "grain-state" && row.Partition.StartsWith("alert", StringComparison.Ordinal) ? Unreadable() : null);

        city.Advance(200);

        Assert.True(unreadable > 0, "the fault never struck");
        Assert.Equal(QueueState.Ringing, Assert.Single(city.Queue().Items).State);
        Assert.Contains(Hints(city), h => h.At >= raised.AddSeconds(60) && h.At <= raised.AddSeconds(64));
        Assert.NotEmpty(Untaken(city, "officer"));
        Assert.NotEmpty(Untaken(city, "backup"));

        IOException Unreadable()
        {
            unreadable++;
            return new IOException("unreadable");
        }
    }

    /// <summary>Timers died with the process and nobody sweeps: the reminder alone still wakes the alert.</summary>
    [Fact]
    public void The_reminder_alone_rings_within_a_minute_of_the_time()
    {
        using var city = City.Start(new CityOptions { Sweep = false });
        city.OnDuty("amal");
        city.Raise();
        var raised = city.Now;

        city.CrashAndRestart();
        city.Clock.AdvanceTo(raised.AddSeconds(121));

        Assert.Contains(Hints(city), h => h.At >= raised.AddSeconds(60) && h.At <= raised.AddSeconds(121));
    }

    [Fact]
    public void Who_comes_on_duty_after_the_last_step_is_asked_within_fifteen_seconds()
    {
        using var city = City.Start();
        var alert = city.Raise();
        Assert.Empty(city.State(alert).Offers);

        city.Advance(20);
        city.OnDuty("night");
        city.Advance(15);

        city.Phones.ExpectsOffer("night");
    }

    [Fact]
    public void A_clock_that_went_back_an_hour_does_everything_at_once_and_then_lets_an_acceptance_stand()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        var alert = city.Raise();
        city.Crash();
        var state = city.Disk;
        using var later = City.Start(new CityOptions { Disk = state, Now = city.Now.AddHours(-1) });

        Assert.Equal(QueueState.Ringing, Assert.Single(later.Queue().Items).State);
        Assert.Contains(later.Host(() => later.Alert(alert).HotlineView())!.History, e => e.Kind is HistoryKind.BackupTold);
        later.Accept("amal", alert);
        later.Advance(120);
        Assert.False(later.State(alert).Offers[0].Assignment!.Silent);
    }

    [Fact]
    public void Untaken_the_duty_officer_is_told_at_120_and_the_backup_at_180_seconds()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        city.Raise();
        var raised = city.Now;

        city.Advance(200);

        Assert.Equal([raised.AddSeconds(120)], Untaken(city, "officer"));
        Assert.Equal([raised.AddSeconds(180)], Untaken(city, "backup"));
    }

    /// <summary>Whoever may not know of it, by name, by organisation or because nobody consented to police, costs no minute.</summary>
    [Theory]
    [InlineData("officer", "", false, false)]
    [InlineData("", "clinic", false, false)]
    [InlineData("", "", true, false)]
    [InlineData("officer", "", false, true)]
    [InlineData("", "clinic", false, true)]
    [InlineData("", "", true, true)]
    public void Whoever_may_not_know_is_passed_over_at_once(string person, string organisation, bool policeRun, bool alertFails)
    {
        using var city = City.Start();
        city.Host(() => city.Grains.GetGrain<IServiceAreaGrain>(City.Area).Configure(City.Setup with
        {
            Neighbours = [City.Neighbour], DutyOfficerAt = City.Clinic with { PoliceRun = policeRun }, BackupAt = new OrganisationFacts("hotline", OrganisationKind.Hotline),
        }));
        city.Raise(r => r with { Exclusions = new Exclusions { Responders = person.Length > 0 ? [person] : [], Organisations = organisation.Length > 0 ? [organisation] : [] } });
        var raised = city.Now;
        if (alertFails)
        {
            city.Crash();
            city.Boot(store => store.ReadFault = row => row.Table == "grain-state" && row.Partition.StartsWith("alert", StringComparison.Ordinal) ? new IOException("unreadable") : null);
        }

        city.Advance(130);

        Assert.Empty(Untaken(city, "officer"));
        Assert.InRange(Assert.Single(Untaken(city, "backup")), raised.AddSeconds(120), raised.AddSeconds(alertFails ? 124 : 120));
    }

    /// <summary>Whom to call is in the area's own set-up; how people are asked may be missing.</summary>
    [Fact]
    public void Without_a_protocol_the_officer_is_called_all_the_same()
    {
        using var city = City.Start();
        city.Host(() => city.Grains.GetGrain<IServiceAreaGrain>("XX/bare").Configure(City.Setup with { Tenant = "no-protocol" }));
        city.Raise(r => r with { Area = "XX/bare" });
        city.Advance(200);
        Assert.Single(Untaken(city, "officer"));
        Assert.Single(Untaken(city, "backup"));
    }

    [Fact]
    public void A_chain_that_cannot_be_read_yet_is_a_debt_until_it_can()
    {
        using var city = City.Start();
        var alert = city.Raise(r => r with { Area = "XX/bare" });
        city.Advance(200);
        Assert.Empty(Untaken(city, "officer"));
        Assert.Equal([Pending.Backup, Pending.DutyOfficer], city.State(alert).Outbox.Select(p => p.To).Order());

        city.Host(() => city.Grains.GetGrain<IServiceAreaGrain>("XX/bare").Configure(City.Setup));
        city.Advance(31);

        Assert.Single(Untaken(city, "officer"));
        Assert.Single(Untaken(city, "backup"));
    }

    [Fact]
    public void Nobody_who_may_not_know_is_called_however_long_it_rings()
    {
        using var city = City.Start();
        city.Host(() => city.Grains.GetGrain<IServiceAreaGrain>(City.Area).Configure(City.Setup with { DutyOfficerAt = City.Police, BackupAt = City.Police }));
        var alert = city.Raise();
        city.Advance(300);
        Assert.Empty(Untaken(city, "officer"));
        Assert.Empty(Untaken(city, "backup"));
        // Owed until somebody is named who may know of it, and said to whoever looks at the queue.
        Assert.NotEmpty(city.State(alert).Outbox);
        Assert.True(city.Queue().Items.Single().NobodyToCall);
        city.Host(() => city.Grains.GetGrain<IServiceAreaGrain>(City.Area).Configure(City.Setup));
        city.Advance(90);
        Assert.NotEmpty(Untaken(city, "backup"));
        Assert.Empty(city.State(alert).Outbox);
        Assert.False(city.Queue().Items.Single().NobodyToCall);
    }

    [Fact]
    public void Taken_by_a_human_nobody_else_is_asked_and_nobody_else_can_take_it()
    {
        using var city = City.Start();
        for (var i = 1; i <= 6; i++) city.OnDuty($"p{i}");
        var alert = city.Raise();
        city.Advance(10);
        var item = Assert.Single(city.Queue().Items).ItemId;

        Assert.Null(city.Take(item, "awa").Refused);
        var second = city.Take(item, "binta");
        city.Advance(300);

        Assert.Equal(Dispatch.Domain.Refusal.TakenByOther, second.Refused);
        Assert.Equal("awa", second.Claim!.By);
        Assert.Equal(2, city.State(alert).Offers.Length);
        Assert.Empty(Untaken(city, "officer"));
        Assert.Equal(QueueState.Taken, Assert.Single(city.Queue().Items).State);
    }

    [Fact]
    public void A_take_whose_host_dies_before_the_nudge_still_reaches_the_alert_within_fifteen_seconds()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        var alert = city.Raise();
        var item = Assert.Single(city.Queue().Items).ItemId;

        city.Host(() => city.Grains.GetGrain<Grains.Hotline.IHotlineGrain>(City.Line).Take(item, "awa"));
        city.Advance(15);

        Assert.Equal("awa", city.State(alert).Taken?.By);
    }

    [Fact]
    public void Accepted_but_silent_for_five_minutes_opens_the_need_again_and_rings_anew()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        city.OnDuty("noor");
        var alert = city.Raise();
        city.Accept("amal", alert);
        Assert.Empty(city.Queue().Items);

        city.Advance(TimeSpan.FromMinutes(5));

        Assert.Single(city.Offers("noor"));
        var item = Assert.Single(city.Queue().Items);
        Assert.Equal((RingReason.Silent, QueueState.Ringing), (item.Reason, item.State));
    }

    private static IEnumerable<(DateTimeOffset At, Notice Notice)> Hints(City city) => city.Phones.Arrived.Where(a => a.Notice.Kind is NoticeKind.QueueChanged);

    private static IEnumerable<DateTimeOffset> Untaken(City city, string who)
    {
        var told = city.Phones.Arrived.Where(a => a.Notice.Kind is NoticeKind.Untaken && a.Notice.Recipient == who).ToArray();
        Assert.All(told, a => Assert.Equal(City.Line, a.Notice.Line));
        return told.Select(a => a.At);
    }
}
