using System.Diagnostics;
using Dispatch.Web.Gateways.Voice.Incoming;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways.Voice.Incoming;

/// <summary>Somebody who rings on and on, says old things again, or speaks in a gateway's name: no real call is touched by it, and none waits for it.</summary>
public sealed class FloodTests(LineHost host) : IClassFixture<LineHost>
{
    [Fact]
    public async Task Forged_calls_are_refused_and_leave_nothing()
    {
        const string number = "+22372000001";
        (await host.Bridge(new { @event = "incoming", call = "forged-1", from = number, to = "80333" }, secret: "another-secret-16")).Is(401, "not_signed_in");
        (await host.Twilio("+22672000001", "CA-forged", "", [("CallStatus", "ringing")], token: "guessed")).Is(401, "not_signed_in");
        (await host.Africa("+2290172000001", "forged", "isActive=1", secret: "another-secret-16")).Is(401, "not_signed_in");
        Assert.Null(await host.Item(number, "callRinging"));
    }

    [Theory]
    [InlineData("""{"event":"incoming"}""")]
    [InlineData("""{"event":"dance","call":"x"}""")]
    [InlineData("""{"event":["incoming"],"call":{}}""")]
    [InlineData("not json at all")]
    [InlineData("[1,2,3]")]
    public async Task Garbage_is_refused(string body) => (await host.Anybody().Post($"/gateways/voice/bridge/{CallingHost.Secret}", (object)body)).Is(400, "invalid_body");

    [Fact]
    public async Task An_old_call_said_again_rings_nobody()
    {
        const string number = "+22372000002";
        object[] all = [new { @event = "incoming", call = "old-1", from = number, to = "80333" }, new { @event = "ended", call = "old-1", from = number, to = "80333" }];
        foreach (var said in all) await host.Bridge(said);
        var item = (await host.Item(number, "callBackOwed"))!.Value.GetProperty("itemId").GetString();
        var taker = await host.Taker();
        (await taker.Post($"/api/v1/hotline/items/{item}/take")).Is(200);
        (await taker.Post($"/api/v1/hotline/items/{item}/close", new { outcome = "resolved" })).Is(200);
        await Eventually.Get(() => host.Item(number, "callBackOwed"), i => i is null);
        foreach (var said in all.Concat(all)) await host.Bridge(said);
        Assert.Null(await host.Item(number, "callRinging"));
        Assert.Null(await host.Item(number, "callBackOwed"));
    }

    [Fact]
    public async Task A_flood_of_one_number_leaves_one_item_and_delays_nobody()
    {
        const string flooding = "+22372000003";
        var flood = Enumerable.Range(0, 500).Select(n => host.Bridge(new { @event = "incoming", call = $"flood-{n}", from = flooding, to = "80333" })).ToArray();
        var clock = Stopwatch.StartNew();
        for (var n = 0; n < 10; n++) (await host.Bridge(new { @event = "incoming", call = $"calm-{n}", from = $"+2237200001{n}", to = "80333" })).Is(200);
        var calm = clock.Elapsed;
        Assert.True(calm < TimeSpan.FromSeconds(10), $"ten other calls took {calm}");
        Assert.All(await Task.WhenAll(flood), answer => answer.Is(200));
        var hers = (await host.Item(flooding, "callRinging"))!.Value;
        Assert.Single(await host.Items(), i => i.GetProperty("contactId").GetString() == hers.GetProperty("contactId").GetString());
        var contact = await host.Contact(hers);
        Assert.True(contact.GetProperty("version").GetInt64() <= 4 * IncomingLimits.CallsPerMinute, contact.ToString());
        for (var n = 0; n < 10; n++) Assert.NotNull(await host.Item($"+2237200001{n}", "callRinging"));
    }
}
