using System.Diagnostics;
using System.Text.Json;
using Dispatch.Channels.Tests.Sms;
using Dispatch.Domain.Partners;
using Dispatch.Grains.Rows;
using Dispatch.Web.Partners;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests.Partners;

/// <summary>A webhook that comes late or anew is told how things stand, and one that hangs holds up nobody else's.</summary>
public sealed class WebhookLateTests(PartnerHost host) : IClassFixture<PartnerHost>
{
    [Fact]
    public async Task A_webhook_that_is_set_after_the_raise_is_told_once_of_what_is_open()
    {
        var (app, admin) = (await host.Partner(), await host.Admin());
        var id = (await app.Raise(new { needs = new[] { "health" } })).Is(202).Text("id");
        // Nobody follows it: it is put away.
        await Eventually.Get(() => Row(app.Id, id), row => row!.Due > host.Clock.GetUtcNow().AddDays(6));
        (await admin.Put($"/api/v1/partners/{app.Id}/webhook", new { url = $"{host.Far.Address}{app.Id}" })).Is(200);
        await Eventually.Get(() => Task.FromResult(Calls($"/{app.Id}", id)), calls => calls.Length > 0);
        await Eventually.Get(() => Row(app.Id, id), row => row!.Value.Told is not null);
        await SomeLooks();
        Assert.All(Calls($"/{app.Id}", id).GroupBy(c => c.Headers["webhook-id"]), same => Assert.Single(same));

        // The next one knows nothing of what the one before was told.
        (await admin.Put($"/api/v1/partners/{app.Id}/webhook", new { url = $"{host.Far.Address}{app.Id}.next" })).Is(200);
        var told = await Eventually.Get(() => Task.FromResult(Calls($"/{app.Id}.next", id)), calls => calls.Length > 0);
        Assert.NotEqual("ended", JsonSerializer.Deserialize<JsonElement>(told[0].Body).GetProperty("status").GetString());
        await SomeLooks();
        Assert.All(Calls($"/{app.Id}.next", id).GroupBy(c => c.Headers["webhook-id"]), same => Assert.Single(same));
    }

    [Fact]
    public async Task Where_nothing_is_set_anew_nothing_that_was_told_to_its_end_is_told_again()
    {
        var (app, admin) = (await host.Partner(webhook: true), await host.Admin());
        var id = (await app.Raise(new { needs = new[] { "health" } })).Is(202).Text("id");
        (await app.Caller.Post($"/api/v1/partner/alerts/{id}/cancel")).Is(200);
        await Eventually.Get(() => Row(app.Id, id), row => row!.Value.ToldLast);
        (await admin.Put($"/api/v1/partners/{app.Id}/webhook", new { url = $"{host.Far.Address}{app.Id}.next" })).Is(200);
        var open = (await app.Raise(new { needs = new[] { "health" } })).Is(202).Text("id");
        await Eventually.Get(() => Task.FromResult(Calls($"/{app.Id}.next", open)), calls => calls.Length > 0);
        Assert.Empty(Calls($"/{app.Id}.next", id));
    }

    /// <summary>Compared with how long the same takes while everybody answers.</summary>
    [Fact]
    public async Task A_partner_whose_address_hangs_holds_up_no_other()
    {
        const int many = 40;
        var (slow, quick) = (await host.Partner(webhook: true), await host.Partner(webhook: true));
        await Told(quick);
        var quiet = await Told(quick);

        host.Far.Answers = http => http.Request.Path.Value == $"/{slow.Id}" ? Loopback.Hangs(http) : Task.CompletedTask;
        try
        {
            for (var i = 0; i < many; i++) (await slow.Raise(new { needs = new[] { "health" } })).Is(202);
            await Eventually.Get(() => Task.FromResult(Calls($"/{slow.Id}").Length), n => n > 0);
            var before = Calls($"/{slow.Id}").Length;
            var beside = await Told(quick);
            var asked = Calls($"/{slow.Id}").Length - before;
            Assert.True(beside < (quiet * 2) + TimeSpan.FromSeconds(1), $"it took {beside.TotalSeconds:0.0} s beside one that hangs, {quiet.TotalSeconds:0.0} s in quiet times");
            Assert.True(asked <= many / 3, $"the one that hangs was asked {asked} times in between");
        }
        finally
        {
            host.Far.Answers = _ => Task.CompletedTask;
        }

        // What was left is told as soon as the far side is back, not after as many waits as there were failures elsewhere.
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.Get(() => Task.FromResult(Calls($"/{slow.Id}").Select(c => c.Body).Distinct().Count()), n => n >= many);
    }

    /// <summary>Four calls are under way at once, and one more may begin between the first that times out and the second.</summary>
    [Fact]
    public async Task Whoever_let_two_calls_time_out_is_left_until_the_next_turn()
    {
        var (app, ids, services) = (await host.Partner(), new List<string>(), host.App.Services);
        for (var i = 0; i < 12; i++) ids.Add((await app.Raise(new { needs = new[] { "health" } })).Is(202).Text("id"));
        await Eventually.Get(() => Task.WhenAll(ids.Select(id => Row(app.Id, id))), rows => rows.All(row => row!.Due > host.Clock.GetUtcNow().AddDays(6)));
        // Not as an administrator sets it: nothing is due, so that there is this one turn.
        var webhook = new PartnerWebhook($"{host.Far.Address}{app.Id}", 1, host.Clock.GetUtcNow(), "admin");
        await services.GetRequiredService<PartnerRows>().Change(app.Id, p => p with { Webhook = webhook, LastSerial = 1 });
        host.Far.Answers = http => http.Request.Path.Value == $"/{app.Id}" ? Loopback.Hangs(http) : Task.CompletedTask;
        try
        {
            await services.GetRequiredService<PartnerTelling>().Tell(app.Id, ids, CancellationToken.None);
            Assert.InRange(Calls($"/{app.Id}").Length, 2, 5);
        }
        finally
        {
            host.Far.Answers = _ => Task.CompletedTask;
        }
    }

    private async Task<TimeSpan> Told(Made app)
    {
        var clock = Stopwatch.StartNew();
        var id = (await app.Raise(new { needs = new[] { "health" } })).Is(202).Text("id");
        await Eventually.Get(() => Task.FromResult(Calls($"/{app.Id}", id)), calls => calls.Length > 0);
        return clock.Elapsed;
    }

    /// <summary>Each sweep looks at what is due; what has been told is due again within a moment.</summary>
    private async Task SomeLooks()
    {
        for (var i = 0; i < 3; i++)
        {
            host.Clock.Advance(Following.LookEvery);
            await host.Sweep();
        }
    }

    private Asked[] Calls(string path, string alert = "") => [.. host.Far.All.Where(a => a.Path == path && a.Body.Contains(alert, StringComparison.Ordinal))];

    private Task<StoredRow<PartnerAlert>?> Row(string partner, string id) => host.App.Services.GetRequiredService<IRows>().Read<PartnerAlert>(Tables.PartnerAlerts, partner, id);
}
