using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Rows;
using Dispatch.Web.Audit;
using Dispatch.Web.Sealing;
using Dispatch.Web.Tests.Harness;
using Dispatch.Web.Tests.Leaks;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Web.Tests;

/// <summary>A desk raises for somebody who is there: the line rings it at once, and the desk reads nothing afterwards.</summary>
public sealed class RelayTests(RelayTests.Host host) : IClassFixture<RelayTests.Host>
{
    private const string Number = "+223 70 99 88 77";
    private const string Dialled = "+22370998877";
    private static readonly Secret Desk = Secret.First with { Words = ["Zqwyndra", "22370998877", "70998877"] };

    public sealed class Host() : RunningHost(Programme.Settings(relay: "Zqwyndra F."));

    [Fact]
    public async Task The_line_rings_the_desk_at_once_and_only_whoever_took_it_reads_its_number()
    {
        var (desk, taker, boss) = (await Accepted("desk"), await host.SignIn("taker"), await host.SignIn("boss"));
        var receipt = (await Raise(desk, new { needs = new[] { "health" }, agreed = Yes(), ageBand = "18plus", party = new { adults = 1, children = new[] { 4 } }, safeContact = new { channel = "none" } })).Is(202).Text("receipt");
        var id = receipt.Split('.')[0];
        var item = (await Items(taker, id)).Single(i => i.GetProperty("reason").GetString() is "handOver");
        Assert.Equal("ringing", item.GetProperty("state").GetString());

        var before = (await taker.Get($"/api/v1/alerts/{id}")).Is(200).Json;
        Assert.Equal(("relay", "Zqwyndra F.", "Clinic"), (before.GetProperty("verification").GetString(), before.GetProperty("relay").GetProperty("name").GetString(), before.GetProperty("relay").GetProperty("organisation").GetString()));
        Assert.False(before.GetProperty("relay").TryGetProperty("number", out _));
        var agreed = before.GetProperty("agreed");
        Assert.Equal(("herWord", "2026-11", "bm"), (agreed.GetProperty("how").GetString(), agreed.GetProperty("wordingVersion").GetString(), agreed.GetProperty("language").GetString()));
        Assert.Equal("received", (await desk.Get($"/api/v1/relay/receipts/{receipt}")).Is(200).Text("state"));

        (await taker.Post($"/api/v1/hotline/items/{item.GetProperty("itemId").GetString()}/take")).Is(200);
        Assert.Equal(Dialled, (await taker.Get($"/api/v1/alerts/{id}")).Is(200).Json.GetProperty("relay").GetProperty("number").GetString());
        Assert.False((await boss.Get($"/api/v1/alerts/{id}")).Is(200).Json.GetProperty("relay").TryGetProperty("number", out _));
        await Eventually.Get(() => desk.Get($"/api/v1/relay/receipts/{receipt}"), a => a.Is(200).Text("state") == "taken");
    }

    [Fact]
    public async Task The_desk_cannot_read_what_it_raised_and_after_half_an_hour_not_even_that_it_was_taken()
    {
        var (desk, other) = (await Accepted("desk"), await Accepted("frontdesk"));
        var key = Guid.NewGuid();
        var raised = (await Raise(desk, new { needs = new[] { "health" }, agreed = Yes() }, key)).Is(202);
        var receipt = raised.Text("receipt");
        var id = receipt.Split('.')[0];
        Assert.Equal(["fallbackNumber", "receipt", "receivedAt"], raised.Json.EnumerateObject().Select(p => p.Name).Order());
        (await desk.Get($"/api/v1/alerts/{id}")).Is(403, "not_allowed");
        foreach (var path in new[] { $"/api/v1/alerts/{id}/cancel", $"/api/v1/alerts/{id}/additions" }) Assert.InRange((await desk.Post(path)).Status, 401, 403);
        (await desk.Get("/api/v1/hotline/one/queue")).Is(403, "not_allowed");
        Assert.Equal("{\"state\":\"received\"}", (await desk.Get($"/api/v1/relay/receipts/{receipt}")).Is(200).Body);
        (await other.Get($"/api/v1/relay/receipts/{receipt}")).Is(404, "not_found");
        (await desk.Get($"/api/v1/relay/receipts/{id}.AAAAAAAAAAAAAAAAAAAAAA")).Is(404, "not_found");
        (await desk.Get($"/api/v1/relay/receipts/{id}")).Is(404, "not_found");
        Assert.Equal(raised.Body, (await Raise(desk, new { needs = new[] { "health" }, agreed = Yes() }, key)).Is(202).Body);
        (await Raise(desk, new { needs = new[] { "legal" }, agreed = Yes() }, key)).Is(422, "key_reused");

        host.Clock.Advance(TimeSpan.FromMinutes(30) + TimeSpan.FromSeconds(1));
        (await desk.Get($"/api/v1/relay/receipts/{receipt}")).Is(404, "not_found");
    }

    [Fact]
    public async Task Without_the_charter_nothing_is_raised_and_accepting_it_is_recorded()
    {
        var desk = await host.SignIn("newdesk");
        Assert.False((await desk.Get("/api/v1/relay")).Is(200).Json.TryGetProperty("charterVersion", out _));
        (await Raise(desk, new { agreed = Yes() })).Is(409, "charter_needed");
        (await desk.Put("/api/v1/relay/desk", new { charterVersion = "2026-11", number = "12" })).Is(422, "invalid_number");
        (await desk.Put("/api/v1/relay/desk", new { number = Number })).Is(400, "invalid_body");
        var accepted = (await desk.Put("/api/v1/relay/desk", new { charterVersion = "2026-11", number = Number })).Is(200);
        Assert.Equal(("2026-11", "•• •• 88 77"), (accepted.Text("charterVersion"), accepted.Text("number")));
        Assert.Contains(await Audit(), row => row is { Action: "relay.charter", Detail: "2026-11" } && row.By == Account("newdesk"));
        (await Raise(desk, new { agreed = Yes() })).Is(202);
        (await (await host.SignIn("nurse0")).Put("/api/v1/relay/desk", new { charterVersion = "2026-11", number = Number })).Is(403, "not_allowed");
        (await (await host.SignIn("taker")).Get("/api/v1/relay")).Is(403, "not_allowed");
    }

    [Fact]
    public async Task Police_only_on_her_word_also_where_the_desk_is_theirs()
    {
        var desk = await Accepted("frontdesk");
        (await Raise(desk, new { needs = new[] { "health", "police" }, agreed = Yes() })).Is(422, "consent_missing");
        (await Raise(desk, new { needs = new[] { "health", "police" }, agreed = new { how = "cannotSay" }, policeConsent = new { wordingVersion = "2026-11" } })).Is(422, "consent_missing");
        (await Raise(desk, new { needs = new[] { "health" } })).Is(422, "consent_missing");
        (await Raise(desk, new { needs = new[] { "health" }, agreed = Yes(), note = "her story" })).Is(400, "invalid_body");

        var quiet = (await Raise(desk, new { needs = new[] { "health" }, agreed = Yes() })).Is(202).Text("receipt").Split('.')[0];
        var asked = (await Raise(desk, new { needs = new[] { "health", "police" }, agreed = Yes(), policeConsent = new { wordingVersion = "2026-10", language = "bm" } })).Is(202).Text("receipt").Split('.')[0];
        var boss = await host.SignIn("boss");
        Assert.Equal(0, (await boss.Get($"/api/v1/alerts/{quiet}")).Is(200).Json.GetProperty("disclosures").GetArrayLength());
        var consent = (await boss.Get($"/api/v1/alerts/{asked}")).Is(200).Json.GetProperty("disclosures")[0];
        Assert.Equal(("consent", "relay", "relay"), (consent.GetProperty("basis").GetString(), consent.GetProperty("by").GetString(), consent.GetProperty("channel").GetString()));
    }

    [Fact]
    public async Task A_child_is_told_the_limits_and_what_was_read_is_recorded()
    {
        var desk = await Accepted("desk");
        var id = (await Raise(desk, new { ageBand = "12to14", agreed = Yes(), limitsWording = "2026-11" })).Is(202).Text("receipt").Split('.')[0];
        var alert = (await (await host.SignIn("boss")).Get($"/api/v1/alerts/{id}")).Is(200).Json;
        Assert.False(alert.GetProperty("limitsToSay").GetBoolean());
        Assert.Equal(("relay", "2026-11"), (alert.GetProperty("limitsSaid").GetProperty("by").GetString(), alert.GetProperty("limitsSaid").GetProperty("wordingVersion").GetString()));
        Assert.True(alert.GetProperty("guardiansMustNotBeTold").GetBoolean());
    }

    [Fact]
    public async Task An_exercise_needs_an_open_window()
    {
        var (desk, boss) = (await Accepted("desk"), await host.SignIn("boss"));
        Assert.False((await desk.Get("/api/v1/relay")).Is(200).Json.GetProperty("drillOpen").GetBoolean());
        (await Raise(desk, new { agreed = Yes(), exercise = true })).Is(422, "exercise_outside_window");
        (await boss.Put("/api/v1/areas/TT%2Fone/drill", new { until = host.Clock.GetUtcNow().AddHours(1) })).Is(200);
        Assert.True((await desk.Get("/api/v1/relay")).Is(200).Json.GetProperty("drillOpen").GetBoolean());
        var id = (await Raise(desk, new { agreed = Yes(), exercise = true })).Is(202).Text("receipt").Split('.')[0];
        Assert.All(await Items(boss, id), item => Assert.True(item.GetProperty("exercise").GetBoolean()));
        (await boss.Send(HttpMethod.Delete, "/api/v1/areas/TT%2Fone/drill", null)).Is(200);
    }

    /// <summary>In a small place, who brought her says who she is.</summary>
    [Fact]
    public async Task Who_raised_is_in_no_row_no_state_and_nothing_that_a_responder_reads()
    {
        var (desk, nurse, boss) = (await Accepted("desk"), await host.OnDuty("nurse1"), await host.SignIn("boss"));
        var id = (await Raise(desk, new { needs = new[] { "health" }, agreed = Yes() })).Is(202).Text("receipt").Split('.')[0];
        var offer = await Eventually.Offer(nurse, id);
        var read = new List<string> { (await nurse.Get("/api/v1/me/offers")).Is(200).Body };
        read.Add((await nurse.Post($"/api/v1/offers/{offer}/accept", new { etaMinutes = 10 })).Is(200).Body);
        read.Add((await nurse.Post($"/api/v1/assignments/{offer}/progress", new { state = "noConflict" })).Is(200).Body);
        read.Add((await nurse.Get("/api/v1/me/assignments")).Is(200).Body);
        foreach (var said in read)
        {
            foreach (var word in new[] { "relay", "handOver", "Zqwyndra", "998877", "agreed" }) Assert.DoesNotContain(word, said, StringComparison.OrdinalIgnoreCase);
        }

        (await boss.Get($"/api/v1/alerts/{id}")).Is(200);
        var view = await host.App.Services.GetRequiredService<IGrainFactory>().GetGrain<IAlertGrain>(id).HotlineView();
        var (stored, account) = (JsonSerializer.Serialize(view, DispatchJson.Options), Account("desk"));
        Assert.DoesNotContain(account, stored, StringComparison.Ordinal);
        // The audit says that this account raised something, and not what.
        Assert.Contains(await Audit(), row => row is { Action: "relay.raise", Alert: null } && row.By == account);
        Assert.DoesNotContain(await Audit(), row => row.Alert == id && row.By == account);

        var search = new LeakSearch(Forms.Of(Desk));
        await search.LookInFolder(host.Store);
        Assert.Empty(search.Found);
        Assert.True(search.Searched > 100_000, $"only {search.Searched} bytes were searched");
        await File.WriteAllTextAsync(Path.Combine(host.Store, "beside.txt"), "rung: +22370998877");
        var planted = new LeakSearch(Forms.Of(Desk));
        await planted.LookInFolder(host.Store);
        File.Delete(Path.Combine(host.Store, "beside.txt"));
        Assert.NotEmpty(planted.Found);
    }

    private async Task<Caller> Accepted(string user)
    {
        var desk = await host.SignIn(user);
        (await desk.Put("/api/v1/relay/desk", new { charterVersion = "2026-11", number = Number })).Is(200);
        return desk;
    }

    private static object Yes() => new { how = "herWord", wordingVersion = "2026-11", language = "bm" };

    private static Task<Answer> Raise(Caller desk, object body, Guid? key = null) => desk.Post("/api/v1/relay/alerts", body, ("Idempotency-Key", (key ?? Guid.NewGuid()).ToString("D")));

    private static async Task<JsonElement[]> Items(Caller staff, string alert) =>
        [.. (await staff.Get("/api/v1/hotline/one/queue")).Is(200).Json.GetProperty("items").EnumerateArray().Where(i => i.GetProperty("alertId").GetString() == alert)];

    private string Account(string user) => host.App.Services.GetRequiredService<Macs>().AccountId("TT", user);

    private async Task<IReadOnlyList<AuditRow>> Audit() => await host.App.Services.GetRequiredService<IRows>().All<AuditRow>(Tables.Audit, $"TT/{host.Clock.GetUtcNow():yyyyMMdd}");
}
