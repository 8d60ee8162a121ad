using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests;

/// <summary>What is taken goes to a colleague, to a supervisor, or back to the queue, and is never with nobody.</summary>
public sealed class TransferTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task It_stays_with_whoever_offers_it_until_the_other_takes_it()
    {
        var (taker, boss) = (await host.SignIn("taker"), await host.SignIn("boss"));
        var (alert, item) = await Taken(taker);
        var colleagues = (await taker.Get("/api/v1/hotline/one/colleagues")).Is(200).Json.GetProperty("items").EnumerateArray().ToArray();
        Assert.DoesNotContain(colleagues, c => c.GetProperty("displayName").GetString() is "Taker" or "Elsewhere");
        var to = colleagues.Single(c => c.GetProperty("displayName").GetString() == "Boss").GetProperty("id").GetString();

        (await boss.Post($"{item}/transfer", new { to })).Is(400, "invalid_body");
        (await taker.Post($"{item}/transfer", new { to = "nobody" })).Is(400, "invalid_body");
        var offered = (await taker.Post($"{item}/transfer", new { to })).Is(200);
        Assert.Equal("Taker", offered.Json.GetProperty("takenBy").GetProperty("displayName").GetString());
        Assert.False(offered.Json.GetProperty("offered").GetProperty("over").GetBoolean());
        (await (await host.SignIn("backup")).Post($"{item}/take")).Is(409, "taken_by_other");

        (await boss.Post($"{item}/refuse")).Is(200);
        (await boss.Post($"{item}/refuse")).Is(200);
        (await boss.Post($"{item}/take")).Is(409, "taken_by_other");
        Assert.True((await Item(taker, alert)).GetProperty("offered").GetProperty("over").GetBoolean());
        (await taker.Post($"{item}/take")).Is(200);
        Assert.False((await Item(taker, alert)).TryGetProperty("offered", out _));

        (await taker.Post($"{item}/transfer", new { supervisor = true })).Is(200);
        (await boss.Post($"{item}/take")).Is(200);
        (await taker.Post($"{item}/close", new { outcome = "resolved" })).Is(409, "not_yours");
        await Eventually.Get(() => boss.Get($"/api/v1/alerts/{alert}"), a => a.Is(200).Json.GetProperty("takenBy").GetProperty("displayName").GetString() == "Boss");
        (await boss.Post($"{item}/close", new { outcome = "resolved" })).Is(200);
    }

    [Fact]
    public async Task Whoever_must_not_know_of_it_is_not_offered_it()
    {
        var (taker, boss) = (await host.SignIn("taker"), await host.SignIn("boss"));
        var phone = await host.Anybody().Raised(new { exclusions = new { people = new[] { "Boss" } } });
        var item = $"/api/v1/hotline/items/{phone.Id}:newAlert";
        (await taker.Post($"{item}/take")).Is(200);
        var to = (await boss.Get("/api/v1/me")).Is(200).Text("accountId");
        (await taker.Post($"{item}/transfer", new { to })).Is(400, "invalid_body");
        (await boss.Post($"{item}/take-over")).Is(404, "not_found");
        var offered = (await taker.Post($"{item}/transfer", new { supervisor = true })).Is(200);
        Assert.Equal("Backup", Assert.Single(offered.Json.GetProperty("offered").GetProperty("to").EnumerateArray()).GetProperty("displayName").GetString());
    }

    [Fact]
    public async Task A_supervisor_takes_over_what_somebody_else_has_and_a_call_taker_does_not()
    {
        var (taker, boss) = (await host.SignIn("taker"), await host.SignIn("boss"));
        var (alert, item) = await Taken(boss);
        (await taker.Post($"{item}/take-over")).Is(403, "not_allowed");
        (await (await host.SignIn("backup")).Post($"{item}/take-over")).Is(200);
        (await boss.Post($"{item}/close", new { outcome = "resolved" })).Is(409, "not_yours");
        Assert.Equal("Backup", (await Item(taker, alert)).GetProperty("takenBy").GetProperty("displayName").GetString());
    }

    [Fact]
    public async Task At_the_end_of_a_shift_everything_she_has_rings_again_and_nothing_of_anybody_else()
    {
        var (taker, backup) = (await host.SignIn("taker"), await host.SignIn("backup"));
        var (first, _) = await Taken(taker);
        var (second, _) = await Taken(taker);
        var (others, _) = await Taken(backup);
        Assert.True((await taker.Post("/api/v1/hotline/one/hand-back")).Is(200).Json.GetProperty("items").GetInt32() >= 2);
        foreach (var alert in new[] { first, second }) await Eventually.Get(() => Item(taker, alert), i => i.GetProperty("state").GetString() == "ringing");
        Assert.Equal("Backup", (await Item(taker, others)).GetProperty("takenBy").GetProperty("displayName").GetString());
        Assert.Equal(0, (await taker.Post("/api/v1/hotline/one/hand-back")).Is(200).Json.GetProperty("items").GetInt32());
        (await (await host.SignIn("elsewhere")).Post("/api/v1/hotline/one/hand-back")).Is(404, "not_found");
    }

    private async Task<(string Alert, string Item)> Taken(Caller by)
    {
        var phone = await host.Anybody().Raised(new { });
        var item = $"/api/v1/hotline/items/{phone.Id}:newAlert";
        (await by.Post($"{item}/take")).Is(200);
        return (phone.Id, item);
    }

    private static async Task<System.Text.Json.JsonElement> Item(Caller reader, string alert) =>
        (await reader.Get("/api/v1/hotline/one/queue")).Is(200).Json.GetProperty("items").EnumerateArray().First(i => i.GetProperty("alertId").GetString() == alert);
}
