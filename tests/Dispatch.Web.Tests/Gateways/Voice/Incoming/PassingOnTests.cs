using System.Text.Json;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways.Voice.Incoming;

/// <summary>What rang goes to a colleague, to a supervisor, or back to the queue, by the rules of every other item.</summary>
public sealed class PassingOnTests(LineHost host) : IClassFixture<LineHost>
{
    [Fact]
    public async Task It_stays_with_whoever_offers_it_until_the_other_takes_it()
    {
        const string number = "+22373000001";
        var (taker, boss) = (await host.Taker(), await host.SignIn("boss"));
        var item = await Taken(taker, number, "pass-a");
        var to = (await boss.Get("/api/v1/me")).Is(200).Text("accountId");
        (await boss.Post($"{item}/transfer", new { to })).Is(400, "invalid_body");
        (await (await host.SignIn("elsewhere")).Post($"{item}/transfer", new { to })).Is(404, "not_found");
        (await taker.Post($"{item}/transfer", new { to = "nobody" })).Is(400, "invalid_body");
        var offered = (await taker.Post($"{item}/transfer", new { to })).Is(200).Json;
        Assert.Equal(("Taker", "Boss", false), (Name(offered, "takenBy"), offered.GetProperty("offered").GetProperty("to")[0].GetProperty("displayName").GetString(), offered.GetProperty("offered").GetProperty("over").GetBoolean()));

        (await boss.Post($"{item}/refuse")).Is(200);
        (await boss.Post($"{item}/take")).Is(409, "taken_by_other");
        (await taker.Post($"{item}/transfer", new { supervisor = true })).Is(200);
        (await boss.Post($"{item}/take")).Is(200);
        (await taker.Post($"{item}/close", new { outcome = "resolved" })).Is(409, "not_yours");
        var row = (await host.Item(number, "callRinging"))!.Value;
        Assert.Equal("Boss", Name(row, "takenBy"));
        await Eventually.Get(() => host.Contact(row), c => Name(c.GetProperty("items")[0], "takenBy") == "Boss");
        (await boss.Post($"{item}/close", new { outcome = "resolved" })).Is(200);
        Assert.Contains(await host.Audit(), r => r.Action == "item.transfer" && r.Alert == row.GetProperty("contactId").GetString());
    }

    [Fact]
    public async Task Whoever_must_not_know_of_the_alert_is_not_offered_the_number_that_it_came_from()
    {
        const string number = "+22373000002";
        var (taker, boss) = (await host.Taker(), await host.SignIn("boss"));
        var item = await Taken(taker, number, "pass-b");
        var alert = (await host.Anybody().Raised(new { exclusions = new { people = new[] { "Boss" } } })).Id;
        var contact = (await host.Item(number, "callRinging"))!.Value.GetProperty("contactId").GetString();
        (await taker.Post($"/api/v1/hotline/contacts/{contact}/tie", new { alertId = alert })).Is(200);
        (await taker.Post($"{item}/transfer", new { to = (await boss.Get("/api/v1/me")).Is(200).Text("accountId") })).Is(400, "invalid_body");
        (await boss.Post($"{item}/take-over")).Is(404, "not_found");
        (await boss.Post($"{item}/refuse")).Is(404, "not_found");
        var offered = (await taker.Post($"{item}/transfer", new { supervisor = true })).Is(200).Json.GetProperty("offered");
        Assert.Equal("Backup", Assert.Single(offered.GetProperty("to").EnumerateArray()).GetProperty("displayName").GetString());
    }

    [Fact]
    public async Task Whoever_has_what_she_must_no_longer_know_of_does_not_see_it_and_hands_it_back_all_the_same()
    {
        const string number = "+22373000007";
        var (taker, boss) = (await host.Taker(), await host.SignIn("boss"));
        await Taken(taker, number, "pass-g");
        var contact = (await host.Item(number, "callRinging"))!.Value.GetProperty("contactId").GetString();
        var alert = (await host.Anybody().Raised(new { exclusions = new { people = new[] { "Taker" } } })).Id;
        (await boss.Post($"/api/v1/hotline/contacts/{contact}/tie", new { alertId = alert })).Is(200);
        Assert.Null(await host.Item(number, "callRinging"));
        async Task<JsonElement> Hers() => (await boss.Get("/api/v1/hotline/one/queue")).Is(200).Json.GetProperty("items").EnumerateArray().Single(i => i.TryGetProperty("contactId", out var id) && id.GetString() == contact);
        Assert.Equal("Taker", Name(await Hers(), "takenBy"));
        (await taker.Post("/api/v1/hotline/one/hand-back")).Is(200);
        await Eventually.Get(Hers, i => i.GetProperty("state").GetString() == "ringing");
    }

    [Fact]
    public async Task Nobody_whom_an_alert_of_the_number_shuts_out_is_passed_it_also_after_the_two_were_parted()
    {
        const string number = "+22373000008";
        var (taker, backup) = (await host.Taker(), await host.SignIn("backup"));
        var item = await Taken(taker, number, "pass-h");
        var contact = (await host.Item(number, "callRinging"))!.Value.GetProperty("contactId").GetString();
        var alert = (await host.Anybody().Raised(new { exclusions = new { people = new[] { "Backup" } } })).Id;
        foreach (var act in new[] { "tie", "untie" }) (await taker.Post($"/api/v1/hotline/contacts/{contact}/{act}", new { alertId = alert })).Is(200);
        (await taker.Post($"{item}/transfer", new { to = (await backup.Get("/api/v1/me")).Is(200).Text("accountId") })).Is(400, "invalid_body");
        (await backup.Post($"{item}/take-over")).Is(404, "not_found");
    }

    [Fact]
    public async Task A_supervisor_takes_over_what_somebody_else_has_and_a_call_taker_does_not()
    {
        const string number = "+22373000003";
        var (taker, backup) = (await host.Taker(), await host.SignIn("backup"));
        var item = await Taken(taker, number, "pass-c");
        (await taker.Post($"{item}/take-over")).Is(403, "not_allowed");
        (await backup.Post($"{item}/take-over")).Is(200);
        (await taker.Post($"{item}/close", new { outcome = "resolved" })).Is(409, "not_yours");
        Assert.Equal("Backup", Name((await host.Item(number, "callRinging"))!.Value, "takenBy"));
    }

    [Fact]
    public async Task At_the_end_of_a_shift_calls_and_call_backs_ring_again_beside_her_alerts_and_nothing_of_anybody_else()
    {
        const string calls = "+22373000004", owed = "+22373000005", others = "+22373000006";
        var (taker, backup) = (await host.Taker(), await host.SignIn("backup"));
        await Taken(taker, calls, "pass-d");
        await host.Bridge(new { @event = "incoming", call = "pass-e", from = owed, to = LineHost.BeepNumber });
        (await taker.Post(Path((await host.Item(owed, "callBackOwed"))!.Value) + "/take")).Is(200);
        await Taken(backup, others, "pass-f");
        var alert = (await host.Anybody().Raised(new { })).Id;
        (await taker.Post($"/api/v1/hotline/items/{alert}:newAlert/take")).Is(200);

        Assert.True((await taker.Post("/api/v1/hotline/one/hand-back")).Is(200).Json.GetProperty("items").GetInt32() >= 3);
        foreach (var (number, reason) in new[] { (calls, "callRinging"), (owed, "callBackOwed") }) await Eventually.Get(() => host.Item(number, reason), i => i?.GetProperty("state").GetString() == "ringing");
        Assert.Equal("Backup", Name((await host.Item(others, "callRinging"))!.Value, "takenBy"));
        Assert.Equal(0, (await taker.Post("/api/v1/hotline/one/hand-back")).Is(200).Json.GetProperty("items").GetInt32());
        var contact = (await host.Item(owed, "callBackOwed"))!.Value.GetProperty("contactId").GetString();
        Assert.Contains(await host.Audit(), r => r.Action == "item.handBack" && r.Alert == contact);
    }

    private async Task<string> Taken(Caller by, string number, string call)
    {
        (await host.Bridge(new { @event = "incoming", call, from = number, to = "80333" })).Is(200);
        var item = Path((await host.Item(number, "callRinging"))!.Value);
        (await by.Post($"{item}/take")).Is(200);
        return item;
    }

    private static string Path(JsonElement item) => $"/api/v1/hotline/items/{item.GetProperty("itemId").GetString()}";

    private static string? Name(JsonElement of, string who) => of.TryGetProperty(who, out var person) ? person.GetProperty("displayName").GetString() : null;
}
