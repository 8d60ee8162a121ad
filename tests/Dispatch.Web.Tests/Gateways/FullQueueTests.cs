using System.Text.Json;
using Dispatch.Channels.Gateways;
using Dispatch.Channels.Sms;
using Dispatch.Channels.Tests.Sms;
using Dispatch.Domain.Numbers;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests.Gateways;

/// <summary>More waits for a gateway than may: those who can do something about it see it, and since when.</summary>
public sealed class FullQueueTests(TextingHost host) : IClassFixture<TextingHost>
{
    [Fact]
    public async Task A_full_queue_is_seen_by_the_line_and_the_coordination_for_a_while()
    {
        var (planner, boss) = (await host.SignIn("planner"), await host.SignIn("boss"));
        Assert.Equal("up", (await Kannel(planner)).GetProperty("state").GetString());
        host.Far.Answers = Loopback.Hangs;
        var (before, routes) = (host.Clock.GetUtcNow(), host.App.Services.GetRequiredService<GatewayRoutes<SmsMessage>>());
        var sending = Enumerable.Range(0, GatewayLimits.AtOnce + GatewayLimits.MaxWaiting + 1).Select(_ => routes.Send(Message(), CancellationToken.None)).ToArray();

        foreach (var caller in (Caller[])[planner, boss])
        {
            var full = await Kannel(caller);
            Assert.Equal("full", full.GetProperty("state").GetString());
            Assert.InRange(full.GetProperty("since").GetDateTimeOffset(), before, host.Clock.GetUtcNow());
        }

        var outcomes = await Task.WhenAll(sending);
        Assert.All(outcomes, o => Assert.IsType<GatewayOutcome.Later>(o.Outcome));
        Assert.Equal("full", (await Kannel(planner)).GetProperty("state").GetString());
        host.Clock.Advance(GatewayLimits.FullFor);
        Assert.NotEqual("full", (await Kannel(planner)).GetProperty("state").GetString());
    }

    private static async Task<JsonElement> Kannel(Caller caller) =>
        (await caller.Get("/api/v1/channels")).Is(200).Json.GetProperty("gateways").EnumerateArray().Single(g => g.GetProperty("name").GetString() == "kannel");

    private static SmsMessage Message() => PhoneNumber.TryParse("+22370123456", out var number) ? new SmsMessage(number, "x", "ref", Urgent: true) : throw new InvalidOperationException();
}
