using System.Text.Json;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways.Voice.Incoming;

/// <summary>A telephone rings the line: what she hears, what the consoles see, and who speaks with whom.</summary>
public sealed class IncomingCallTests(LineHost host) : IClassFixture<LineHost>
{
    [Fact]
    public async Task From_her_first_ring_to_a_human_and_advice_that_is_no_alert()
    {
        const string number = "+22371000001";
        var (taker, greeted) = (await host.Taker(), await Rings(number, "call-a"));
        Assert.Equal(("ivr.language", 8), (greeted.GetProperty("words").GetString(), greeted.GetProperty("keySeconds").GetInt32()));
        var item = (await host.Item(number, "callRinging"))!.Value;
        Assert.Equal("ringing", item.GetProperty("state").GetString());
        Assert.Equal(TimeSpan.FromSeconds(30), item.GetProperty("dueAt").GetDateTimeOffset() - item.GetProperty("ringsAt").GetDateTimeOffset());

        var menu = await Presses(number, "call-a", "2", greeted);
        Assert.Equal(("ivr.menu", "en"), (menu.GetProperty("words").GetString(), menu.GetProperty("language").GetString()));
        var waits = await Presses(number, "call-a", "", menu);
        Assert.Equal("ivr.wait", waits.GetProperty("words").GetString());

        (await taker.Post($"/api/v1/hotline/items/{Id(item)}/take")).Is(200);
        Assert.Equal(LineHost.Desk, (await Presses(number, "call-a", "", waits)).GetProperty("connect").GetString());
        (await host.Bridge(new { @event = "connected", call = "call-a", from = number, to = "80333" })).Is(204);
        (await host.Bridge(new { @event = "ended", call = "call-a", from = number, to = "80333" })).Is(204);
        (await taker.Post($"/api/v1/hotline/items/{Id(item)}/close", new { outcome = "advice" })).Is(200);
        Assert.Null(await Eventually.Get(() => host.Item(number, "callRinging"), i => i is null));
    }

    [Fact]
    public async Task Nine_is_an_alert_from_anywhere_and_its_channel_is_for_the_line_alone()
    {
        const string number = "+22371000002";
        var noted = await Presses(number, "call-b", "9", await Rings(number, "call-b"));
        Assert.Equal("ivr.noted", noted.GetProperty("words").GetString());
        var item = (await Eventually.Get(() => host.Item(number, "callRinging"), i => i is { } x && x.TryGetProperty("alertId", out _)))!.Value;
        var alert = item.GetProperty("alertId").GetString();
        var seen = await Eventually.Get(async () => await (await host.Taker()).Get($"/api/v1/alerts/{alert}"), a => a.Status == 200);
        Assert.DoesNotContain(number[4..], seen.Body, StringComparison.Ordinal);
        var tie = (await Eventually.Get(() => host.Contact(item), c => c.GetProperty("tie").GetProperty("raised").GetBoolean())).GetProperty("tie");
        Assert.Equal((alert, 0), (tie.GetProperty("alertId").GetString(), tie.GetProperty("merged").GetInt32()));

        await Presses(number, "call-b", "9", noted);
        Assert.Equal(1, (await host.Contact(item)).GetProperty("tie").GetProperty("merged").GetInt32());
        var contact = item.GetProperty("contactId").GetString();
        var parted = (await (await host.Taker()).Post($"/api/v1/hotline/contacts/{contact}/untie", new { alertId = alert, separate = true })).Is(200).Json;
        Assert.NotEqual(alert, parted.GetProperty("tie").GetProperty("alertId").GetString());
        Assert.Equal(alert, parted.GetProperty("formerTies")[0].GetProperty("alertId").GetString());
    }

    [Fact]
    public async Task A_beep_is_not_picked_up_and_rung_back_in_silence_until_she_gives_a_sign()
    {
        const string number = "+22371000003";
        var rejected = (await host.Bridge(new { @event = "incoming", call = "call-c", from = number, to = LineHost.BeepNumber })).Is(200).Json;
        Assert.True(rejected.GetProperty("reject").GetBoolean());
        Assert.NotNull(await host.Item(number, "callBackOwed"));
        await Eventually.Get(() => Task.FromResult(host.Calls(number).Count), n => n > 0);
        var reference = host.Reference(number);
        Assert.DoesNotContain(number[4..], reference, StringComparison.Ordinal);

        var silent = (await host.Bridge(new { @event = "answered", call = reference, to = number }, reference: reference)).Is(200).Json;
        Assert.Equal((false, false, 8), (silent.TryGetProperty("text", out _), silent.TryGetProperty("words", out _), silent.GetProperty("keySeconds").GetInt32()));
        Assert.Null(await host.Item(number, "callRinging"));
        var hello = (await host.Bridge(new { @event = "key", call = reference, to = number, digits = "5", next = silent.GetProperty("next").GetString() }, reference: reference)).Is(200).Json;
        Assert.Equal("ivr.hello", hello.GetProperty("words").GetString());
        Assert.NotNull(await host.Item(number, "callRinging"));
        Assert.Null(await host.Item(number, "callBackOwed"));
    }

    [Fact]
    public async Task Who_hangs_up_first_is_owed_a_call_and_nothing_is_said_to_whoever_picks_up_in_her_place()
    {
        const string number = "+22371000004";
        await Rings(number, "call-d");
        (await host.Bridge(new { @event = "ended", call = "call-d", from = number, to = "80333" })).Is(204);
        await Eventually.Get(() => Task.FromResult(host.Calls(number).Count), n => n > 0);
        var reference = host.Reference(number);
        var silent = (await host.Bridge(new { @event = "answered", call = reference, to = number }, reference: reference)).Is(200).Json;
        var still = (await host.Bridge(new { @event = "key", call = reference, to = number, next = silent.GetProperty("next").GetString() }, reference: reference)).Is(200).Json;
        var over = (await host.Bridge(new { @event = "key", call = reference, to = number, next = still.GetProperty("next").GetString() }, reference: reference)).Is(200).Json;
        Assert.All([silent, still, over], step => Assert.False(step.TryGetProperty("text", out _)));
        Assert.Equal(0, over.GetProperty("keySeconds").GetInt32());
        Assert.NotNull(await host.Item(number, "callBackOwed"));
        // Whoever answers for another number was never called.
        Assert.Equal(0, (await host.Bridge(new { @event = "answered", call = reference, to = "+22371999999" }, reference: reference)).Is(200).Json.GetProperty("keySeconds").GetInt32());
    }

    [Fact]
    public async Task Twilios_and_Africas_Talkings_calls_are_the_same_calls()
    {
        const string burkina = "+22671000005", benin = "+2290171000006";
        var gather = (await host.Twilio(burkina, "CA5", "", [("CallStatus", "ringing")])).Is(200).Body;
        Assert.Contains("<Gather input=\"dtmf\" numDigits=\"1\"", gather, StringComparison.Ordinal);
        Assert.Contains("in=language&amp;turn=0&amp;on=key", gather, StringComparison.Ordinal);
        Assert.NotNull(await host.Item(burkina, "callRinging"));
        Assert.Contains("rappelé", (await host.Twilio(burkina, "CA5", "?in=menu&turn=0&on=key", [("CallStatus", "in-progress"), ("Digits", "1")])).Is(200).Body, StringComparison.Ordinal);
        (await host.Twilio(burkina, "CA5", "", [("CallStatus", "completed")])).Is(204);
        Assert.Null(await host.Item(burkina, "callRinging"));
        Assert.NotNull(await host.Item(burkina, "callBackOwed"));

        Assert.Contains("<GetDigits", (await host.Africa(benin, "ATV6", "isActive=1")).Is(200).Body, StringComparison.Ordinal);
        Assert.NotNull(await host.Item(benin, "callRinging"));
        Assert.Contains("Restez en ligne", (await host.Africa(benin, "ATV6", "isActive=1&dtmfDigits=9", "?in=language&turn=0&on=key")).Is(200).Body, StringComparison.Ordinal);
        (await host.Africa(benin, "ATV6", "isActive=0&durationInSeconds=12")).Is(204);
        Assert.NotNull(await host.Item(benin, "callBackOwed"));
    }

    [Fact]
    public async Task Whoever_has_it_rings_her_through_the_line_and_is_put_through()
    {
        const string number = "+22371000008";
        await Rings(number, "call-h");
        var (taker, item) = (await host.Taker(), (await host.Item(number, "callRinging"))!.Value);
        var contact = $"/api/v1/hotline/contacts/{item.GetProperty("contactId").GetString()}";
        (await taker.Post($"{contact}/call-back")).Is(409, "not_yours");
        (await taker.Post($"/api/v1/hotline/items/{Id(item)}/take")).Is(200);
        await Eventually.Get(() => host.Contact(item), c => c.GetProperty("items")[0].TryGetProperty("takenBy", out _));
        (await host.Bridge(new { @event = "ended", call = "call-h", from = number, to = "80333" })).Is(204);
        (await taker.Post($"{contact}/call-back")).Is(200);
        await Eventually.Get(() => Task.FromResult(host.Calls(number).Count), n => n > 0);
        var reference = host.Reference(number);
        var silent = (await host.Bridge(new { @event = "answered", call = reference, to = number }, reference: reference)).Is(200).Json;
        var hello = (await host.Bridge(new { @event = "key", call = reference, to = number, digits = "1", next = silent.GetProperty("next").GetString() }, reference: reference)).Is(200).Json;
        var put = (await host.Bridge(new { @event = "key", call = reference, to = number, next = hello.GetProperty("next").GetString() }, reference: reference)).Is(200).Json;
        Assert.Equal(LineHost.Desk, put.GetProperty("connect").GetString());
        (await taker.Post($"/api/v1/hotline/items/{Id(item)}/close", new { outcome = "resolved" })).Is(200);
    }

    [Fact]
    public async Task Two_who_withhold_their_number_are_two()
    {
        var before = (await host.Items()).Select(Id).ToHashSet();
        foreach (var call in new[] { "CA-hidden-1", "CA-hidden-2" }) (await host.Twilio("+266696687", call, "", [("CallStatus", "ringing")])).Is(200);
        var hidden = (await host.Items()).Where(i => i.GetProperty("reason").GetString() == "callRinging" && !before.Contains(Id(i)));
        Assert.Equal(2, hidden.Select(i => i.GetProperty("contactId").GetString()).Distinct().Count());
        foreach (var call in new[] { "CA-hidden-1", "CA-hidden-2" }) (await host.Twilio("+266696687", call, "", [("CallStatus", "completed")])).Is(204);
    }

    [Fact]
    public async Task A_number_is_marked_as_safe_or_not_and_nobody_of_another_line_sees_it()
    {
        const string number = "+22371000007";
        await Rings(number, "call-g");
        var contact = (await host.Item(number, "callRinging"))!.Value.GetProperty("contactId").GetString();
        var marked = (await (await host.Taker()).Put($"/api/v1/hotline/contacts/{contact}/mark", new { mayCall = true, mayText = false, from = "08:00", until = "18:00" })).Is(200).Json;
        Assert.Equal((true, false), (marked.GetProperty("mark").GetProperty("mayCall").GetBoolean(), marked.GetProperty("mayText").GetBoolean()));
        (await (await host.Taker()).Put($"/api/v1/hotline/contacts/{contact}/mark", new { mayCall = true, mayText = false, from = "soon" })).Is(400, "invalid_body");
        (await (await host.SignIn("elsewhere")).Get($"/api/v1/hotline/contacts/{contact}")).Is(404, "not_found");
        (await (await host.SignIn("nurse0")).Get($"/api/v1/hotline/contacts/{contact}")).Is(403, "not_allowed");
        Assert.Equal(number, (await (await host.Taker()).Get($"/api/v1/hotline/contacts/{contact}")).Is(200).Text("number"));
        Assert.Contains(await host.Audit(), row => row.Action == "contact.read" && row.Alert == contact);
    }

    [Fact]
    public async Task The_lines_figures_are_for_supervisors_and_small_counts_are_not_said()
    {
        (await (await host.Taker()).Get("/api/v1/hotline/one/figures")).Is(403, "not_allowed");
        var boss = await host.SignIn("boss");
        var figures = (await boss.Get("/api/v1/hotline/one/figures")).Is(200).Json;
        Assert.Equal((30, 85, 180, 80), (Target("answerSeconds"), Target("answerPercent"), Target("callBackSeconds"), Target("callBackPercent")));
        (await boss.Get($"/api/v1/hotline/one/figures?at={Moment(TimeSpan.FromHours(-13))}")).Is(200);
        // What goes on, or begins to be forgotten, would tell of one woman who is counted now or is no more.
        (await boss.Get($"/api/v1/hotline/one/figures?at={Moment(TimeSpan.Zero)}")).Is(400, "invalid_body");
        (await boss.Get($"/api/v1/hotline/one/figures?at={Moment(TimeSpan.FromDays(-40))}")).Is(400, "invalid_body");
        (await boss.Get("/api/v1/hotline/two/figures")).Is(404, "not_found");

        string Moment(TimeSpan from) => Uri.EscapeDataString((host.Clock.GetUtcNow() + from).ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        int Target(string name) => figures.GetProperty("targets").GetProperty(name).GetInt32();
    }

    private async Task<JsonElement> Rings(string number, string call) => (await host.Bridge(new { @event = "incoming", call, from = number, to = "80333" })).Is(200).Json;

    private async Task<JsonElement> Presses(string number, string call, string digits, JsonElement after) =>
        (await host.Bridge(new { @event = "key", call, from = number, to = "80333", digits, next = after.GetProperty("next").GetString() })).Is(200).Json;

    private static string Id(JsonElement item) => item.GetProperty("itemId").GetString()!;
}
