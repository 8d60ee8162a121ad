using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Hotline;
using Dispatch.Grains.Hotline;
using Dispatch.Domain.Protocols;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Alerts.Telling;

/// <summary>Nobody says yes: the next people at 30, 75 and 120 seconds, the console at 60, then a phone each minute; and whatever happens, a human in the end.</summary>
public sealed class SilentStepsTests
{
    [Fact]
    public void Silence_goes_through_every_step_to_a_human_who_is_there_or_is_called()
    {
        using var city = City.Start();
        for (var i = 1; i <= 8; i++) city.OnDuty($"p{i}");
        city.OnDuty("far", area: City.Neighbour);
        var alert = city.Raise();
        var raised = city.Now;
        for (var second = 0; second < 300; second++)
        {
            // Every phone confirms at once, so that each step counts from its own beginning, and nobody answers.
            foreach (var who in city.State(alert).Offers.Select(o => o.Responder)) city.Receipt(who, alert);
            city.Advance(1);
        }

        Assert.Equal(
            [("p1", 0), ("p2", 0), ("p3", 30), ("p4", 30), ("p5", 75), ("p6", 75), ("far", 120), ("p7", 120), ("p8", 120)],
            city.Phones.Arrived.Where(a => a.Notice.Kind is NoticeKind.Offer).Select(a => (a.Notice.Recipient, (a.At - raised).TotalSeconds)).OrderBy(a => a.TotalSeconds).ThenBy(a => a.Recipient, StringComparer.Ordinal));
        Assert.Equal(
            [(HistoryKind.Ringing, 60), (HistoryKind.DutyOfficerTold, 120), (HistoryKind.BackupTold, 180)],
            city.Host(() => city.Alert(alert).HotlineView())!.History.Where(e => e.Kind is HistoryKind.Ringing or HistoryKind.DutyOfficerTold or HistoryKind.BackupTold).Select(e => (e.Kind, (e.At - raised).TotalSeconds)));
        Assert.Equal(
            [("officer", 120), ("backup", 180)],
            city.Phones.Arrived.Where(a => a.Notice.Kind is NoticeKind.Untaken).Select(a => (a.Notice.Recipient, (a.At - raised).TotalSeconds)));
        Assert.Equal(QueueState.Ringing, Assert.Single(city.Queue().Items).State);

        Assert.Null(city.Take(city.Queue().Items[0].ItemId, "awa").Refused);
        Assert.Equal("awa", city.State(alert).Taken!.By);
    }

    [Fact]
    public void A_step_in_which_nobody_fits_costs_no_second_also_in_the_middle()
    {
        using var city = City.Start();
        city.OnDuty("p1");
        city.OnDuty("p2");
        city.OnDuty("far", area: City.Neighbour);
        var alert = city.Raise();
        var raised = city.Now;
        city.Receipt("p1", alert);

        city.Advance(29.999);
        Assert.Empty(city.Phones.Offers("far"));
        city.Advance(0.001);

        Assert.Equal(raised.AddSeconds(30), Assert.Single(city.Phones.Offers("far")).At);
        Assert.Equal([2, 0, 0, 1], city.State(alert).Needs[0].Steps.Select(s => s.Asked));
    }

    [Fact]
    public void The_last_no_of_a_step_asks_the_next_people_in_the_same_moment()
    {
        using var city = City.Start();
        for (var i = 1; i <= 4; i++) city.OnDuty($"p{i}");
        var alert = city.Raise();
        city.Advance(3);
        city.Decline("p1", alert);
        Assert.Empty(city.Phones.Offers("p3"));

        city.Decline("p2", alert);

        Assert.All((string[])["p3", "p4"], who => Assert.Equal(city.Now, Assert.Single(city.Phones.Offers(who)).At));
    }

    public static TheoryData<string> Fates =>
    [
        "nobody is on duty", "everybody is silent", "everybody declines", "the phones are off", "accepted and handed back", "accepted and silent", "accepted, with a conflict", "only texted yes",
        "everybody leaves duty", "taken and handed back", "the area is off", "late", "cancelled under duress", "the host dies", "one of two says yes",
    ];

    /// <summary>Whoever could help does not: a human has it or is rung for, and phones are called until one takes it.</summary>
    [Theory, MemberData(nameof(Fates))]
    public void However_it_goes_without_help_it_ends_with_a_human_in_the_queue(string fate)
    {
        using var city = City.Start(new CityOptions { Rules = fate == "one of two says yes" ? City.DefaultRules(new NeedRule(Need.Health, [Mode.CallsHer], Quorum: 2)) : City.DefaultRules() });
        if (fate == "the area is off") city.Host(() => city.Grains.GetGrain<Grains.ServiceAreas.IServiceAreaGrain>(City.Area).SwitchOff());
        if (fate != "nobody is on duty") foreach (var who in (string[])["p1", "p2"]) city.OnDuty(who);
        if (fate == "the phones are off") city.Phones.Off.UnionWith(["p1", "p2"]);
        var alert = city.Raise(r => fate == "late" ? r with { ComposedAt = city.Now.AddMinutes(-30) } : r);
        Happens(city, alert, fate);

        city.Advance(TimeSpan.FromMinutes(9));

        Assert.Equal(QueueState.Ringing, Assert.Single(city.Queue().Items, i => i.AlertId == alert).State);
        Assert.All((string[])["officer", "backup"], who => Assert.Contains(city.Phones.Arrived, a => a.Notice.Kind is NoticeKind.Untaken && a.Notice.Recipient == who));
        Assert.Null(city.Take(city.Queue().Items[0].ItemId, "awa").Refused);
        Assert.Equal((QueueState.Taken, "awa"), (Assert.Single(city.Queue().Items).State, city.State(alert).Taken!.By));
    }

    private static void Happens(City city, string alert, string fate)
    {
        switch (fate)
        {
            case "everybody declines":
                foreach (var who in (string[])["p1", "p2"]) city.Decline(who, alert);
                break;
            case "accepted and handed back":
                city.Accept("p1", alert);
                city.Report("p1", alert, Progress.Released);
                break;
            case "accepted and silent" or "one of two says yes":
                city.Accept("p1", alert);
                break;
            case "accepted, with a conflict":
                city.Accept("p1", alert);
                city.Report("p1", alert, Progress.Conflict);
                break;
            case "only texted yes":
                city.Host(() => city.Alert(alert).Accept(new(0, city.State(alert).Offers[0].Responder, null, null, ChannelKind.Sms)));
                break;
            case "everybody leaves duty":
                foreach (var who in (string[])["p1", "p2"]) city.OffDuty(who);
                break;
            case "taken and handed back":
                var item = city.Queue().Items[0].ItemId;
                city.Take(item, "awa");
                city.Host(() => city.Grains.GetGrain<IHotlineGrain>(City.Line).HandBack(item, "awa"));
                break;
            case "cancelled under duress":
                city.Host(() => city.Alert(alert).Cancel(PinVerdict.Duress));
                break;
            case "the host dies":
                city.CrashAndRestart(TimeSpan.FromSeconds(45));
                break;
        }
    }
}
