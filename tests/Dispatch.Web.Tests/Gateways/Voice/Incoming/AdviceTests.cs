using System.Text.Json;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways.Voice.Incoming;

/// <summary>A call for advice counts once: by its reason, by how its item was closed, or by both.</summary>
public sealed class AdviceTests(LineHost host) : IClassFixture<LineHost>
{
    private const string Advice = "/api/v1/hotline/one/advice";

    [Fact]
    public async Task Whichever_way_it_is_said_a_served_call_is_one_in_the_one_figure()
    {
        var taker = await host.Taker();
        var before = await Today(taker);
        // The reason, and what is done with the item after it; sent again, because the answer was lost.
        var both = await Taken(taker, "+22375000001", "advice-a");
        var key = Key();
        for (var again = 0; again < 2; again++) Assert.Equal(before.Total + 1, (await taker.Post(Advice, new { reason = "rights", itemId = both }, key)).Is(200).Json.GetProperty("total").GetInt32());
        (await taker.Post($"/api/v1/hotline/items/{both}/close", new { outcome = "advice" })).Is(200);
        Assert.Null(await host.Item("+22375000001", "callRinging"));
        // The item alone, and a call that was no item.
        var closed = await Taken(taker, "+22375000002", "advice-b");
        (await taker.Post($"/api/v1/hotline/items/{closed}/close", new { outcome = "advice" })).Is(200);
        await Eventually.Get(() => Today(taker), now => now.Total == before.Total + 2);
        for (var loose = 0; loose < 3; loose++) (await taker.Post(Advice, new { reason = "health" }, Key())).Is(200);

        var today = await Today(taker);
        Assert.Equal((before.Total + 5, before.Reasons + 4), today);
        DayParts.ToTheEnd(host);
        var figures = (await (await host.SignIn("boss")).Get("/api/v1/hotline/one/figures")).Is(200).Json.GetProperty("figures");
        Assert.Equal(today.Total, figures.GetProperty("advice").GetInt32());
        Assert.False(figures.TryGetProperty("calls", out _));
    }

    [Fact]
    public async Task Only_what_one_has_is_closed_and_what_is_refused_is_not_counted()
    {
        var taker = await host.Taker();
        var before = await Today(taker);
        (await host.Bridge(new { @event = "incoming", call = "advice-c", from = "+22375000003", to = "80333" })).Is(200);
        var item = (await host.Item("+22375000003", "callRinging"))!.Value.GetProperty("itemId").GetString();
        Task<Answer> Says(Caller by, string line, object body) => by.Post($"/api/v1/hotline/{line}/advice", body, Key());
        (await Says(taker, "one", new { reason = "rights", itemId = item })).Is(409, "not_yours");
        (await Says(await host.SignIn("elsewhere"), "two", new { reason = "rights", itemId = item })).Is(404, "not_found");
        (await Says(taker, "one", new { reason = "rights", itemId = "0a1b:newAlert" })).Is(400, "invalid_body");
        (await taker.Post($"/api/v1/hotline/items/{item}/take")).Is(200);
        (await taker.Post($"/api/v1/hotline/items/{item}/close", new { outcome = "resolved" })).Is(200);
        (await Says(taker, "one", new { reason = "rights", itemId = item })).Is(409, "item_closed");
        Assert.Equal(before, await Today(taker));
    }

    private async Task<string> Taken(Caller by, string number, string call)
    {
        (await host.Bridge(new { @event = "incoming", call, from = number, to = "80333" })).Is(200);
        var item = (await host.Item(number, "callRinging"))!.Value.GetProperty("itemId").GetString()!;
        (await by.Post($"/api/v1/hotline/items/{item}/take")).Is(200);
        return item;
    }

    private static async Task<(int Total, int Reasons)> Today(Caller reader)
    {
        var today = (await reader.Get(Advice)).Is(200).Json;
        return (today.GetProperty("total").GetInt32(), today.GetProperty("counts").EnumerateArray().Sum((JsonElement c) => c.GetProperty("count").GetInt32()));
    }

    private static (string, string) Key() => ("Idempotency-Key", Guid.NewGuid().ToString("D"));
}
