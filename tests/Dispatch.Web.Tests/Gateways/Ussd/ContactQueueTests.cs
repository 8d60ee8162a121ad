using Dispatch.Web.Tests.Gateways.Texts;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways.Ussd;

/// <summary>Who sees what is about a number in the queue, and beside alerts.</summary>
public sealed class ContactQueueTests(MenuHost host) : IClassFixture<MenuHost>
{
    [Fact]
    public async Task Whom_she_shut_out_sees_nothing_of_her_number_neither_then_nor_after_it_was_parted()
    {
        var (line, boss) = (await Line.Of(host), await host.SignIn("boss"));
        const string number = "+22378200001";
        var id = line.IdOf(number);
        (await host.Africa("q1", number, "1*2*3*1")).Is(200);
        var alert = await line.AlertOf(number);
        (await line.Taker.Post($"/api/v1/alerts/{alert.Id}/staff-additions", new { exclusions = new { people = new[] { "Boss" } } })).Is(200);
        (await host.AfricaEnds("q2", number, "1*2")).Is(204);

        Assert.Contains(await line.Items("textWaiting"), i => i.GetProperty("contactId").GetString() == id);
        Assert.DoesNotContain(id, (await boss.Get("/api/v1/hotline/one/queue")).Is(200).Body, StringComparison.Ordinal);
        (await boss.Get($"/api/v1/hotline/contacts/{id}")).Is(404, "not_found");

        (await line.Taker.Post($"/api/v1/hotline/contacts/{id}/untie", new { alertId = alert.Id, separate = false })).Is(200);
        (await boss.Get($"/api/v1/hotline/contacts/{id}")).Is(404, "not_found");
        Assert.DoesNotContain(id, (await boss.Get("/api/v1/hotline/one/queue")).Is(200).Body, StringComparison.Ordinal);
        Assert.True(await line.Knows(number));
    }

    [Fact]
    public async Task An_alert_with_a_number_in_the_queue_stands_once_in_the_overview()
    {
        var (line, boss) = (await Line.Of(host), await host.SignIn("boss"));
        const string number = "+22378200002";
        (await host.Africa("q3", number, "1*2*3*1")).Is(200);
        var alert = await line.AlertOf(number);
        host.Clock.Advance(TimeSpan.FromSeconds(20));
        (await host.AfricaEnds("q4", number, "1*2")).Is(204);
        Assert.Contains(await line.Items("textWaiting"), i => i.TryGetProperty("alertId", out var tied) && tied.GetString() == alert.Id);

        var rows = (await boss.Get("/api/v1/hotline/one/alerts")).Is(200).Json.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("alertId").GetString()).ToArray();
        Assert.Single(rows, r => r == alert.Id);
        Assert.Equal(rows.Distinct(), rows);
    }
}
