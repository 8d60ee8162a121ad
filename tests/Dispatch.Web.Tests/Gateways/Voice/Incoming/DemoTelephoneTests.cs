using System.Text.Json;
using Dispatch.TestPrograms;
using Dispatch.Web.Tests.Harness;
using Microsoft.AspNetCore.Builder;

namespace Dispatch.Web.Tests.Gateways.Voice.Incoming;

/// <summary>The demo's telephone goes through the webhook of every other call, and is nowhere but in a demo.</summary>
public sealed class DemoTelephoneTests : IAsyncLifetime
{
    private const string Number = "+22370000001";

    private readonly string _folder = Directory.CreateTempSubdirectory("dispatch-demo-").FullName;
    private WebApplication _host = null!;
    private Caller _page = null!;

    public async Task InitializeAsync()
    {
        _host = DispatchHost.Build(
        [
            "--environment", "Development", "--Demo:Enabled", "true", "--Demo:Password", "a password", "--urls", "http://127.0.0.1:0", "--Cluster:Storage", "Local", "--Cluster:SiloPort", $"{Ports.Free()}",
            "--Storage:Path", Path.Combine(_folder, "data"), "--Keys:Path", Path.Combine(_folder, "keys"), "--Logging:LogLevel:Default", "None", "--Logging:LogLevel:Microsoft", "None",
        ]);
        await _host.StartAsync();
        _page = new Caller(new Uri(_host.Urls.Single()));
    }

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_page_rings_the_line_hangs_up_and_is_rung_back()
    {
        Assert.Contains("data-dial", (await _page.Get("/demo/phone")).Is(200).Body, StringComparison.Ordinal);
        var webhook = (await State()).GetProperty("webhook").GetString()!;
        Assert.Equal("ivr.language", (await _page.Post(webhook, new { @event = "incoming", call = "one", from = Number, to = "0" })).Is(200).Text("words"));
        (await _page.Post(webhook, new { @event = "ended", call = "one", from = Number, to = "0" })).Is(204);
        var reference = (await Eventually.Get(State, s => s.TryGetProperty("rings", out _))).GetProperty("rings").GetString()!;
        var silent = (await _page.Post($"{webhook}?ref={reference}", new { @event = "answered", call = reference, to = Number })).Is(200);
        Assert.DoesNotContain("text", silent.Body, StringComparison.Ordinal);
        (await _page.Post(webhook[..^1], new { @event = "incoming", call = "two", from = Number, to = "0" })).Is(401, "not_signed_in");
    }

    private async Task<JsonElement> State() => (await _page.Get($"/demo/phone/state?number={Uri.EscapeDataString(Number)}")).Is(200).Json;
}

public sealed class NoDemoTests(LineHost host) : IClassFixture<LineHost>
{
    [Fact]
    public async Task A_programme_has_no_telephone_to_play() => (await host.Anybody().Get("/demo/phone")).Is(404, "not_found");
}
