using System.Text.Json;
using Dispatch.Channels.Devices;
using Dispatch.Channels.Tests.WebPush;
using Dispatch.Domain.Channels;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests.Push.WebPush;

/// <summary>The real host with a push service on loopback: from a raised alert to a ringing browser, its receipt, and a dead one forgotten.</summary>
public sealed class WebPushStoryTests(PushingHost host) : IClassFixture<PushingHost>
{
    [Fact]
    public async Task An_offer_rings_the_browser_of_who_is_asked_its_receipt_counts_and_a_dead_one_is_forgotten_at_once()
    {
        var nurse = await host.OnDuty("nurse0");
        var pocket = await host.Registered(nurse, "pocket", "well");
        await host.Registered(nurse, "drawer", "gone");
        host.Service.Answer("gone", 410);

        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });

        var offer = await Eventually.Offer(nurse, phone.Id);
        await host.Service.IsAsked("well").WaitAsync(TimeSpan.FromSeconds(30));
        var push = JsonSerializer.Deserialize<JsonElement>(await Reader.Read(host.Service.Taken.First(t => t.Browser == "well").Body, pocket));
        Assert.Equal(("new", offer), (push.GetProperty("kind").GetString(), push.GetProperty("ref").GetString()));
        await Eventually.Get(() => Browsers(nurse), browsers => browsers == 1);

        (await nurse.Post($"/api/v1/offers/{offer}/receipt", new { state = "delivered", channel = "webPush" })).Is(204);
        (await nurse.Post($"/api/v1/offers/{offer}/receipt", new { state = "delivered", channel = "sms" })).Is(400, "invalid_body");
        var line = await host.SignIn("taker");
        var seen = (await line.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Body;
        Assert.Contains("\"deliveredAt\"", seen, StringComparison.Ordinal);

        (await nurse.Post($"/api/v1/offers/{offer}/accept")).Is(200);
        await Eventually.Get(() => Task.FromResult(host.Service.Asked("well")), times => times >= 2);
        Assert.Equal(1, host.Service.Asked("gone"));
        Assert.Single(host.Service.Taken.Where(t => t.Browser == "well").Select(t => t.Headers["Topic"]).Distinct());
    }

    /// <summary>She takes her browser off while it rings: nothing more goes there, and the line reads that it will not bring an answer.</summary>
    [Fact]
    public async Task A_browser_taken_off_in_the_middle_gets_nothing_more_and_the_line_reads_it()
    {
        var nurse = await host.OnDuty("nurse4");
        await host.Registered(nurse, "pocket", "takenOff");
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
        var offer = await Eventually.Offer(nurse, phone.Id);
        await host.Service.IsAsked("takenOff").WaitAsync(TimeSpan.FromSeconds(30));
        var boss = await host.SignIn("boss");
        await Eventually.Get(() => Push(boss, offer), push => push.TryGetProperty("sentAt", out var at) && at.ValueKind is JsonValueKind.String);

        (await nurse.Delete("/api/v1/me/devices/pocket")).Is(204);

        await Eventually.Get(() => Push(boss, offer), push => push.TryGetProperty("gaveUp", out var why) && why.GetString() == "deviceRemoved");
        (await phone.Cancel(new { })).Is(200);
        await Eventually.Get(() => nurse.Get("/api/v1/me/offers"), offers => !offers.Is(200).Body.Contains(offer, StringComparison.Ordinal));
        Assert.Equal(1, host.Service.Asked("takenOff"));
        (await nurse.Put("/api/v1/me/duty", new { onDuty = false })).Is(200);

        static async Task<JsonElement> Push(Caller boss, string offer) =>
            (await boss.Get($"/api/v1/alerts/{offer[..offer.LastIndexOf('.')]}")).Is(200).Json.GetProperty("offers").EnumerateArray()
                .Single(o => o.GetProperty("offerId").GetString() == offer).GetProperty("channels").EnumerateArray().Single(c => c.GetProperty("channel").GetString() == "webPush");
    }

    [Fact]
    public async Task A_sign_out_ends_the_pushes()
    {
        var nurse = await host.SignIn("nurse3");
        await host.Registered(nurse, "pocket", "left");
        (await nurse.Post("/api/v1/sign-out")).Is(204);
        Assert.Equal(0, await Browsers(await host.SignIn("nurse3")));
    }

    /// <summary>Browsers subscribe with it for good: it must survive a restart, and be another programme's under another master key.</summary>
    [Fact]
    public async Task The_key_is_the_same_after_a_restart()
    {
        var before = (await (await host.SignIn("nurse1")).Get("/api/v1/push-key")).Is(200);
        Assert.Equal(("ready", false), (before.Text("channel"), before.Json.GetProperty("demo").GetBoolean()));
        Assert.Equal(65, System.Buffers.Text.Base64Url.DecodeFromChars(before.Text("publicKey")).Length);
        await host.Stop();
        await host.Start();
        Assert.Equal(before.Text("publicKey"), (await (await host.SignIn("nurse1")).Get("/api/v1/push-key")).Text("publicKey"));
    }

    private async Task<int> Browsers(Caller nurse)
    {
        var me = (await nurse.Get("/api/v1/me")).Is(200).Text("accountId");
        return (await host.App.Services.GetRequiredService<IDeviceAddresses>().Of(me, ChannelKind.WebPush, CancellationToken.None)).Length;
    }
}
