using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests;

/// <summary>What a person says beforehand, and what a supervisor reads of the order in which people are asked.</summary>
public sealed class DeclaredTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task Who_declared_a_conflict_with_whoever_brought_her_is_not_asked_and_a_supervisor_reads_why()
    {
        var nurse = await host.OnDuty("nurse0");
        await host.OnDuty("nurse1");
        Assert.Equal("clinic", (await nurse.Put("/api/v1/me/conflicts", new { organisations = new[] { "clinic" }, areas = new[] { "TT/river" } })).Is(200).Json.GetProperty("organisations")[0].GetString());
        var kept = (await nurse.Get("/api/v1/me/conflicts")).Is(200).Json;
        Assert.Equal(("clinic", "TT/river"), (kept.GetProperty("organisations")[0].GetString(), kept.GetProperty("areas")[0].GetString()));

        var taker = await host.SignIn("taker");
        var raised = (await taker.Post("/api/v1/hotline/one/calls", new { needs = new[] { "health" }, relay = new { organisation = "Clinic" } }, ("Idempotency-Key", Guid.NewGuid().ToString("D")))).Is(201);
        var alert = raised.Text("alertId");
        var boss = await host.SignIn("boss");
        Assert.Equal("conflictDeclared", (await NotAsked(boss, alert))["Nurse 0"]);
        Assert.Equal(0, (await nurse.Get("/api/v1/me/offers")).Is(200).Json.GetProperty("offers").GetArrayLength());

        var other = await host.Anybody().Raised(new { needs = new[] { "health" } });
        Assert.NotEqual("conflictDeclared", (await NotAsked(boss, other.Id)).GetValueOrDefault("Nurse 0"));
    }

    [Fact]
    public async Task A_supervisor_reads_in_which_order_people_are_asked_and_why()
    {
        var near = await host.OnDuty("nurse5");
        (await near.Put("/api/v1/me/travel", new { area = "TT/one", band = "under15" })).Is(204);
        (await near.Put("/api/v1/me/travel", new { area = "TT/two", band = "under15" })).Is(400, "invalid_body");
        (await near.Put("/api/v1/me/travel", new { area = "TT/one", band = "nextDoor" })).Is(400, "invalid_body");
        foreach (var name in (string[])["nurse2", "nurse3", "nurse4"]) await host.OnDuty(name);
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" }, modes = new[] { "receivesHer" } });
        await Eventually.Offer(near, phone.Id);

        var boss = await host.SignIn("boss");
        var next = (await boss.Get($"/api/v1/alerts/{phone.Id}/next-asked?need=health")).Is(200).Json.GetProperty("items");
        Assert.True(next.GetArrayLength() >= 2);
        Assert.True(next[0].GetProperty("rankedBecause").GetProperty("wishedMode").GetBoolean());
        Assert.DoesNotContain("Nurse 5", next.GetRawText(), StringComparison.Ordinal);
        (await (await host.SignIn("taker")).Get($"/api/v1/alerts/{phone.Id}/next-asked?need=health")).Is(403, "not_allowed");
        (await boss.Get($"/api/v1/alerts/{phone.Id}/next-asked?need=everything")).Is(400, "invalid_body");
        (await boss.Get("/api/v1/alerts/0191e7a2-7b1c-7000-8000-000000000000/next-asked?need=health")).Is(404, "not_found");
    }

    [Fact]
    public async Task What_the_programme_does_not_know_is_no_conflict()
    {
        var nurse = await host.SignIn("nurse8");
        (await nurse.Put("/api/v1/me/conflicts", new { organisations = new[] { "nobody" } })).Is(400, "invalid_body");
        (await nurse.Put("/api/v1/me/conflicts", new { areas = new[] { "TT/nowhere" } })).Is(400, "invalid_body");
        (await nurse.Put("/api/v1/me/conflicts", new { })).Is(200);
        (await (await host.SignIn("boss")).Put("/api/v1/me/conflicts", new { })).Is(403, "not_allowed");
    }

    /// <summary>Once somebody was asked.</summary>
    private static async Task<Dictionary<string, string?>> NotAsked(Caller boss, string alert)
    {
        await Eventually.Get(() => boss.Get($"/api/v1/alerts/{alert}"), a => a.Status == 200 && a.Json.GetProperty("offers").GetArrayLength() > 0);
        return (await boss.Get($"/api/v1/alerts/{alert}/not-asked?need=health")).Is(200).Json.GetProperty("items").EnumerateArray()
            .ToDictionary(i => i.GetProperty("person").GetProperty("displayName").GetString()!, i => i.GetProperty("reason").GetString());
    }
}
