using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests;

/// <summary>Protocols as documents: drafted, checked, put in force, looked through, retired.</summary>
public sealed class ProtocolTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Path = "/api/v1/protocols";
    private const string Area = "TT/one";

    [Fact]
    public async Task A_draft_is_put_in_force_for_its_area_and_the_next_alert_starts_with_it()
    {
        var planner = await host.SignIn("planner");
        var rules = Example("ML");
        rules["needs"]!.AsArray().First(n => (string)n!["need"]! == "health")!["quorum"] = 2;
        var draft = (await planner.Post(Path, new { area = Area, note = "two nurses", rules })).Is(201);
        var version = draft.Json.GetProperty("version").GetInt32();
        Assert.Equal($"{Path}/{version}", draft.Headers["Location"]);
        Assert.Equal(("draft", version, 0), (draft.Text("state"), draft.Json.GetProperty("rules").GetProperty("version").GetInt32(), draft.Json.GetProperty("faults").GetArrayLength()));

        await host.OnDuty("nurse0");
        await host.OnDuty("nurse1");
        Assert.Equal(1, await QuorumOfNewAlert());
        Assert.Equal("active", (await planner.Post($"{Path}/{version}/activate")).Is(200).Text("state"));
        Assert.Equal(2, await QuorumOfNewAlert());
        Assert.Equal("active", (await planner.Post($"{Path}/{version}/activate")).Is(200).Text("state"));
        (await planner.Put($"{Path}/{version}", new { rules })).Is(409, "protocol_not_draft");
        (await planner.Delete($"{Path}/{version}")).Is(409, "protocol_not_draft");

        Assert.Equal("retired", (await planner.Post($"{Path}/{version}/retire")).Is(200).Text("state"));
        Assert.Equal(1, await QuorumOfNewAlert());
        var listed = (await planner.Get(Path)).Is(200).Json.GetProperty("items").EnumerateArray().First(i => i.GetProperty("version").GetInt32() == version);
        Assert.Equal(("retired", Area, "two nurses"), (listed.GetProperty("state").GetString(), listed.GetProperty("area").GetString(), listed.GetProperty("note").GetString()));
    }

    [Fact]
    public async Task Whoever_takes_the_alert_reads_whom_to_ring_when_nobody_answers_and_police_only_on_a_basis()
    {
        var planner = await host.SignIn("planner");
        var rules = Example("ML");
        foreach (var need in rules["needs"]!.AsArray()) need!["fallbackNumber"] = (string)need["need"]! == "police" ? "17" : "+223 20 22 00 00";
        var version = (await planner.Post(Path, new { area = Area, rules })).Is(201).Json.GetProperty("version").GetInt32();
        (await planner.Post($"{Path}/{version}/activate")).Is(200);
        var boss = await host.SignIn("boss");

        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
        Assert.Equal([("health", "+223 20 22 00 00")], await Fallbacks(phone.Id));
        phone = await host.Anybody().Raised(new { needs = new[] { "police" }, policeConsent = new { wordingVersion = "fr-1" } });
        Assert.Equal([("police", "17")], await Fallbacks(phone.Id));
        (await phone.Add("""{"policeConsent":null}""")).Is(200);
        Assert.Equal([("police", null)], await Fallbacks(phone.Id));
        (await planner.Post($"{Path}/{version}/retire")).Is(200);

        async Task<(string, string?)[]> Fallbacks(string alert) =>
            [.. (await Eventually.Get(() => boss.Get($"/api/v1/alerts/{alert}"), a => a.Status == 200 && a.Json.GetProperty("needs").GetArrayLength() > 0)).Json.GetProperty("needs").EnumerateArray()
                .Select(n => (n.GetProperty("need").GetString()!, n.TryGetProperty("fallbackNumber", out var number) ? number.GetString() : null))];
    }

    [Fact]
    public async Task A_wrong_draft_is_kept_with_its_faults_and_never_put_in_force()
    {
        var planner = await host.SignIn("planner");
        var rules = Example("BJ");
        rules["defaultNeeds"]!.AsArray().Add("police");
        rules["steps"]![1]!["afterSeconds"] = 0;
        var draft = (await planner.Post(Path, new { area = Area, rules })).Is(201);
        Assert.Equal([("steps_not_in_order", "steps[1]"), ("police_by_default", "defaultNeeds")], Faults(draft));
        var version = draft.Json.GetProperty("version").GetInt32();
        Assert.Equal(Faults(draft), Faults((await planner.Post($"{Path}/{version}/activate")).Is(422, "protocol_invalid")));
        Assert.Equal(Faults(draft), Faults((await planner.Get($"/api/v1/areas/TT%2Fone/preview?version={version}")).Is(422, "protocol_invalid")));

        Assert.Empty(Faults((await planner.Put($"{Path}/{version}", new { rules = Example("BJ"), note = "right" })).Is(200)));
        (await planner.Delete($"{Path}/{version}")).Is(204);
        (await planner.Get($"{Path}/{version}")).Is(404, "not_found");
        (await planner.Post($"{Path}/{version}/activate")).Is(404, "not_found");
    }

    [Fact]
    public async Task What_is_not_hers_or_no_document_is_refused()
    {
        var planner = await host.SignIn("planner");
        (await planner.Post(Path, new { rules = Example("BF") })).Is(403, "not_allowed");
        (await planner.Post(Path, new { area = "TT/river", rules = Example("BF") })).Is(403, "not_allowed");
        (await planner.Post(Path, new { area = "TT/nowhere", rules = Example("BF") })).Is(400, "invalid_body");
        (await planner.Post(Path, new { area = Area, rules = new { } })).Is(400, "invalid_body");
        (await planner.Post(Path, new { area = Area })).Is(400, "invalid_body");
        (await planner.Post(Path, new { area = Area, note = new string('x', 2001), rules = Example("BF") })).Is(400, "invalid_body");
        (await planner.Post($"{Path}/1/retire")).Is(403, "not_allowed");
        foreach (var other in (string[])["boss", "taker", "nurse0"]) (await (await host.SignIn(other)).Get(Path)).Is(403, "not_allowed");
    }

    [Fact]
    public async Task The_shipped_examples_can_run_and_say_that_they_are_examples()
    {
        var items = (await (await host.SignIn("planner")).Get($"{Path}/examples")).Is(200).Json.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(["BF", "BJ", "ML"], items.Select(i => i.GetProperty("country").GetString()!));
        Assert.All(items, i => Assert.StartsWith("Example, to be agreed", i.GetProperty("note").GetString(), StringComparison.Ordinal));
        Assert.All(Dispatch.Web.Protocols.ExampleProtocols.All, e => Assert.Empty(Domain.Protocols.RuleFaults.Of(e.Rules)));
        Assert.All(Dispatch.Web.Protocols.ExampleProtocols.All, e => Assert.Equal(Enum.GetValues<Domain.Alerts.Need>().Order(), e.Rules.Needs.Select(n => n.Need).Order()));
    }

    [Fact]
    public async Task Who_would_answer_here_tonight()
    {
        var nurse = await host.OnDuty("nurse2");
        (await nurse.Put("/api/v1/me/devices/phone-1", Subscription.At("https://push.example.org/x"))).Is(200);
        var planner = await host.SignIn("planner");
        var body = (await planner.Get("/api/v1/areas/TT%2Fone/preview?need=health")).Is(200).Json;
        var health = body.GetProperty("needs").EnumerateArray().Single();
        var people = health.GetProperty("steps").EnumerateArray().SelectMany(s => s.GetProperty("people").EnumerateArray()).Select(p => p.GetProperty("person").GetProperty("displayName").GetString()).ToArray();
        Assert.Contains("Nurse 2", people);
        Assert.False(health.GetProperty("gap").GetBoolean());

        var all = (await planner.Get("/api/v1/areas/TT%2Fone/preview")).Is(200).Json.GetProperty("needs").EnumerateArray().ToDictionary(n => n.GetProperty("need").GetString()!);
        Assert.True(all["police"].GetProperty("needsConsent").GetBoolean());
        Assert.DoesNotContain("alert", (await planner.Get($"{Path}")).Body, StringComparison.OrdinalIgnoreCase);

        (await planner.Get("/api/v1/areas/TT%2Ftwo/preview")).Is(404, "not_found");
        (await planner.Get("/api/v1/areas/TT%2Fone/preview?need=everything")).Is(400, "invalid_body");
        (await planner.Get($"/api/v1/areas/TT%2Fone/preview?at={Uri.EscapeDataString(host.Clock.GetUtcNow().AddDays(15).ToString("O"))}")).Is(400, "invalid_body");
        (await planner.Get("/api/v1/areas/TT%2Fone/preview?version=99")).Is(404, "not_found");
        (await nurse.Get("/api/v1/areas/TT%2Fone/preview")).Is(403, "not_allowed");
    }

    private async Task<int> QuorumOfNewAlert()
    {
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
        var boss = await host.SignIn("boss");
        var alert = await Eventually.Get(() => boss.Get($"/api/v1/alerts/{phone.Id}"), a => a.Status == 200 && a.Json.GetProperty("needs").GetArrayLength() > 0);
        var quorum = alert.Json.GetProperty("needs").EnumerateArray().Single().GetProperty("quorum").GetInt32();
        await phone.Cancel(new { });
        return quorum;
    }

    private static (string, string)[] Faults(Answer answer) =>
        [.. answer.Json.GetProperty("faults").EnumerateArray().Select(f => (f.GetProperty("code").GetString()!, f.GetProperty("where").GetString()!))];

    private static JsonObject Example(string country) =>
        JsonSerializer.SerializeToNode(Dispatch.Web.Protocols.ExampleProtocols.All.First(e => e.Country == country).Rules, Dispatch.Web.Hosting.WireJson.Options)!.AsObject();
}
