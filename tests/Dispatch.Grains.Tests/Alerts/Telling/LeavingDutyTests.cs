using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Rosters;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Grains.Responders;
using Dispatch.Grains.ServiceAreas;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Alerts.Telling;

/// <summary>Who leaves while she is asked is let go in that moment: nothing rings for her any more, the next people are asked, and the line reads why.</summary>
public sealed class LeavingDutyTests : IDisposable
{
    private readonly Ways _ways = new(rules => rules with { Steps = [new(0, 1), new(60, 1)] });

    private City City => _ways.City;

    public void Dispose() => _ways.Dispose();

    /// <summary>At the fifth second: before the text at 8 s and long before the next look at who left.</summary>
    [Fact]
    public void A_duty_that_ends_at_its_hour_ends_what_rings_in_the_same_moment()
    {
        City.OnDuty("amal", change: c => c with { OnDutyUntil = City.Now.AddSeconds(5) });
        City.OnDuty("noor");
        var alert = City.Raise();
        var raised = City.Now;
        Assert.Equal("amal", Assert.Single(City.State(alert).Offers).Responder);

        City.Advance(60);

        LetGo("amal", alert, raised.AddSeconds(5), "offDuty");
        Assert.Equal([(ChannelKind.Live, 5), (ChannelKind.WebPush, 5), (ChannelKind.Sms, 13)], _ways.When("noor", raised).Take(3));
    }

    [Fact]
    public void A_shift_that_ends_does_too()
    {
        Enrol("amal");
        var (area, end) = (City.Grains.GetGrain<IServiceAreaGrain>(City.Area), City.Now.AddMinutes(10));
        Assert.Null(City.Host(() => area.SetRoster(0, 0, [new WeeklyShift("amal", [.. Enum.GetValues<DayOfWeek>()], TimeOnly.FromDateTime(City.Now.DateTime), TimeOnly.FromDateTime(end.DateTime))])).Refused);
        City.Clock.AdvanceTo(end.AddSeconds(-3));
        var alert = City.Raise();

        City.Advance(60);

        LetGo("amal", alert, end, "offDuty");
    }

    /// <summary>She says so herself, signs out or is signed out, or is no longer what she was: her host nudges the alerts that ask her.</summary>
    [Theory]
    [InlineData("off duty")]
    [InlineData("no longer of this area")]
    public void Whoever_is_taken_off_is_let_go_with_the_nudge(string how)
    {
        City.OnDuty("amal");
        City.OnDuty("noor");
        var alert = City.Raise();
        City.Advance(2);

        if (how == "off duty") City.OffDuty("amal");
        else City.Host(() => City.Grains.GetGrain<IServiceAreaGrain>(City.Area).Forget("amal"));
        City.Host(() => City.Alert(alert).Wake());

        LetGo("amal", alert, City.Now, "offDuty");
        Assert.Equal(City.Now, _ways.Told("noor").First().At);
        Assert.Equal(Refusal.OfferClosed, City.Accept("amal", alert).Refused);
    }

    /// <summary>Whoever accepted stays responsible until she hands back.</summary>
    [Fact]
    public void Whoever_accepted_is_not_let_go()
    {
        City.OnDuty("amal", change: c => c with { OnDutyUntil = City.Now.AddSeconds(5) });
        var alert = City.Raise();
        City.Accept("amal", alert);
        City.Advance(60);
        Assert.Equal(OfferState.Accepted, _ways.OfferTo("amal", alert).State);
    }

    [Fact]
    public void A_browser_that_is_forgotten_before_it_confirmed_lets_the_text_go_now_and_the_line_reads_it()
    {
        City.OnDuty("amal");
        City.Phones.Off.Add("amal");
        var alert = City.Raise();
        var raised = City.Now;
        City.Advance(2);
        var hints = Hints();

        _ways.Loses("amal", alert, ChannelKind.WebPush, "deviceRemoved");
        City.Advance(0.5);

        Assert.Equal([(ChannelKind.WebPush, 0), (ChannelKind.Sms, 2)], _ways.When("amal", raised));
        Assert.True(_ways.Fact("amal", alert, ChannelKind.WebPush) is { GaveUp: "deviceRemoved", GaveUpAt: { } at } && at == raised.AddSeconds(2));
        Assert.True(Hints() > hints, "the line was not told");
    }

    private void LetGo(string who, string alert, DateTimeOffset at, string why)
    {
        Assert.Equal(WithdrawnFor.OffDuty, _ways.OfferTo(who, alert).Withdrawn);
        Assert.All(_ways.Told(who), told => Assert.True(told.At < at, $"{told.Channel} at {told.At:HH:mm:ss.fff}"));
        Assert.Equal([ChannelKind.Live, ChannelKind.WebPush], _ways.Told(who, NoticeKind.OfferWithdrawn).Where(t => t.At == at).Select(t => t.Channel));
        Assert.Contains(City.Host(() => City.Alert(alert).HotlineView())!.History, e => e.Kind is HistoryKind.Withdrawn && e.Who == who && e.At == at && e.Detail == why);
        Assert.Contains(City.Phones.Arrived, a => a.Notice is { Kind: NoticeKind.LineAlertChanged, Recipient: City.Line } && a.At >= at && a.At < at.AddSeconds(1));
    }

    private int Hints() => City.Phones.Arrived.Count(a => a.Notice.Kind is NoticeKind.LineAlertChanged);

    private void Enrol(string who) => City.Host(() => City.Grains.GetGrain<IResponderGrain>(who).Enrol(
        new Candidate { Responder = who, Tenant = City.Tenant, Organisation = City.Clinic, Needs = [Need.Health], Modes = [Mode.CallsHer], VettedUntil = City.Now.AddYears(1) }, City.Area));
}
