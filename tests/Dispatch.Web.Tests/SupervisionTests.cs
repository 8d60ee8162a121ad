using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests;

/// <summary>Every open alert of the line, and what a supervisor does about one that others have.</summary>
public sealed class SupervisionTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task A_supervisor_has_more_people_asked_although_a_human_has_it_and_ends_the_asking_with_a_reason()
    {
        foreach (var n in Enumerable.Range(0, 6)) await host.OnDuty($"nurse{n}");
        var (taker, boss) = (await host.SignIn("taker"), await host.SignIn("boss"));
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
        await Eventually.Get(() => Asked(boss, phone.Id), n => n >= 2);
        (await taker.Post($"/api/v1/hotline/items/{phone.Id}:newAlert/take")).Is(200);
        await Eventually.Get(() => boss.Get($"/api/v1/alerts/{phone.Id}"), a => a.Is(200).Json.TryGetProperty("takenBy", out _));

        (await taker.Post($"/api/v1/alerts/{phone.Id}/widen", new { })).Is(403, "not_allowed");
        var key = ("Idempotency-Key", Guid.NewGuid().ToString("D"));
        (await boss.Post($"/api/v1/alerts/{phone.Id}/widen", new { }, key)).Is(200);
        (await boss.Post($"/api/v1/alerts/{phone.Id}/widen", new { }, key)).Is(200);
        (await boss.Post($"/api/v1/alerts/{phone.Id}/widen", new { need = "health" }, key)).Is(422, "key_reused");
        var widened = (await boss.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json.GetProperty("timeline").EnumerateArray().Where(e => e.GetProperty("kind").GetString() == "widened");
        Assert.Equal("Boss", Assert.Single(widened).GetProperty("who").GetString());

        (await taker.Post($"/api/v1/alerts/{phone.Id}/call-off", new { need = "health", reason = "notSafe" })).Is(403, "not_allowed");
        (await boss.Post($"/api/v1/alerts/{phone.Id}/call-off", new { need = "health" })).Is(422, "reason_required");
        (await boss.Post($"/api/v1/alerts/{phone.Id}/call-off", new { need = "health", reason = "because he came" })).Is(400, "invalid_body");
        for (var i = 0; i < 2; i++) (await boss.Post($"/api/v1/alerts/{phone.Id}/call-off", new { need = "health", reason = "notSafe" })).Is(200);
        var after = (await boss.Get($"/api/v1/alerts/{phone.Id}")).Is(200);
        Assert.Equal("closed", after.Json.GetProperty("needs")[0].GetProperty("state").GetString());
        Assert.All(after.Json.GetProperty("offers").EnumerateArray(), o => Assert.Equal("withdrawn", o.GetProperty("state").GetString()));
        Assert.Equal("notSafe", Assert.Single(after.Json.GetProperty("timeline").EnumerateArray(), e => e.GetProperty("kind").GetString() == "calledOff").GetProperty("detail").GetString());
        (await boss.Post($"/api/v1/alerts/{phone.Id}/widen", new { })).Is(409, "already_filled");
    }

    [Fact]
    public async Task A_supervisor_sees_every_open_alert_of_her_line_and_a_call_taker_does_not()
    {
        var (taker, boss) = (await host.SignIn("taker"), await host.SignIn("boss"));
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
        var hidden = await host.Anybody().Raised(new { exclusions = new { people = new[] { "Boss" } } });
        (await taker.Post($"/api/v1/hotline/items/{phone.Id}:newAlert/take")).Is(200);
        (await taker.Get("/api/v1/hotline/one/alerts")).Is(403, "not_allowed");
        (await boss.Get("/api/v1/hotline/two/alerts")).Is(404, "not_found");
        var row = (await Eventually.Get(() => boss.Get("/api/v1/hotline/one/alerts"), a => Rows(a).Any(r => Id(r) == phone.Id && r.TryGetProperty("takenBy", out _)))).Json;
        var mine = row.GetProperty("items").EnumerateArray().Single(r => Id(r) == phone.Id);
        Assert.Equal("health", mine.GetProperty("needs")[0].GetProperty("need").GetString());
        Assert.Equal(0, mine.GetProperty("accepted").GetInt32());
        Assert.DoesNotContain(row.GetProperty("items").EnumerateArray(), r => Id(r) == hidden.Id);
    }

    [Fact]
    public async Task The_overview_goes_on_where_a_page_ended()
    {
        var boss = await host.SignIn("boss");
        var raised = new List<string>();
        for (var n = 0; n < 53; n++) raised.Add((await host.Anybody().Raised(new { needs = new[] { "health" } })).Id);
        var seen = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var page = (await boss.Get($"/api/v1/hotline/one/alerts?after={after}")).Is(200);
            seen.AddRange(Rows(page).Select(Id));
            Assert.True(Rows(page).Count() <= 50);
            after = page.Json.TryGetProperty("next", out var next) ? next.GetString() : null;
        }

        Assert.Equal(seen.Distinct().Count(), seen.Count);
        Assert.Empty(raised.Except(seen));
    }

    private static async Task<int> Asked(Caller boss, string alert) => (await boss.Get($"/api/v1/alerts/{alert}")).Is(200).Json.GetProperty("offers").GetArrayLength();

    private static IEnumerable<System.Text.Json.JsonElement> Rows(Answer answer) => answer.Is(200).Json.GetProperty("items").EnumerateArray();

    private static string Id(System.Text.Json.JsonElement row) => row.GetProperty("alertId").GetString()!;
}
