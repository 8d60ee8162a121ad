using Dispatch.Domain.Channels;
using Dispatch.Grains.Responders;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Web.Tests;

public sealed class DeviceTests(RunningHost host) : IClassFixture<RunningHost>
{
    private static readonly object Push = Subscription.At("https://push.example.org/wordEndpoint");

    [Fact]
    public async Task A_device_is_kept_sealed_and_a_channel_that_is_not_here_is_said_so()
    {
        var nurse = await host.SignIn("nurse0");
        var answer = (await nurse.Put("/api/v1/me/devices/phone-1", Push)).Is(200);
        Assert.Equal("webPush", answer.Text("kind"));
        Assert.Equal("notConfigured", answer.Text("channel"));
        var device = Assert.Single(await Devices(nurse));
        Assert.Equal((ChannelKind.WebPush, "phone-1"), (device.Kind, device.Id));
        Assert.DoesNotContain("wordEndpoint", device.Address.Box, StringComparison.Ordinal);
        (await nurse.Send(HttpMethod.Delete, "/api/v1/me/devices/phone-1", null)).Is(204);
        Assert.Empty(await Devices(nurse));
    }

    /// <summary>An app registers once and a host may get the channel later: the phone is kept, and its owner is told that nothing reaches it yet.</summary>
    [Fact]
    public async Task An_apps_phone_is_kept_where_native_push_is_not_set_up_and_that_is_said()
    {
        var nurse = await host.SignIn("nurse3");
        Assert.Equal("notConfigured", (await nurse.Put("/api/v1/me/devices/app", new { kind = "fcm", token = "wordToken" })).Is(200).Text("channel"));
        var device = Assert.Single(await Devices(nurse));
        Assert.Equal((ChannelKind.Fcm, "app"), (device.Kind, device.Id));
        Assert.DoesNotContain("wordToken", device.Address.Box, StringComparison.Ordinal);
    }

    [Fact]
    public async Task She_finds_her_own_devices_with_her_number_masked()
    {
        var nurse = await host.SignIn("nurse17");
        (await nurse.Put("/api/v1/me/devices/sim", new { kind = "sms", number = "+223 70 12 34 56" })).Is(200);
        (await nurse.Put("/api/v1/me/devices/sim-call", new { kind = "voice", number = "+223 70 12 34 56" })).Is(200);
        var mine = (await nurse.Get("/api/v1/me/devices")).Is(200);
        Assert.Equal([("sim", "sms", "•• •• 34 56"), ("sim-call", "voice", "•• •• 34 56")], mine.Json.GetProperty("items").EnumerateArray()
            .Select(d => (d.GetProperty("deviceId").GetString()!, d.GetProperty("kind").GetString()!, d.GetProperty("number").GetString()!)));
        Assert.DoesNotContain("701234", mine.Body, StringComparison.Ordinal);
        Assert.Equal(0, (await (await host.SignIn("nurse16")).Get("/api/v1/me/devices")).Is(200).Json.GetProperty("items").GetArrayLength());
        (await host.Anybody().Get("/api/v1/me/devices")).Is(401);
    }

    [Fact]
    public async Task A_sign_out_forgets_the_pushes_and_keeps_the_number()
    {
        var nurse = await host.SignIn("nurse1");
        (await nurse.Put("/api/v1/me/devices/browser", Push)).Is(200);
        (await nurse.Put("/api/v1/me/devices/app", new { kind = "fcm", token = "t" })).Is(200);
        (await nurse.Put("/api/v1/me/devices/sim", new { kind = "sms", number = "+223 70 12 34 56" })).Is(200);
        (await nurse.Post("/api/v1/sign-out")).Is(204);
        Assert.Equal("sim", Assert.Single(await Devices(await host.SignIn("nurse1"))).Id);
    }

    [Theory]
    [InlineData("""{"kind":"webPush","endpoint":"http://push.example.org/x","p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4","auth":"BTBZMqHH6r4Tts7J_aSIgg"}""")]
    [InlineData("""{"kind":"webPush","endpoint":"https://127.0.0.1/x","p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4","auth":"BTBZMqHH6r4Tts7J_aSIgg"}""")]
    [InlineData("""{"kind":"webPush","endpoint":"https://localhost/x","p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4","auth":"BTBZMqHH6r4Tts7J_aSIgg"}""")]
    [InlineData("""{"kind":"webPush","endpoint":"https://push.example.org:8443/x","p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4","auth":"BTBZMqHH6r4Tts7J_aSIgg"}""")]
    [InlineData("""{"kind":"webPush","endpoint":"https://push.example.org/x"}""")]
    [InlineData("""{"kind":"webPush","endpoint":"https://push.example.org/x","p256dh":"key","auth":"auth"}""")]
    [InlineData("""{"kind":"fcm"}""")]
    [InlineData("""{"kind":"live"}""")]
    [InlineData("""{"number":"70"}""")]
    public async Task What_cannot_be_reached_is_refused(string body) =>
        (await (await host.SignIn("nurse2")).Put("/api/v1/me/devices/one", body)).Is(400, "invalid_body");

    private async Task<IEnumerable<Domain.Responders.Device>> Devices(Caller nurse) =>
        await host.App.Services.GetRequiredService<IGrainFactory>().GetGrain<IResponderGrain>((await nurse.Get("/api/v1/me")).Is(200).Text("accountId")).Devices();
}
