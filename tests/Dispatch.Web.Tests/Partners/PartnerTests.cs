using System.Text.Json;
using Dispatch.Channels.WebPush;
using Dispatch.Domain;
using Dispatch.Domain.Partners;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Rows;
using Dispatch.Web.Tests.Harness;
using Dispatch.Web.Tests.Leaks;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Web.Tests.Partners;

/// <summary>Another programme's app opens alerts and follows them, and learns nothing of who helps.</summary>
public sealed class PartnerTests(PartnerHost host) : IClassFixture<PartnerHost>
{
    [Fact]
    public async Task An_alert_is_followed_from_received_to_its_end_without_a_name_or_a_place()
    {
        var (app, nurse, boss) = (await host.Partner(), await host.OnDuty("nurse1"), await host.SignIn("boss"));
        var raised = (await app.Raise(new { needs = new[] { "health" }, language = "fr" })).Is(202);
        var id = raised.Text("id");
        Assert.Equal(("received", false, 5), (raised.Text("status"), raised.Json.GetProperty("overQuota").GetBoolean(), raised.Json.GetProperty("lookAfterSeconds").GetInt32()));
        var offer = await Eventually.Offer(nurse, id);
        (await nurse.Post($"/api/v1/offers/{offer}/receipt", new { state = "delivered" })).Is(204);
        var asking = await Eventually.Get(() => app.Look(id), a => a.Is(200).Text("status") == "asking");
        Assert.Equal(1, asking.Json.GetProperty("toldCount").GetInt32());
        (await nurse.Post($"/api/v1/offers/{offer}/accept", new { mode = "callsHer", etaMinutes = 12 })).Is(200);
        var accepted = await Eventually.Get(() => app.Look(id), a => a.Is(200).Text("status") == "accepted");
        Assert.Equal("{\"need\":\"health\",\"state\":\"accepted\",\"mode\":\"callsHer\",\"etaMinutes\":12}", accepted.Json.GetProperty("needs")[0].GetRawText());
        Assert.Equal(
            ["id", "lookAfterSeconds", "needs", "overQuota", "receivedAt", "sandbox", "status", "toldCount", "version"], accepted.Json.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        foreach (var state in new[] { "noConflict", "done" }) (await nurse.Post($"/api/v1/assignments/{offer}/progress", new { state })).Is(200);
        var ended = await Eventually.Get(() => app.Look(id), a => a.Is(200).Text("status") == "ended");
        foreach (var secret in new[] { "Nurse", "nurse1", "clinic", "TT/one" }) Assert.DoesNotContain(secret, ended.Body + accepted.Body, StringComparison.OrdinalIgnoreCase);

        Assert.Equal("none", (await boss.Get($"/api/v1/alerts/{id}")).Is(200).Text("verification"));
        Assert.Contains(await host.Audit(), row => row is { Action: "partner.raise" } && row.Alert == id && row.By == $"partner:{app.Id}.{app.Key}");
    }

    /// <summary>For everybody who deals with it, it is the alert that her own phone would have raised.</summary>
    [Fact]
    public async Task It_leaves_the_same_alert_as_the_app()
    {
        var (app, body) = (await host.Partner(), new { needs = new[] { "health", "psychosocial" }, ageBand = "18plus", location = new { landmark = "the mill" }, party = new { adults = 1 }, exclusions = new { people = new[] { "Nurse 3" } } });
        var (hers, theirs) = ((await host.Anybody().Raised(body)).Id, (await app.Raise(body)).Is(202).Text("id"));
        var grains = host.App.Services.GetRequiredService<IGrainFactory>();
        async Task<string[]> Of(string id)
        {
            var alert = (await grains.GetGrain<IAlertGrain>(id).HotlineView())!.Alert;
            return [.. alert.Wished.Select(n => n.ToString()), $"{alert.Verification} {alert.AgeBand} {alert.Area} {alert.Line} {alert.Stage} {alert.Place is not null} {alert.Party is not null} {alert.Exclusions.Responders.Length} {alert.Rings} {alert.Alarms.Length}"];
        }

        Assert.Equal(await Of(hers), await Of(theirs));
    }

    [Fact]
    public async Task Keys_are_shown_once_replaced_and_revoked_and_do_only_what_they_are_for()
    {
        var admin = await host.Admin();
        var app = await host.Partner();
        var list = (await admin.Get("/api/v1/partners")).Is(200).Body;
        Assert.Contains(app.Key, list, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Text.Split('.')[3], list, StringComparison.Ordinal);

        var next = (await admin.Post($"/api/v1/partners/{app.Id}/keys/{app.Key}/rotate")).Is(201);
        var successor = app with { Key = next.Text("keyId"), Caller = host.Anybody().With(next.Text("key")) };
        var id = (await app.Raise(new { })).Is(202).Text("id");
        (await successor.Look(id)).Is(200);
        (await admin.Delete($"/api/v1/partners/{app.Id}/keys/{app.Key}")).Is(204);
        (await app.Look(id)).Is(401, "not_signed_in");
        (await app.Raise(new { })).Is(401, "not_signed_in");
        (await successor.Look(id)).Is(200);
        foreach (var action in new[] { "partner.add", "partner.key.rotate", "partner.key.revoke" }) Assert.Contains(await host.Audit(), row => row.Action == action && row.Subject == app.Id);

        var looks = (await admin.Post($"/api/v1/partners/{app.Id}/keys", new { scopes = new[] { "status" } })).Is(201).Text("key");
        (await host.Anybody().With(looks).Get($"/api/v1/partner/alerts/{id}")).Is(200);
        (await (app with { Caller = host.Anybody().With(looks) }).Raise(new { })).Is(403, "not_allowed");
        (await admin.Post($"/api/v1/partners/{app.Id}/keys", new { scopes = new[] { "sandbox" } })).Is(400, "invalid_body");
        (await admin.Post("/api/v1/partners/AAAAAAAAAAAA/keys", new { scopes = new[] { "status" } })).Is(404, "not_found");
        (await admin.Post("/api/v1/partners", new { title = "x", perHour = 0, scopes = new[] { "raise" } })).Is(400, "invalid_body");
        foreach (var other in new[] { "boss", "taker", "nurse0", "desk", "planner" }) (await (await host.SignIn(other)).Get("/api/v1/partners")).Is(403, "not_allowed");
        (await admin.Get($"/api/v1/partner/alerts/{id}")).Is(401, "not_signed_in");
    }

    [Theory]
    [InlineData("dpk.AAAAAAAAAAAA.AAAAAAAAAAAA.AAAA")]
    [InlineData("dpk.x.y.z")]
    [InlineData("dpk..")]
    [InlineData("garbage")]
    public async Task What_is_no_key_opens_nothing(string key)
    {
        (await host.Anybody().With(key).Post("/api/v1/partner/alerts", new { }, ("Idempotency-Key", Guid.NewGuid().ToString("D")))).Is(401, "not_signed_in");
        var real = (await host.Partner()).Text;
        (await host.Anybody().With(real[..^1] + (real[^1] is 'A' ? 'B' : 'A')).Get("/api/v1/partner/alerts/0123456789abcdef")).Is(401, "not_signed_in");
    }

    [Fact]
    public async Task Garbage_is_refused_and_the_same_raise_twice_is_one_alert()
    {
        var (app, other) = (await host.Partner(), await host.Partner());
        (await app.Caller.Post("/api/v1/partner/alerts", new { })).Is(400, "invalid_key");
        (await app.Raise("[]")).Is(400, "invalid_body");
        (await app.Raise(new { needs = new[] { "unheardOf" } })).Is(400, "invalid_body");
        (await app.Raise(new { note = new string('x', 2001) })).Is(400, "invalid_body");
        (await app.Raise(new { composedAt = host.Clock.GetUtcNow().AddHours(-13) })).Is(422, "too_old");
        var key = Guid.NewGuid();
        var first = (await app.Raise(new { needs = new[] { "health" } }, key)).Is(202);
        Assert.Equal(first.Body, (await app.Raise(new { needs = new[] { "health" } }, key)).Is(202).Body);
        (await app.Raise(new { needs = new[] { "legal" } }, key)).Is(422, "key_reused");
        var theirs = (await other.Raise(new { needs = new[] { "health" } }, key)).Is(202).Text("id");
        Assert.NotEqual(first.Text("id"), theirs);
        (await app.Look(theirs)).Is(404, "not_found");
        var hers = await host.Anybody().Raised(new { });
        (await app.Look(hers.Id)).Is(404, "not_found");
        (await app.Caller.Post($"/api/v1/partner/alerts/{hers.Id}/cancel")).Is(404, "not_found");
        Assert.NotEqual("cancelled", (await hers.Look()).Is(200).Text("status"));
    }

    [Fact]
    public async Task A_sandbox_key_raises_exercises_only_and_a_real_key_none_outside_a_window()
    {
        var (real, sandbox, boss) = (await host.Partner(), await host.Partner(["raise", "status", "sandbox"]), await host.SignIn("boss"));
        (await sandbox.Raise(new { })).Is(422, "exercise_outside_window");
        (await sandbox.Raise(new { exercise = true })).Is(422, "exercise_outside_window");
        (await sandbox.Raise(new { exercise = false })).Is(403, "sandbox_only");
        (await real.Raise(new { exercise = true })).Is(422, "exercise_outside_window");
        Assert.DoesNotContain((await host.App.Services.GetRequiredService<IRows>().List<PartnerAlert>(Tables.PartnerAlerts, sandbox.Id, null, 10)), row => row.Value.Sandbox);

        (await boss.Put("/api/v1/areas/TT%2Fone/drill", new { until = host.Clock.GetUtcNow().AddHours(1) })).Is(200);
        var drill = (await sandbox.Raise(new { })).Is(202).Text("id");
        (await sandbox.Raise(new { exercise = false })).Is(403, "sandbox_only");
        Assert.True((await boss.Get($"/api/v1/alerts/{drill}")).Is(200).Json.GetProperty("exercise").GetBoolean());
        var alert = (await real.Raise(new { })).Is(202).Text("id");
        Assert.False((await boss.Get($"/api/v1/alerts/{alert}")).Is(200).Json.GetProperty("exercise").GetBoolean());
        Assert.True((await sandbox.Look(drill)).Is(200).Json.GetProperty("sandbox").GetBoolean());
        (await boss.Send(HttpMethod.Delete, "/api/v1/areas/TT%2Fone/drill", null)).Is(200);
    }

    [Fact]
    public async Task Above_the_quota_everything_is_taken_marked_and_said_to_the_administrator()
    {
        var (app, admin) = (await host.Partner(perHour: 2), await host.Admin());
        for (var i = 0; i < 2; i++) Assert.False((await app.Raise(new { })).Is(202).Json.GetProperty("overQuota").GetBoolean());
        Assert.Equal("[]", (await Listed(admin, app.Id)).GetProperty("alarms").GetRawText());
        var key = Guid.NewGuid();
        var over = (await app.Raise(new { needs = new[] { "health" } }, key)).Is(202);
        Assert.Equal((true, 30), (over.Json.GetProperty("overQuota").GetBoolean(), over.Json.GetProperty("lookAfterSeconds").GetInt32()));
        Assert.Equal(over.Body, (await app.Raise(new { needs = new[] { "health" } }, key)).Is(202).Body);
        var look = (await app.Look(over.Text("id"))).Is(200).Json;
        Assert.Equal((true, 30), (look.GetProperty("overQuota").GetBoolean(), look.GetProperty("lookAfterSeconds").GetInt32()));
        Assert.Contains((await (await host.SignIn("boss")).Get("/api/v1/hotline/one/queue")).Is(200).Json.GetProperty("items").EnumerateArray(), i => i.GetProperty("alertId").GetString() == over.Text("id"));

        var listed = await Listed(admin, app.Id);
        Assert.Equal((3, "overQuota"), (listed.GetProperty("raisedThisHour").GetInt32(), listed.GetProperty("alarms")[0].GetProperty("trouble").GetString()));
        (await admin.Delete($"/api/v1/partners/{app.Id}/alarms/overQuota")).Is(204);
        Assert.Equal("[]", (await Listed(admin, app.Id)).GetProperty("alarms").GetRawText());

        var answers = await Task.WhenAll(Enumerable.Range(0, PartnerQuota.LooksPerMinuteOver + 5).Select(_ => app.Look(over.Text("id"))));
        Assert.Contains(answers, a => a.Status is 429);
        Assert.All(answers.Where(a => a.Status is 429), a => Assert.InRange(int.Parse(a.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 60));
        (await app.Raise(new { })).Is(202);
    }

    /// <summary>Whoever reads the partner's screen over her shoulder must not see which of the two it was.</summary>
    [Fact]
    public async Task A_forced_cancel_and_a_real_one_read_the_same_to_the_byte()
    {
        var (app, boss) = (await host.Partner(), await host.SignIn("boss"));
        async Task<(string Id, string Said, string Then)> Cancelled(string pin)
        {
            var id = (await app.Raise(new { needs = new[] { "health" }, pin = "2468", duressPin = "1357" })).Is(202).Text("id");
            var said = (await app.Caller.Post($"/api/v1/partner/alerts/{id}/cancel", new { pin })).Is(200).Body;
            return (id, said, (await app.Look(id)).Is(200).Body);
        }

        var (real, forced) = (await Cancelled("2468"), await Cancelled("1357"));
        Assert.Equal((real.Said, real.Then), (forced.Said, forced.Then));
        Assert.Equal("{\"status\":\"cancelled\"}", forced.Then);
        Assert.False((await boss.Get($"/api/v1/alerts/{real.Id}")).Is(200).Json.GetProperty("duress").GetBoolean());
        Assert.True((await boss.Get($"/api/v1/alerts/{forced.Id}")).Is(200).Json.GetProperty("duress").GetBoolean());
    }

    [Fact]
    public async Task A_key_and_a_webhooks_secret_are_in_no_row_and_no_log()
    {
        var app = await host.Partner(webhook: true);
        var id = (await app.Raise(new { needs = new[] { "health" } })).Is(202).Text("id");
        (await app.Look(id)).Is(200);
        await Eventually.Get(() => Task.FromResult(host.Far.All.Count(a => a.Path == $"/{app.Id}")), n => n > 0);
        var secret = app.Secret!["whsec_".Length..];
        var search = new LeakSearch(Forms.Of(Secret.First with { Words = [app.Text.Split('.')[3], app.Text, app.Secret, secret, Convert.ToHexString(Convert.FromBase64String(secret))] }));
        await search.LookInFolder(host.Store);
        search.Look("the log", string.Join('\n', host.Log.Lines));
        Assert.Empty(search.Found);
        Assert.True(host.Log.Lines.Count > 100);
        search.Look("planted", $"Bearer {app.Text}");
        Assert.NotEmpty(search.Found);
    }

    [Theory]
    [InlineData("https://app.example.org/hook", true)]
    [InlineData("http://app.example.org/hook", false)]
    [InlineData("https://127.0.0.1/hook", false)]
    [InlineData("https://localhost/hook", false)]
    [InlineData("https://169.254.169.254/latest", false)]
    [InlineData("https://[::1]/", false)]
    [InlineData("https://user:pass@app.example.org/", false)]
    [InlineData("https://app.example.org:8443/", false)]
    [InlineData("https://intranet/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("https://app.example.org/#part", false)]
    public void Only_the_open_internet_is_called(string url, bool may)
    {
        using var webhooks = new Dispatch.Web.Partners.WebhookHttp(PushReach.Public, null!, TimeProvider.System);
        Assert.Equal(may, webhooks.May(url));
    }

    private static async Task<JsonElement> Listed(Caller admin, string id) =>
        (await admin.Get("/api/v1/partners")).Is(200).Json.GetProperty("partners").EnumerateArray().Single(p => p.GetProperty("id").GetString() == id);
}
