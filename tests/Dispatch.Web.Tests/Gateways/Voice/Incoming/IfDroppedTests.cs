using System.Text.Json;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways.Voice.Incoming;

/// <summary>What she says to a call-taker about her phone, and what the line learns of it, reaches the number by which she rings.</summary>
public sealed class IfDroppedTests(LineHost host) : IClassFixture<LineHost>
{
    [Theory]
    [InlineData("+22378100001", "neverRing", "none", false)]
    [InlineData("+22378100002", "text", "sms", false)]
    [InlineData("+22378100003", "ringBack", "call", true)]
    public async Task Said_with_her_request_it_holds_for_the_number_that_she_is_on(string number, string ifDropped, string channel, bool rings)
    {
        var (taker, call) = (await host.Taker(), $"drop-{number}");
        await host.Bridge(new { @event = "incoming", call, from = number, to = "80333" });
        var item = (await host.Item(number, "callRinging"))!.Value;
        (await taker.Post($"/api/v1/hotline/items/{item.GetProperty("itemId").GetString()}/take")).Is(200);
        // As the console sends it: no number has been said.
        var raised = (await taker.Post("/api/v1/hotline/one/calls", new { safeContact = new { channel, ifDropped } }, ("Idempotency-Key", Guid.NewGuid().ToString("D")))).Is(201);
        (await taker.Post($"/api/v1/hotline/contacts/{item.GetProperty("contactId").GetString()}/tie", new { alertId = raised.Text("alertId") })).Is(200);
        (await host.Bridge(new { @event = "ended", call, from = number, to = "80333" })).Is(204);
        await IsRungBack(number, rings);
    }

    [Fact]
    public async Task Said_of_a_number_it_is_that_numbers_mark()
    {
        const string number = "+22378100004";
        var taker = await host.Taker();
        (await taker.Post("/api/v1/hotline/one/calls", new { channel = "walkIn", safeContact = new { channel = "call", number, hoursFrom = "00:00", hoursTo = "23:59", ifDropped = "neverRing" } }, ("Idempotency-Key", Guid.NewGuid().ToString("D")))).Is(201);
        await IsRungBack(number, rings: false);
        var mark = (await host.Contact((await host.Item(number, "callBackOwed"))!.Value)).GetProperty("mark");
        Assert.Equal(("neverRing", true, "00:00"), (mark.GetProperty("ifDropped").GetString(), mark.GetProperty("mayCall").GetBoolean(), mark.GetProperty("from").GetString()));
    }

    [Fact]
    public async Task What_the_line_marks_in_the_alert_holds_for_whoever_rings_her_too()
    {
        const string number = "+22378100005";
        var taker = await host.Taker();
        var greeted = (await host.Bridge(new { @event = "incoming", call = "drop-5", from = number, to = "80333" })).Is(200).Json;
        await host.Bridge(new { @event = "key", call = "drop-5", from = number, to = "80333", digits = "9", next = greeted.GetProperty("next").GetString() });
        await host.Bridge(new { @event = "ended", call = "drop-5", from = number, to = "80333" });
        var item = (await Eventually.Get(() => host.Item(number, "callBackOwed"), i => i is { } owed && owed.TryGetProperty("alertId", out _)))!.Value;
        (await taker.Post($"/api/v1/hotline/items/{item.GetProperty("itemId").GetString()}/take")).Is(200);
        await Eventually.Get(() => host.Contact(item), c => c.GetProperty("items").EnumerateArray().Any(i => i.TryGetProperty("takenBy", out _)));
        (await Eventually.Get(() => taker.Post($"/api/v1/alerts/{item.GetProperty("alertId").GetString()}/phone-unsafe"), a => a.Status == 200)).Is(200);
        var before = host.Calls(number).Count;
        var callBack = $"/api/v1/hotline/contacts/{item.GetProperty("contactId").GetString()}/call-back";
        Assert.Equal(403, (await taker.Post(callBack)).Status);
        (await taker.Put($"/api/v1/hotline/contacts/{item.GetProperty("contactId").GetString()}/mark", new { mayCall = true, mayText = false })).Is(200);
        (await taker.Post(callBack)).Is(200);
        await Eventually.Get(() => Task.FromResult(host.Calls(number).Count), n => n == before + 1);
    }

    private async Task IsRungBack(string number, bool rings)
    {
        foreach (var what in new[] { "incoming", "ended" }) await host.Bridge(new { @event = what, call = $"missed-{number}", from = number, to = "80333" });
        if (rings) Assert.NotEmpty(await Eventually.Get(() => Task.FromResult(host.Calls(number)), calls => calls.Count > 0));
        else await Eventually.Get(async () => await host.Contact((await host.Item(number, "callBackOwed"))!.Value), c => c.TryGetProperty("callBack", out JsonElement back) && back.TryGetProperty("over", out _));
        if (!rings) Assert.Empty(host.Calls(number));
    }
}
