using System.Text.Json;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways.Voice.Incoming;

/// <summary>A call-taker writes down what she who rang says: one woman, one alert, and tied to her number in the same act.</summary>
public sealed class TalkingWithHerTests(LineHost host) : IClassFixture<LineHost>
{
    [Fact]
    public async Task What_she_says_after_asking_by_a_key_is_added_to_that_alert_and_no_second_one_is_made()
    {
        const string number = "+22372000001";
        var (item, contact) = await Taken(number, "talk-a", "9");
        var alert = (await Eventually.Get(() => host.Contact(item), c => c.TryGetProperty("tie", out var t) && t.GetProperty("raised").GetBoolean())).GetProperty("tie").GetProperty("alertId").GetString();
        var body = new
        {
            needs = new[] { "shelter" }, agreed = new { wordingVersion = "2026-11", language = "fr" }, area = Programme.River, location = new { landmark = "behind the pharmacy" }, language = "bm",
            ageBand = "15to17", limitsWording = "2026-11", note = "he comes back at six", safeContact = new { channel = "call", number = "72000001", codeWord = "mango" },
        };
        var key = Key();
        var added = (await Raises(contact, body, key)).Is(200);
        Assert.Equal((alert, true), (added.Text("alertId"), added.Json.GetProperty("joined").GetBoolean()));
        var said = (await Alert(alert)).Body;
        // Sent again after a lost answer.
        Assert.Equal(alert, (await Raises(contact, body, key)).Is(200).Text("alertId"));
        var seen = await Eventually.Get(() => Alert(alert), a => a.Json.GetProperty("needs").EnumerateArray().Any(n => n.GetProperty("need").GetString() == "shelter"));
        Assert.Equal(("bm", "15to17", "he comes back at six"), (seen.Text("language"), seen.Text("ageBand"), seen.Text("note")));
        Assert.Contains("River, behind the pharmacy", seen.Body, StringComparison.Ordinal);
        Assert.Contains("mango", seen.Body, StringComparison.Ordinal);
        Assert.Equal("Taker", seen.Json.GetProperty("agreed").GetProperty("by").GetString());
        Assert.Equal(Count(said, "noteAdded"), Count(seen.Body, "noteAdded"));
        Assert.Equal([alert], await Alerts(contact));
        await Eventually.Get(() => Alert(alert), a => a.Json.TryGetProperty("takenBy", out var by) && by.GetProperty("displayName").GetString() == "Taker");
    }

    [Fact]
    public async Task Who_asked_for_nothing_yet_gets_an_alert_that_her_number_is_tied_to_and_one_item_rings_for_it()
    {
        var (item, contact) = await Taken("+22372000002", "talk-b");
        var (key, body) = (Key(), new { needs = new[] { "health" }, agreed = new { wordingVersion = "2026-11", language = "fr" } });
        var alert = (await Raises(contact, body, key)).Is(201).Text("alertId");
        var tie = (await host.Contact(item)).GetProperty("tie");
        Assert.Equal((alert, "staff", "Taker"), (tie.GetProperty("alertId").GetString(), tie.GetProperty("how").GetString(), tie.GetProperty("by").GetProperty("displayName").GetString()));
        Assert.Equal(alert, (await Raises(contact, body, key)).Is(201).Text("alertId"));
        var items = await Eventually.Get(() => Items(alert), i => i.Length > 0);
        // A yes that a call-taker heard waits for nobody: it is no relay's.
        Assert.Equal(["newAlert"], items.Select(i => i.GetProperty("reason").GetString()));
        Assert.Equal([alert], await Alerts(contact));
    }

    [Fact]
    public async Task Where_the_first_alert_is_over_it_is_one_of_its_own()
    {
        var (item, contact) = await Taken("+22372000003", "talk-c");
        var first = (await Raises(contact, new { needs = new[] { "health" } }, Key())).Is(201);
        (await (await host.Taker()).Post($"/api/v1/hotline/items/{first.Text("itemId")}/close", new { outcome = "resolved" })).Is(200);
        await Eventually.Get(() => Alert(first.Text("alertId")), a => a.Text("status") == "ended");
        var second = (await Raises(contact, new { needs = new[] { "legal" } }, Key())).Is(201);
        Assert.NotEqual(first.Text("alertId"), second.Text("alertId"));
        Assert.Equal(second.Text("alertId"), (await host.Contact(item)).GetProperty("tie").GetProperty("alertId").GetString());
    }

    [Fact]
    public async Task A_number_of_another_line_or_of_nobody_is_refused_and_nothing_is_made()
    {
        var (_, contact) = await Taken("+22372000004", "talk-d");
        (await (await host.SignIn("elsewhere")).Post($"/api/v1/hotline/two/calls?contact={contact}", new { }, Key())).Is(404, "not_found");
        (await Raises("c.nobody", new { }, Key())).Is(404, "not_found");
        Assert.Empty(await Alerts(contact));
    }

    [Fact]
    public async Task The_number_is_masked_and_the_line_rings_it()
    {
        var (item, _) = await Taken("+22372000005", "talk-e");
        var contact = await host.Contact(item);
        Assert.Equal(("•• •• 00 05", true), (contact.GetProperty("masked").GetString(), contact.GetProperty("throughLine").GetBoolean()));
    }

    private async Task<(JsonElement Item, string Contact)> Taken(string number, string call, params string[] pressed)
    {
        var step = (await host.Bridge(new { @event = "incoming", call, from = number, to = "80333" })).Is(200).Json;
        foreach (var digits in pressed) step = (await host.Bridge(new { @event = "key", call, from = number, to = "80333", digits, next = step.GetProperty("next").GetString() })).Is(200).Json;
        var item = (await host.Item(number, "callRinging"))!.Value;
        (await (await host.Taker()).Post($"/api/v1/hotline/items/{item.GetProperty("itemId").GetString()}/take")).Is(200);
        return (item, item.GetProperty("contactId").GetString()!);
    }

    private async Task<Answer> Raises(string contact, object body, (string, string) key) => await (await host.Taker()).Post($"/api/v1/hotline/one/calls?contact={contact}", body, key);

    private async Task<Answer> Alert(string? id) => (await (await host.Taker()).Get($"/api/v1/alerts/{id}")).Is(200);

    private async Task<JsonElement[]> Items(string? alert) =>
        [.. (await (await host.Taker()).Get("/api/v1/hotline/one/queue")).Is(200).Json.GetProperty("items").EnumerateArray()
            .Where(i => !i.TryGetProperty("contactId", out _) && i.TryGetProperty("alertId", out var id) && id.GetString() == alert)];

    /// <summary>Every alert that the number is or was about.</summary>
    private async Task<IEnumerable<string?>> Alerts(string contact)
    {
        var known = (await (await host.Taker()).Get($"/api/v1/hotline/contacts/{contact}")).Is(200).Json;
        var former = known.GetProperty("formerTies").EnumerateArray().Select(t => t.GetProperty("alertId").GetString());
        return known.TryGetProperty("tie", out var tie) ? former.Append(tie.GetProperty("alertId").GetString()) : former;
    }

    private static int Count(string text, string word) => text.Split(word).Length - 1;

    private static (string, string) Key() => ("Idempotency-Key", Guid.NewGuid().ToString("D"));
}
