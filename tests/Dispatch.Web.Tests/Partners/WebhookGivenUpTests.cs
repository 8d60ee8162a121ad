using System.Text.Json;
using Dispatch.Channels.Tests.Sms;
using Dispatch.Domain.Partners;
using Dispatch.Grains.Rows;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests.Partners;

/// <summary>A webhook that took nothing for a day is given up until it is set anew or takes something; whoever asks sees which. In days, so that sessions of staff end.</summary>
public sealed class WebhookGivenUpTests(PartnerHost host) : IClassFixture<PartnerHost>
{
    [Fact]
    public async Task One_that_was_given_up_goes_on_when_it_is_set_anew()
    {
        var (app, id) = await GivenUp();
        var admin = await host.SignIn("admin");
        var given = await Eventually.Get(async () => (await Listed(admin, app.Id)).GetProperty("webhook"), w => w.TryGetProperty("gaveUpAt", out _));
        Assert.Equal(given.GetProperty("gaveUpAt").GetDateTimeOffset(), given.GetProperty("failingSince").GetDateTimeOffset() + Following.GivesUpAfter, TimeSpan.FromMinutes(1));
        Assert.False(given.TryGetProperty("lastDeliveredAt", out _));
        Assert.NotEqual("ended", (await app.Look(id)).Is(200).Text("status"));

        (await admin.Put($"/api/v1/partners/{app.Id}/webhook", new { url = $"{host.Far.Address}{app.Id}.next" })).Is(200);
        await Eventually.Get(() => Task.FromResult(Calls($"/{app.Id}.next", id)), n => n > 0);
        var now = await Eventually.Get(async () => (await Own(app)).GetProperty("webhook"), w => w.TryGetProperty("lastDeliveredAt", out _));
        Assert.False(now.TryGetProperty("failingSince", out _));
        Assert.False(now.TryGetProperty("gaveUpAt", out _));
        Assert.Null((await Row(app.Id, id))!.GaveUpAt);
    }

    [Fact]
    public async Task One_that_was_given_up_and_takes_something_again_is_told_of_the_rest()
    {
        var (app, id) = await GivenUp();
        var before = Calls($"/{app.Id}", id);
        host.Far.Answers = _ => Task.CompletedTask;
        var next = (await app.Raise(new { needs = new[] { "health" } })).Is(202).Text("id");
        await Eventually.Get(() => Task.FromResult(Calls($"/{app.Id}", next)), n => n > 0);
        await Eventually.Get(() => Task.FromResult(Calls($"/{app.Id}", id)), n => n > before);
    }

    [Fact]
    public async Task A_partner_sees_its_own_record_and_no_secret()
    {
        var app = await host.Partner(webhook: true);
        var own = await Own(app);
        Assert.Equal(["id", "perHour", "scopes", "webhook"], own.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal((app.Id, "setAt"), (own.GetProperty("id").GetString(), Assert.Single(own.GetProperty("webhook").EnumerateObject()).Name));
        (await host.Anybody().Get("/api/v1/partner")).Is(401, "not_signed_in");
        (await (await host.Partner(["raise"])).Caller.Get("/api/v1/partner")).Is(403, "not_allowed");
        Assert.False((await Own(await host.Partner())).TryGetProperty("webhook", out _));
    }

    /// <summary>A partner with one alert whose webhook took nothing for a day.</summary>
    private async Task<(Made App, string Id)> GivenUp()
    {
        var admin = await host.SignIn("admin");
        host.Far.Answers = Loopback.Says(503, "");
        var made = (await admin.Post("/api/v1/partners", new { title = "An app", perHour = 100, scopes = new[] { "raise", "status" } })).Is(201);
        var app = new Made(made.Text("partnerId"), made.Text("keyId"), host.Anybody().With(made.Text("key")), null);
        (await admin.Put($"/api/v1/partners/{app.Id}/webhook", new { url = $"{host.Far.Address}{app.Id}" })).Is(200);
        var id = (await app.Raise(new { needs = new[] { "police" } })).Is(202).Text("id");
        await Eventually.Get(() => Row(app.Id, id), row => row!.Failures > 0);
        host.Clock.Advance(Following.GivesUpAfter);
        await Eventually.Get(() => Row(app.Id, id), row => row!.GaveUpAt is not null);
        host.Far.Answers = http => http.Request.Path.Value == $"/{app.Id}" ? Loopback.Says(503, "")(http) : Task.CompletedTask;
        return (app, id);
    }

    private static async Task<JsonElement> Own(Made app) => (await app.Caller.Get("/api/v1/partner")).Is(200).Json;

    private int Calls(string path, string alert) => host.Far.All.Count(a => a.Path == path && a.Body.Contains(alert, StringComparison.Ordinal));

    private async Task<PartnerAlert?> Row(string partner, string id) => (await host.App.Services.GetRequiredService<IRows>().Read<PartnerAlert>(Tables.PartnerAlerts, partner, id))?.Value;

    private static async Task<JsonElement> Listed(Caller admin, string id) =>
        (await admin.Get("/api/v1/partners")).Is(200).Json.GetProperty("partners").EnumerateArray().Single(p => p.GetProperty("id").GetString() == id);
}
