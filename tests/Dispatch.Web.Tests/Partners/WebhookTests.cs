using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dispatch.Channels.Tests.Sms;
using Dispatch.Channels.WebPush;
using Dispatch.Domain.Partners;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Rows;
using Dispatch.Web.Partners;
using Dispatch.Web.Sealing;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests.Partners;

/// <summary>What a webhook is told: signed, in order, again until it was taken, and never anything but how it stands.</summary>
public sealed class WebhookTests : IClassFixture<PartnerHost>, IDisposable
{
    private readonly PartnerHost _host;

    public WebhookTests(PartnerHost host)
    {
        _host = host;
        host.Far.Answers = _ => Task.CompletedTask;
    }

    public void Dispose() => _host.Far.Answers = _ => Task.CompletedTask;

    [Fact]
    public async Task Each_change_is_told_once_signed_and_the_end_ends_it()
    {
        var (app, nurse) = (await _host.Partner(webhook: true), await _host.OnDuty("nurse2"));
        var id = (await app.Raise(new { needs = new[] { "health" } })).Is(202).Text("id");
        await Told(app, "received");
        var offer = await Eventually.Offer(nurse, id);
        (await nurse.Post($"/api/v1/offers/{offer}/accept", new { etaMinutes = 12 })).Is(200);
        var accepted = await Told(app, "accepted");
        Assert.Equal("callsHer", Body(accepted).GetProperty("needs")[0].GetProperty("mode").GetString());
        foreach (var state in new[] { "noConflict", "done" }) (await nurse.Post($"/api/v1/assignments/{offer}/progress", new { state })).Is(200);
        await Told(app, "ended");

        var all = Calls(app);
        Assert.All(all, call => Assert.True(Genuine(call, app.Secret!), call.Body));
        Assert.Equal(all.Length, all.Select(c => c.Headers["webhook-id"]).Distinct().Count());
        Assert.All(all, call => Assert.StartsWith(id, call.Headers["webhook-id"], StringComparison.Ordinal));
        Assert.False(Genuine(all[0] with { Body = all[0].Body.Replace("received", "accepted", StringComparison.Ordinal) }, app.Secret!));
        var row = await Eventually.Get(() => Row(app, id), kept => kept!.Value.ToldLast);
        Assert.True(row!.Due > _host.Clock.GetUtcNow().AddDays(6));
    }

    [Fact]
    public async Task What_is_not_taken_is_sent_again_with_the_same_id_and_the_administrator_is_told()
    {
        var app = await _host.Partner(webhook: true);
        _host.Far.Answers = http => http.Request.Path.Value == $"/{app.Id}" ? Loopback.Says(500, "")(http) : Task.CompletedTask;
        var id = (await app.Raise(new { needs = new[] { "health" } })).Is(202).Text("id");
        await Eventually.Get(() => Task.FromResult(Calls(app).Length), n => n == 1);
        foreach (var seconds in new[] { 6, 16 })
        {
            var before = Calls(app).Length;
            _host.Clock.Advance(TimeSpan.FromSeconds(seconds));
            await Eventually.Get(() => Task.FromResult(Calls(app).Length), n => n > before);
        }

        var admin = await _host.Admin();
        await Eventually.Get(() => admin.Get("/api/v1/partners"), a => a.Is(200).Json.GetProperty("partners").EnumerateArray().Single(p => p.GetProperty("id").GetString() == app.Id).GetProperty("alarms").GetArrayLength() == 1);
        // Another moment of the same alert is another event; the same moment is the same one.
        var same = Calls(app).GroupBy(c => c.Body).Where(g => g.Count() > 1).ToArray();
        Assert.All(same, g => Assert.Single(g.Select(c => c.Headers["webhook-id"]).Distinct()));
        _host.Far.Answers = _ => Task.CompletedTask;
        var failed = Calls(app).Length;
        _host.Clock.Advance(TimeSpan.FromSeconds(61));
        await Eventually.Get(() => Task.FromResult(Calls(app).Length), n => n > failed);
        await Eventually.Get(async () => (await Row(app, id))!.Value, row => row is { Failures: 0, Told: not null });
    }

    [Fact]
    public async Task What_was_not_told_before_a_restart_is_told_after_it()
    {
        var app = await _host.Partner(webhook: true);
        _host.Far.Answers = http => http.Request.Path.Value == $"/{app.Id}" ? Loopback.Says(503, "")(http) : Task.CompletedTask;
        (await app.Raise(new { needs = new[] { "health" } })).Is(202);
        await Eventually.Get(() => Task.FromResult(Calls(app).Length), n => n == 1);
        await _host.Stop();
        _host.Far.Answers = _ => Task.CompletedTask;
        var before = Calls(app).Length;
        _host.Clock.Advance(TimeSpan.FromSeconds(30));
        await _host.Start();
        await Eventually.Get(() => Task.FromResult(Calls(app).Length), n => n > before);
        Assert.True(Genuine(Calls(app)[^1], app.Secret!));
    }

    [Fact]
    public async Task After_a_forced_cancel_it_is_told_what_a_real_one_tells()
    {
        var app = await _host.Partner(webhook: true);
        var ids = new List<string>();
        foreach (var pin in new[] { "2468", "1357" })
        {
            var id = (await app.Raise(new { needs = new[] { "health" }, pin = "2468", duressPin = "1357" })).Is(202).Text("id");
            (await app.Caller.Post($"/api/v1/partner/alerts/{id}/cancel", new { pin })).Is(200);
            ids.Add(id);
        }

        var told = await Eventually.Get(() => Task.FromResult(Calls(app).Where(c => Body(c).GetProperty("status").GetString() is "cancelled").ToArray()), calls => calls.Length >= 2);
        var said = ids.Select(id => told.Single(c => c.Body.Contains(id, StringComparison.Ordinal))).Select((c, i) => (Body: c.Body.Replace(ids[i], "", StringComparison.Ordinal), Id: c.Headers["webhook-id"].Replace(ids[i], "", StringComparison.Ordinal))).ToArray();
        Assert.Equal(said[0], said[1]);
        Assert.Equal("{\"type\":\"alert.status\",\"id\":\"\",\"status\":\"cancelled\"}", said[0].Body);
    }

    [Theory]
    [InlineData(302, "status302")]
    [InlineData(404, "status404")]
    [InlineData(200, null)]
    public async Task Nobody_is_followed_elsewhere_and_the_body_of_an_answer_is_not_read(int status, string? why)
    {
        var far = _host.Far;
        far.Answers = http =>
        {
            http.Response.Headers.Location = $"{far.Address}elsewhere";
            return Loopback.Says(status, new string('x', 200_000))(http);
        };
        using var webhooks = Webhooks(PushReach.Loopback);
        Assert.Equal(why, await webhooks.Send("p", new PartnerWebhook($"{far.Address}p", 1, default, ""), "alert", News, CancellationToken.None));
        Assert.DoesNotContain(far.All, a => a.Path == "/elsewhere");
    }

    /// <summary>A name may lead anywhere; where it leads is looked at in the moment of connecting.</summary>
    [Fact]
    public async Task A_name_that_leads_into_this_machine_is_not_called()
    {
        using var webhooks = new WebhookHttp(PushReach.Public, Macs(), TimeProvider.System, PushConnections.Handler(PushReach.Public, (_, _) => Task.FromResult(new[] { System.Net.IPAddress.Loopback })));
        Assert.NotNull(await webhooks.Send("p", new PartnerWebhook("https://app.example.org/", 1, default, ""), "alert", News, CancellationToken.None));
        Assert.Equal("unusable", await webhooks.Send("p", new PartnerWebhook($"{_host.Far.Address}never", 1, default, ""), "alert", News, CancellationToken.None));
        Assert.DoesNotContain(_host.Far.All, a => a.Path == "/never");
    }

    /// <summary>Connecting gives up before the whole call does, and is no other failure.</summary>
    [Fact]
    public async Task An_address_at_which_nobody_picks_up_is_one_that_times_out()
    {
        using var webhooks = new WebhookHttp(PushReach.Loopback, Macs(), TimeProvider.System, new NeverConnects());
        Assert.Equal(WebhookHttp.TimedOut, await webhooks.Send("p", new PartnerWebhook($"{_host.Far.Address}p", 1, default, ""), "alert", News, CancellationToken.None));
    }

    /// <summary>As the platform says it when connecting took too long.</summary>
    private sealed class NeverConnects : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw new TaskCanceledException("connecting", new TimeoutException());
    }

    private static PartnerNews News { get; } = new(SurvivorStatus.Received, 2, 0, [], null);

    private Macs Macs() => _host.App.Services.GetRequiredService<Macs>();

    private WebhookHttp Webhooks(PushReach reach) => new(reach, Macs(), TimeProvider.System);

    private Asked[] Calls(Made app) => [.. _host.Far.All.Where(a => a.Path == $"/{app.Id}")];

    private Task<Asked> Told(Made app, string status) =>
        Eventually.Get(() => Task.FromResult(Calls(app).LastOrDefault(c => Body(c).GetProperty("status").GetString() == status)), call => call is not null)!;

    private Task<StoredRow<PartnerAlert>?> Row(Made app, string id) => _host.App.Services.GetRequiredService<IRows>().Read<PartnerAlert>(Tables.PartnerAlerts, app.Id, id);

    private static JsonElement Body(Asked call) => JsonSerializer.Deserialize<JsonElement>(call.Body);

    /// <summary>As the specification says, written out here once more.</summary>
    private static bool Genuine(Asked call, string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var signed = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{call.Headers["webhook-id"]}.{call.Headers["webhook-timestamp"]}.{call.Body}"));
        return call.Headers["webhook-signature"] == $"v1,{Convert.ToBase64String(signed)}";
    }
}
