using System.Text.Json;
using Dispatch.Grains.Contacts;
using Dispatch.Web.Contacts;
using Dispatch.Web.Gateways.Voice.Incoming;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Web.Tests.Gateways.Voice.Incoming;

/// <summary>Calls without a number, of which nobody can tell whose the next one is: all of a line share some places, none is dropped, and a human knows that there are more.</summary>
public sealed class WithheldTests : IAsyncLifetime
{
    private readonly LineHost _host = new();
    private readonly Dictionary<string, string> _next = [];

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task However_many_ring_a_line_has_so_many_of_them_and_whoever_has_a_number_stands_beside_them()
    {
        for (var n = 0; n < 3 * WithheldCalls.Places; n++) Assert.StartsWith("language", (await Rings($"w-{n}")).GetProperty("next").GetString(), StringComparison.Ordinal);
        Assert.Equal(WithheldCalls.Places, await Ringing());
        // A human is told that there are more, and by its own words how many, at least.
        var more = await _host.Contact((await All())!.Value);
        Assert.Equal(16, more.GetProperty("notKept").GetInt32());
        Assert.False(more.TryGetProperty("number", out _));

        (await _host.Bridge(new { @event = "incoming", call = "hers", from = "+22373000001", to = "80333" })).Is(200);
        Assert.NotNull(await _host.Item("+22373000001", "callRinging"));
        // Those beyond it left nothing behind.
        Assert.Null(await View($"w-{WithheldCalls.Places}"));
    }

    [Fact]
    public async Task Beyond_the_places_a_call_rings_on_and_stands_in_the_queue_as_soon_as_one_is_free()
    {
        for (var n = 0; n <= WithheldCalls.Places; n++) await Rings($"w-{n}");
        var last = $"w-{WithheldCalls.Places}";
        Assert.StartsWith("language", (await Waits(last)).GetProperty("next").GetString(), StringComparison.Ordinal);
        Assert.Null(await View(last));

        var taker = await _host.Taker();
        var item = (await _host.Items()).First(i => i.GetProperty("reason").GetString() == "callRinging");
        (await taker.Post($"/api/v1/hotline/items/{item.GetProperty("itemId").GetString()}/take")).Is(200);
        _host.Clock.Advance(TimeSpan.FromSeconds(12));
        await Eventually.Get(async () => { await Waits(last); return await View(last); }, contact => contact is not null);
        Assert.Single((await View(last))!.Items);
    }

    [Fact]
    public async Task Who_asks_for_help_has_places_that_mere_ringing_cannot_take()
    {
        for (var n = 0; n < 2 * WithheldCalls.Places; n++) await Rings($"w-{n}");
        for (var n = WithheldCalls.Places; n < WithheldCalls.Places + WithheldCalls.PlacesForHelp; n++)
        {
            Assert.StartsWith("noted", (await Presses($"w-{n}", "9")).GetProperty("next").GetString(), StringComparison.Ordinal);
            Assert.NotNull((await View($"w-{n}"))!.Tie);
        }

        // Then those are full, too: she is not told that it was noted, and may press it again.
        Assert.StartsWith("language", (await Presses($"w-{(2 * WithheldCalls.Places) - 1}", "9")).GetProperty("next").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_hangs_up_leaves_her_place_and_is_one_thing_with_all_the_others()
    {
        for (var n = 0; n < WithheldCalls.Places; n++)
        {
            await Rings($"w-{n}");
            await HangsUp($"w-{n}");
            await HangsUp($"w-{n}");
        }

        var missed = Assert.Single(await _host.Items());
        Assert.Equal("callBackOwed", missed.GetProperty("reason").GetString());
        var contact = await _host.Contact(missed);
        Assert.Equal(WithheldCalls.Places, contact.GetProperty("events").EnumerateArray().Count(e => e.GetProperty("kind").GetString() == "callMissed"));
        Assert.False(contact.TryGetProperty("notKept", out var more) && more.GetInt32() > 0);
        await Rings("w-again");
        Assert.Equal(1, await Ringing());
    }

    [Fact]
    public async Task Whose_call_somebody_has_is_not_missed_and_goes_on()
    {
        await Rings("w-1");
        var item = Assert.Single(await _host.Items());
        (await (await _host.Taker()).Post($"/api/v1/hotline/items/{item.GetProperty("itemId").GetString()}/take")).Is(200);
        Assert.Equal(LineHost.Desk, (await Waits("w-1")).GetProperty("connect").GetString());
        await HangsUp("w-1");
        Assert.Null(await All());
    }

    [Fact]
    public async Task Who_hung_up_after_she_asked_for_help_is_owed_a_human_of_her_own()
    {
        await Rings("w-1");
        await Presses("w-1", "9");
        await HangsUp("w-1");
        Assert.Contains(await _host.Items(), i => i.GetProperty("contactId").GetString() == IdOf("w-1") && i.GetProperty("reason").GetString() == "callBackOwed");
        Assert.Null(await All());
    }

    [Fact]
    public async Task Nobody_is_told_that_she_will_be_rung_whom_nobody_can_ring()
    {
        await Rings("w-1");
        Assert.StartsWith("menu", (await Presses("w-1", "1")).GetProperty("next").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("wait", (await Presses("w-1", "1")).GetProperty("next").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, await Ringing());
    }

    [Fact]
    public async Task However_soon_each_hangs_up_a_minute_has_so_many_of_them()
    {
        for (var n = 0; n < WithheldCalls.PerMinute + 8; n++)
        {
            await Rings($"w-{n}");
            await HangsUp($"w-{n}");
        }

        Assert.NotNull(await View($"w-{WithheldCalls.PerMinute - 1}"));
        Assert.Null(await View($"w-{WithheldCalls.PerMinute}"));
        Assert.Equal(8, (await _host.Contact((await All())!.Value)).GetProperty("notKept").GetInt32());
        await Rings("w-help");
        Assert.StartsWith("noted", (await Presses("w-help", "9")).GetProperty("next").GetString(), StringComparison.Ordinal);
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        await Rings("w-later");
        Assert.NotNull(await View("w-later"));
    }

    [Fact]
    public async Task On_a_number_that_takes_no_call_only_that_somebody_rang_is_kept()
    {
        for (var n = 0; n < 3; n++)
        {
            Assert.True((await _host.Bridge(new { @event = "incoming", call = $"b-{n}", to = LineHost.BeepNumber })).Is(200).Json.GetProperty("reject").GetBoolean());
            (await _host.Bridge(new { @event = "ended", call = $"b-{n}", to = LineHost.BeepNumber })).Is(204);
            Assert.Null(await View($"b-{n}"));
        }

        Assert.Equal(3, (await _host.Contact(Assert.Single(await _host.Items()))).GetProperty("events").EnumerateArray().Count(e => e.GetProperty("kind").GetString() == "callMissed"));
    }

    private async Task<JsonElement> Rings(string call) => Note(call, (await _host.Bridge(new { @event = "incoming", call, to = "80333" })).Is(200).Json);

    private async Task<JsonElement> Presses(string call, string digits) => Note(call, (await _host.Bridge(new { @event = "key", call, to = "80333", digits, next = _next[call] })).Is(200).Json);

    private async Task<JsonElement> Waits(string call) => Note(call, (await _host.Bridge(new { @event = "key", call, to = "80333", next = _next[call] })).Is(200).Json);

    private async Task HangsUp(string call) => (await _host.Bridge(new { @event = "ended", call, to = "80333" })).Is(204);

    private JsonElement Note(string call, JsonElement said)
    {
        if (said.TryGetProperty("next", out var next)) _next[call] = next.GetString()!;
        return said;
    }

    private async Task<int> Ringing() => (await _host.Items()).Count(i => i.GetProperty("reason").GetString() == "callRinging");

    private async Task<JsonElement?> All()
    {
        var id = _host.App.Services.GetRequiredService<ContactDesk>().IdOf(new InboundNumber("one", "bridge", null) { Together = true });
        return (await _host.Items()).Where(i => i.GetProperty("contactId").GetString() == id).Select(i => (JsonElement?)i).SingleOrDefault();
    }

    private string IdOf(string call) => _host.App.Services.GetRequiredService<ContactDesk>().IdOf(new InboundNumber("one", "bridge", null, call));

    private Task<Dispatch.Domain.Contacts.Contact?> View(string call) => _host.App.Services.GetRequiredService<IGrainFactory>().GetGrain<IContactGrain>(IdOf(call)).View();
}
