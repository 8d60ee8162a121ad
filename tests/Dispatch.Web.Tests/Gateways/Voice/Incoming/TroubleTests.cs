using System.Text.Json;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways.Voice.Incoming;

/// <summary>While the store does not answer she hears the words that she would hear anyway, and stays on the line.</summary>
public sealed class TroubleTests(TroubledLineHost host) : IClassFixture<TroubledLineHost>, IDisposable
{
    [Fact]
    public async Task A_call_that_begins_while_nothing_can_be_kept_is_kept_with_its_next_step()
    {
        const string number = "+22374000001";
        host.StoreFails = true;
        var greeted = (await host.Bridge(new { @event = "incoming", call = "trouble-a", from = number, to = "80333" })).Is(200).Json;
        Assert.Equal(("ivr.language", 8), (Words(greeted), greeted.GetProperty("keySeconds").GetInt32()));
        Assert.Equal("ivr.language", Words(await Presses(number, "trouble-a", "2", greeted)));
        host.StoreFails = false;
        var menu = await Presses(number, "trouble-a", "2", greeted);
        Assert.Equal("ivr.menu", Words(menu));
        Assert.Equal("ivr.wait", Words(await Presses(number, "trouble-a", "", menu)));
        Assert.NotNull(await host.Item(number, "callRinging"));
    }

    [Fact]
    public async Task Who_waits_goes_on_waiting()
    {
        const string number = "+22374000002";
        var greeted = (await host.Bridge(new { @event = "incoming", call = "trouble-b", from = number, to = "80333" })).Is(200).Json;
        var waits = await Presses(number, "trouble-b", "", await Presses(number, "trouble-b", "1", greeted));
        (await (await host.Taker()).Post($"/api/v1/hotline/items/{(await host.Item(number, "callRinging"))!.Value.GetProperty("itemId").GetString()}/take")).Is(200);
        host.StoreFails = true;
        for (var turn = 0; turn < 3; turn++)
        {
            waits = await Presses(number, "trouble-b", "", waits);
            Assert.Equal(("ivr.wait", "fr"), (Words(waits), waits.GetProperty("language").GetString()));
        }

        host.StoreFails = false;
        Assert.Equal(LineHost.Desk, (await Presses(number, "trouble-b", "", waits)).GetProperty("connect").GetString());
    }

    [Fact]
    public async Task A_call_back_says_nothing_before_her_sign_even_then()
    {
        const string number = "+22374000003";
        (await host.Bridge(new { @event = "incoming", call = "trouble-c", from = number, to = LineHost.BeepNumber })).Is(200);
        await Eventually.Get(() => Task.FromResult(host.Calls(number).Count), n => n > 0);
        var reference = host.Reference(number);
        host.StoreFails = true;
        var silent = (await host.Bridge(new { @event = "answered", call = reference, to = number }, reference: reference)).Is(200).Json;
        var still = (await host.Bridge(new { @event = "key", call = reference, to = number, digits = "5", next = silent.GetProperty("next").GetString() }, reference: reference)).Is(200).Json;
        Assert.All([silent, still], step => Assert.Equal((false, 8), (step.TryGetProperty("text", out _), step.GetProperty("keySeconds").GetInt32())));
        host.StoreFails = false;
        Assert.Equal("ivr.hello", Words((await host.Bridge(new { @event = "key", call = reference, to = number, digits = "5", next = still.GetProperty("next").GetString() }, reference: reference)).Is(200).Json));
    }

    public void Dispose() => host.StoreFails = false;

    private async Task<JsonElement> Presses(string number, string call, string digits, JsonElement after) =>
        (await host.Bridge(new { @event = "key", call, from = number, to = "80333", digits, next = after.GetProperty("next").GetString() })).Is(200).Json;

    private static string? Words(JsonElement step) => step.GetProperty("words").GetString();
}
