using System.Text.Json;
using System.Xml.Linq;
using Dispatch.Web.Contacts;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests.Gateways.Voice.Incoming;

/// <summary>A human has her call and it is put through: to whoever picks up, from the line's number; and where nobody does, she is still owed somebody.</summary>
public sealed class PutThroughTests(LineHost host) : IClassFixture<LineHost>
{
    [Fact]
    public async Task Where_the_call_taker_does_not_pick_up_she_waits_on_and_her_call_rings_again()
    {
        const string number = "+22375000001";
        var put = await PutThrough(number, "put-a");
        Assert.Equal((LineHost.Desk, "80333"), (put.GetProperty("connect").GetString(), put.GetProperty("callerId").GetString()));
        var waits = (await host.Bridge(new { @event = "notConnected", call = "put-a", from = number, to = "80333", next = put.GetProperty("next").GetString() })).Is(200).Json;
        Assert.Equal("ivr.wait", waits.GetProperty("words").GetString());
        var item = await Ringing(number);
        // Said twice it rings once.
        (await host.Bridge(new { @event = "notConnected", call = "put-a", from = number, to = "80333", next = put.GetProperty("next").GetString() })).Is(200);
        Assert.Equal(Id(item), Id(await Ringing(number)));
        (await (await host.Taker()).Post($"/api/v1/hotline/items/{Id(item)}/take")).Is(200);
        var again = (await host.Bridge(new { @event = "key", call = "put-a", from = number, to = "80333", next = waits.GetProperty("next").GetString() })).Is(200).Json;
        Assert.Equal(LineHost.Desk, again.GetProperty("connect").GetString());
    }

    [Fact]
    public async Task Who_hangs_up_before_anybody_picked_up_is_owed_a_call_by_a_human()
    {
        const string number = "+22375000002";
        await PutThrough(number, "put-b");
        await Ends(number, "put-b");
        var owed = (await host.Item(number, "callBackOwed"))!.Value;
        Assert.Equal("ringing", owed.GetProperty("state").GetString());
        Assert.Empty(host.Calls(number));
    }

    [Fact]
    public async Task Who_spoke_with_somebody_is_owed_nothing()
    {
        const string number = "+22375000003";
        await PutThrough(number, "put-c");
        (await host.Bridge(new { @event = "connected", call = "put-c", from = number, to = "80333" })).Is(204);
        await Ends(number, "put-c");
        Assert.Null(await host.Item(number, "callBackOwed"));
        // Also where the gateway says the end first.
        const string other = "+22375000004";
        await PutThrough(other, "put-d");
        await Ends(other, "put-d");
        (await host.Bridge(new { @event = "connected", call = "put-d", from = other, to = "80333" })).Is(204);
        Assert.Null(await host.Item(other, "callBackOwed"));
    }

    [Fact]
    public async Task Twilio_shows_the_lines_number_and_says_what_became_of_it()
    {
        const string number = "+22675000005";
        await host.Twilio(number, "CA-put", "", [("CallStatus", "ringing")]);
        var item = (await host.Item(number, "callRinging"))!.Value;
        (await (await host.Taker()).Post($"/api/v1/hotline/items/{Id(item)}/take")).Is(200);
        var dial = (await host.Twilio(number, "CA-put", "?in=wait&turn=1&on=key", [("CallStatus", "in-progress")])).Is(200).Body;
        Assert.Contains("<Dial callerId=\"+22680001287\" timeout=\"20\" action=\"", dial, StringComparison.Ordinal);
        Assert.Contains("on=dialled", dial, StringComparison.Ordinal);
        Assert.DoesNotContain(number, dial, StringComparison.Ordinal);
        Assert.Contains("Restez en ligne", (await host.Twilio(number, "CA-put", "?in=wait&turn=2&on=dialled", [("CallStatus", "in-progress"), ("DialCallStatus", "no-answer")])).Is(200).Body, StringComparison.Ordinal);
        (await (await host.Taker()).Post($"/api/v1/hotline/items/{Id(await Ringing(number))}/take")).Is(200);
        Assert.Contains("<Dial", (await host.Twilio(number, "CA-put", "?in=wait&turn=3&on=key", [("CallStatus", "in-progress")])).Is(200).Body, StringComparison.Ordinal);
        Assert.Contains("<Hangup", (await host.Twilio(number, "CA-put", "?in=wait&turn=4&on=dialled", [("CallStatus", "in-progress"), ("DialCallStatus", "completed")])).Is(200).Body, StringComparison.Ordinal);
        (await host.Twilio(number, "CA-put", "", [("CallStatus", "completed")])).Is(204);
        Assert.Null(await host.Item(number, "callBackOwed"));
    }

    [Fact]
    public async Task Who_hangs_up_while_Twilio_rings_the_call_taker_does_not_ring_again_and_is_owed_a_human()
    {
        const string number = "+22675000009";
        await host.Twilio(number, "CA-gone", "", [("CallStatus", "ringing")]);
        var item = (await host.Item(number, "callRinging"))!.Value;
        (await (await host.Taker()).Post($"/api/v1/hotline/items/{Id(item)}/take")).Is(200);
        Assert.Contains("<Dial", (await host.Twilio(number, "CA-gone", "?in=wait&turn=1&on=key", [("CallStatus", "in-progress")])).Is(200).Body, StringComparison.Ordinal);
        (await host.Twilio(number, "CA-gone", "?in=wait&turn=2&on=dialled", [("CallStatus", "completed"), ("DialCallStatus", "no-answer")])).Is(204);
        (await host.Twilio(number, "CA-gone", "", [("CallStatus", "completed")])).Is(204);
        var owed = (await host.Item(number, "callBackOwed"))!.Value;
        Assert.Equal("ringing", owed.GetProperty("state").GetString());
        Assert.Equal(Id(item), Id((await host.Item(number, "callRinging"))!.Value));
        Assert.False((await host.Contact(owed)).TryGetProperty("callBack", out _));
    }

    [Fact]
    public async Task Where_nobody_picks_up_Africas_Talking_comes_back_and_she_waits_on()
    {
        const string number = "+2290175000010";
        await host.Africa(number, "put-h", "isActive=1");
        (await (await host.Taker()).Post($"/api/v1/hotline/items/{Id((await host.Item(number, "callRinging"))!.Value)}/take")).Is(200);
        var dial = XDocument.Parse((await host.Africa(number, "put-h", "isActive=1", "?in=wait&turn=1&on=key")).Is(200).Body).Root!.Elements().ToArray();
        Assert.Equal(["Dial", "Redirect"], dial.Select(e => e.Name.LocalName));
        var next = new Uri(dial[1].Value).Query;
        Assert.Contains("on=dialled", next, StringComparison.Ordinal);
        var item = Id((await host.Item(number, "callRinging"))!.Value);
        Assert.Contains("Restez en ligne", (await host.Africa(number, "put-h", "isActive=1&dtmfDigits=", next)).Is(200).Body, StringComparison.Ordinal);
        Assert.NotEqual(item, Id(await Ringing(number)));
    }

    [Fact]
    public async Task Africas_Talking_says_it_with_the_end()
    {
        foreach (var (number, session, seconds) in new[] { ("+2290175000006", "put-e", 0), ("+2290175000007", "put-f", 31) })
        {
            await host.Africa(number, session, "isActive=1");
            var item = (await host.Item(number, "callRinging"))!.Value;
            (await (await host.Taker()).Post($"/api/v1/hotline/items/{Id(item)}/take")).Is(200);
            var dial = (await host.Africa(number, session, "isActive=1", "?in=wait&turn=1&on=key")).Is(200).Body;
            Assert.Contains("callerId=\"+22920000000\"", dial, StringComparison.Ordinal);
            (await host.Africa(number, session, $"isActive=0&durationInSeconds=60&dialDurationInSeconds={seconds}")).Is(204);
            Assert.Equal(seconds == 0, await host.Item(number, "callBackOwed") is not null);
        }
    }

    [Fact]
    public async Task Whoever_took_it_without_a_number_of_her_own_still_has_it_and_rings_her()
    {
        const string number = "+22375000008";
        await Rings(number, "put-g");
        var item = (await host.Item(number, "callRinging"))!.Value;
        (await (await host.Taker()).Post($"/api/v1/hotline/items/{Id(item)}/take")).Is(200);
        await Eventually.Get(() => host.Contact(item), c => c.GetProperty("items")[0].TryGetProperty("takenBy", out _));
        await Ends(number, "put-g");
        Assert.Null(await host.Item(number, "callBackOwed"));
        Assert.Equal("taken", (await host.Item(number, "callRinging"))!.Value.GetProperty("state").GetString());
    }

    private async Task<JsonElement> PutThrough(string number, string call)
    {
        var greeted = await Rings(number, call);
        (await (await host.Taker()).Post($"/api/v1/hotline/items/{Id((await host.Item(number, "callRinging"))!.Value)}/take")).Is(200);
        return (await host.Bridge(new { @event = "key", call, from = number, to = "80333", next = greeted.GetProperty("next").GetString() })).Is(200).Json;
    }

    /// <summary>What rings of her calls and nobody has.</summary>
    private async Task<JsonElement> Ringing(string number)
    {
        var contact = host.App.Services.GetRequiredService<ContactDesk>().IdOf(new InboundNumber("one", "any", number));
        return Assert.Single(await host.Items(), i => i.GetProperty("contactId").GetString() == contact && i.GetProperty("reason").GetString() == "callRinging" && i.GetProperty("state").GetString() == "ringing");
    }

    private async Task<JsonElement> Rings(string number, string call) => (await host.Bridge(new { @event = "incoming", call, from = number, to = "80333" })).Is(200).Json;

    private async Task Ends(string number, string call) => (await host.Bridge(new { @event = "ended", call, from = number, to = "80333" })).Is(204);

    private static string Id(JsonElement item) => item.GetProperty("itemId").GetString()!;
}
