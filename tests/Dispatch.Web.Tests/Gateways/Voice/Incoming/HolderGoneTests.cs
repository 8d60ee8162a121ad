using System.Text.Json;
using Dispatch.Web.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Dispatch.Web.Tests.Gateways.Voice.Incoming;

/// <summary>A console that reads the queue no more: as its line's settings say, the others see it and take what it had.</summary>
public sealed class HolderGoneTests(HolderGoneTests.SlowLine host) : IClassFixture<HolderGoneTests.SlowLine>
{
    public sealed class SlowLine : LineHost
    {
        protected override void Configure(WebApplicationBuilder builder)
        {
            base.Configure(builder);
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Lines:one:HolderGoneSeconds"] = "300" });
        }
    }

    [Fact]
    public async Task After_the_lines_time_everybody_sees_it_and_who_comes_first_has_it()
    {
        (await host.Bridge(new { @event = "incoming", call = "gone-1", from = "+22376000001", to = "80333" })).Is(200);
        var path = $"/api/v1/hotline/items/{(await host.Item("+22376000001", "callRinging"))!.Value.GetProperty("itemId").GetString()}";
        (await (await host.Taker()).Post($"{path}/take")).Is(200);
        var boss = await host.SignIn("boss");
        host.Clock.Advance(TimeSpan.FromSeconds(240));
        // Each try makes the number ask the line anew.
        (await boss.Post($"{path}/take")).Is(409, "taken_by_other");
        Assert.False((await Shown(boss, path)).TryGetProperty("leftAt", out _));

        host.Clock.Advance(TimeSpan.FromSeconds(61));
        (await boss.Post($"{path}/refuse")).Is(409, "not_yours");
        var left = await Eventually.Get(() => Shown(boss, path), i => i.TryGetProperty("leftAt", out _));
        Assert.Equal("taken", left.GetProperty("state").GetString());
        (await boss.Post($"{path}/take")).Is(200);
        Assert.NotEqual(left.GetProperty("takenBy").GetProperty("id").GetString(), (await Shown(boss, path)).GetProperty("takenBy").GetProperty("id").GetString());
    }

    private static async Task<JsonElement> Shown(Caller by, string path) =>
        (await by.Get("/api/v1/hotline/one/queue")).Is(200).Json.GetProperty("items").EnumerateArray().Single(i => path.EndsWith(i.GetProperty("itemId").GetString()!, StringComparison.Ordinal));
}
