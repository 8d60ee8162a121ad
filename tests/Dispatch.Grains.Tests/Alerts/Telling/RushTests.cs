using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;

namespace Dispatch.Grains.Tests.Alerts.Telling;

/// <summary>Many at once: every alert is its own, to everybody it asks, in its own second.</summary>
public sealed class RushTests
{
    private const int Alerts = 150;

    [Fact]
    public void The_same_people_asked_by_many_alerts_are_told_of_each_one_at_once_and_by_itself()
    {
        using var ways = new Ways();
        foreach (var who in (string[])["amal", "noor"]) ways.City.OnDuty(who);
        var raised = ways.City.Now;

        string[] alerts = [.. Enumerable.Range(0, Alerts).Select(_ => ways.City.Raise())];

        foreach (var who in (string[])["amal", "noor"])
        {
            foreach (var channel in (ChannelKind[])[ChannelKind.Live, ChannelKind.WebPush])
            {
                var told = ways.Told(who).Where(t => t.Channel == channel).ToArray();
                Assert.Equal(alerts.Order(StringComparer.Ordinal), told.Select(t => t.Notice.AlertId).Order(StringComparer.Ordinal));
                Assert.All(told, t => Assert.Equal(raised, t.At));
            }

            Assert.Equal(Alerts, ways.City.Offers(who).Select(o => o.ReplyCode).Distinct().Count());
        }

        ways.City.Advance(8);
        Assert.Equal(2 * Alerts, ways.Texts.Offers.Count(t => t.At == raised.AddSeconds(8)));
    }

    /// <summary>A gateway whose queue is full says so for half a minute. Nothing is given up, nothing is doubled, and the other ways wait for nothing.</summary>
    [Fact]
    public void A_full_gateway_loses_nothing_and_holds_up_no_other_way()
    {
        using var ways = new Ways();
        foreach (var who in (string[])["amal", "noor"]) ways.City.OnDuty(who);
        ways.Texts.Answer = new DeliveryResult.Later(TimeSpan.FromSeconds(1), "full");
        for (var i = 0; i < Alerts; i++) ways.City.Raise();
        ways.City.Advance(25);
        Assert.Empty(ways.Texts.Offers);
        Assert.Equal(2 * Alerts, ways.Calls.Offers.Count);

        ways.Texts.Answer = new DeliveryResult.Sent();
        ways.City.Advance(31);

        Assert.Equal(2 * Alerts, ways.Texts.Offers.Count);
        Assert.Equal(2 * Alerts, ways.Texts.Offers.Select(t => t.Notice.Id).Distinct().Count());
    }
}
