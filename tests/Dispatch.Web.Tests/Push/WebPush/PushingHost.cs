using Dispatch.Channels.Tests.WebPush;
using Dispatch.Web.Tests.Harness;
using Microsoft.AspNetCore.Builder;

namespace Dispatch.Web.Tests.Push.WebPush;

/// <summary>The real host with push to browsers set up, and a push service on loopback.</summary>
public sealed class PushingHost : RunningHost
{
    internal PushService Service { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        Service = await PushService.Start();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Service.DisposeAsync();
    }

    internal async Task<TestBrowser> Registered(Caller nurse, string deviceId, string browser)
    {
        var made = new TestBrowser(Service.Of(browser));
        var put = (await nurse.Put($"/api/v1/me/devices/{deviceId}", new { kind = "webPush", endpoint = made.Endpoint, p256dh = made.P256dh, auth = made.Auth })).Is(200);
        Assert.Equal("ready", put.Text("channel"));
        return made;
    }

    protected override void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration["WebPush:Contact"] = "mailto:line@example.org";
        builder.Configuration["WebPush:Loopback"] = "true";
    }
}
