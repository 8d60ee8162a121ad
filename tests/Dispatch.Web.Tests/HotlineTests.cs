using Dispatch.Grains.Rows;
using Dispatch.Web.Audit;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests;

public sealed class HotlineTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task An_alert_is_in_the_queue_from_the_first_moment_and_one_human_takes_it()
    {
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
        var (taker, boss) = (await host.SignIn("taker"), await host.SignIn("boss"));
        var queue = (await taker.Get("/api/v1/hotline/one/queue")).Is(200);
        var item = queue.Json.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("alertId").GetString() == phone.Id);
        Assert.Equal("waiting", item.GetProperty("state").GetString());
        Assert.Equal("newAlert", item.GetProperty("reason").GetString());
        var id = item.GetProperty("itemId").GetString();

        (await boss.Post($"/api/v1/hotline/items/{id}/close", new { outcome = "resolved" })).Is(409, "not_yours");
        var takes = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => (n % 2 == 0 ? taker : boss).Post($"/api/v1/hotline/items/{id}/take")));
        var names = takes.Where(t => t.Status == 200).Select(t => t.Json.GetProperty("takenBy").GetProperty("displayName").GetString()).Distinct();
        var winner = Assert.Single(names);
        Assert.All(takes.Where(t => t.Status != 200), t => Assert.Equal(winner, t.Is(409, "taken_by_other").Json.GetProperty("takenBy").GetProperty("displayName").GetString()));
        Assert.Equal(5, takes.Count(t => t.Status == 200));

        // She reads that a human has it without waiting for the alert's next look.
        await Eventually.Get(() => phone.Look(), a => a.Is(200).Json.GetProperty("humanAnswered").GetBoolean());

        var (holder, other) = winner == "Taker" ? (taker, boss) : (boss, taker);
        (await other.Post($"/api/v1/hotline/items/{id}/close", new { outcome = "resolved" })).Is(409, "not_yours");
        var closed = (await holder.Post($"/api/v1/hotline/items/{id}/close", new { outcome = "referred", note = "went to the clinic" })).Is(200);
        Assert.Equal("closed", closed.Text("state"));
        (await holder.Post($"/api/v1/hotline/items/{id}/close", new { outcome = "referred" })).Is(200);
        await Eventually.Get(() => phone.Look(), a => a.Is(200).Text("status") == "ended");
        Assert.Contains("went to the clinic", (await boss.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Text("note"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alert_that_needs_no_human_stays_in_sight_of_its_line()
    {
        var (nurse, boss) = (await host.OnDuty("nurse20"), await host.SignIn("boss"));
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
        (await nurse.Post($"/api/v1/offers/{await Eventually.Offer(nurse, phone.Id)}/accept")).Is(200);
        bool In(Answer queue, string list) => queue.Is(200).Json.GetProperty(list).EnumerateArray().Any(i => i.GetProperty("alertId").GetString() == phone.Id);
        var queue = await Eventually.Get(() => boss.Get("/api/v1/hotline/one/queue"), q => In(q, "open"));
        Assert.False(In(queue, "items"));
        (await boss.Get($"/api/v1/alerts/{phone.Id}")).Is(200);
        (await nurse.Put("/api/v1/me/duty", new { onDuty = false })).Is(200);
    }

    [Theory]
    [InlineData("other")]
    [InlineData("false")]
    [InlineData("duplicate")]
    public async Task Every_outcome_of_the_contract_is_taken(string outcome)
    {
        var phone = await host.Anybody().Raised(new { });
        var taker = await host.SignIn("taker");
        (await taker.Post($"/api/v1/hotline/items/{phone.Id}:newAlert/take")).Is(200);
        (await taker.Post($"/api/v1/hotline/items/{phone.Id}:newAlert/close", new { outcome })).Is(200);
    }

    [Fact]
    public async Task Another_lines_alert_does_not_exist()
    {
        var phone = await host.Anybody().Raised(new { });
        var elsewhere = await host.SignIn("elsewhere");
        (await elsewhere.Get($"/api/v1/alerts/{phone.Id}")).Is(404, "not_found");
        (await elsewhere.Post($"/api/v1/hotline/items/{phone.Id}:newAlert/take")).Is(404, "not_found");
        (await elsewhere.Post("/api/v1/hotline/one/calls", new { }, ("Idempotency-Key", Guid.NewGuid().ToString("D")))).Is(404, "not_found");
    }

    [Fact]
    public async Task A_call_is_raised_once_and_taken_by_whoever_talks_to_her()
    {
        var taker = await host.SignIn("taker");
        var key = ("Idempotency-Key", Guid.NewGuid().ToString("D"));
        var call = (await taker.Post("/api/v1/hotline/one/calls", new { needs = new[] { "health" }, note = "by phone" }, key)).Is(201);
        Assert.Equal(call.Body, (await taker.Post("/api/v1/hotline/one/calls", new { needs = new[] { "health" }, note = "by phone" }, key)).Is(201).Body);
        var alert = (await taker.Get($"/api/v1/alerts/{call.Text("alertId")}")).Is(200);
        Assert.Equal("voice", alert.Text("verification"));
        Assert.Equal("by phone", alert.Text("note"));
        var queue = (await taker.Get("/api/v1/hotline/one/queue")).Is(200).Json.GetProperty("items").EnumerateArray();
        Assert.Equal("Taker", queue.Single(i => i.GetProperty("itemId").GetString() == call.Text("itemId")).GetProperty("takenBy").GetProperty("displayName").GetString());
    }

    [Fact]
    public async Task Whom_she_excludes_finds_nothing_of_it_on_the_line_either()
    {
        var phone = await host.Anybody().Raised(new { exclusions = new { people = new[] { "Taker" } } });
        var (taker, boss) = (await host.SignIn("taker"), await host.SignIn("boss"));
        Assert.DoesNotContain(phone.Id, (await taker.Get("/api/v1/hotline/one/queue")).Is(200).Body, StringComparison.Ordinal);
        (await taker.Get($"/api/v1/alerts/{phone.Id}")).Is(404, "not_found");
        (await taker.Post($"/api/v1/hotline/items/{phone.Id}:newAlert/take")).Is(404, "not_found");
        (await taker.Post($"/api/v1/hotline/items/{phone.Id}:newAlert/close", new { outcome = "false" })).Is(404, "not_found");
        Assert.Contains(phone.Id, (await boss.Get("/api/v1/hotline/one/queue")).Is(200).Body, StringComparison.Ordinal);
        (await boss.Get($"/api/v1/alerts/{phone.Id}")).Is(200);
    }

    [Fact]
    public async Task Under_duress_only_a_supervisor_decides_whichever_item_it_is_done_with()
    {
        var phone = await host.Anybody().Raised(new { pin = "1234", duressPin = "9999" });
        var (taker, boss) = (await host.SignIn("taker"), await host.SignIn("boss"));
        var first = $"{phone.Id}:newAlert";
        (await taker.Post($"/api/v1/hotline/items/{first}/take")).Is(200);
        (await phone.Cancel(new { pin = "9999" })).Is(200);
        var duress = (await boss.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Text("itemId");
        (await taker.Post($"/api/v1/hotline/items/{duress}/take")).Is(403, "not_allowed");
        (await taker.Post($"/api/v1/hotline/items/{duress}/close", new { outcome = "false" })).Is(403, "not_allowed");
        (await taker.Post($"/api/v1/hotline/items/{first}/close", new { outcome = "false" })).Is(403, "not_allowed");
        (await boss.Post($"/api/v1/hotline/items/{duress}/take")).Is(200);
        foreach (var outcome in new[] { "referred", "false" }) (await boss.Post($"/api/v1/hotline/items/{duress}/close", new { outcome, note = "she was calm" })).Is(409, "duress_undecided");
        var open = (await boss.Get($"/api/v1/alerts/{phone.Id}")).Is(200);
        Assert.NotEqual("ended", open.Text("status"));
        Assert.False(open.Json.TryGetProperty("note", out _));
        (await boss.Post($"/api/v1/alerts/{phone.Id}/duress-decision", new { decision = "standDown", reason = "seen" })).Is(200);
        (await boss.Post($"/api/v1/hotline/items/{duress}/close", new { outcome = "referred" })).Is(200);
    }

    [Fact]
    public async Task A_close_that_is_refused_leaves_no_note_and_a_repeated_one_only_one()
    {
        var phone = await host.Anybody().Raised(new { });
        var (taker, boss) = (await host.SignIn("taker"), await host.SignIn("boss"));
        var item = $"/api/v1/hotline/items/{phone.Id}:newAlert";
        (await boss.Post($"{item}/close", new { outcome = "other", note = "not mine to say" })).Is(409, "not_yours");
        (await taker.Post($"{item}/take")).Is(200);
        (await boss.Post($"{item}/close", new { outcome = "other", note = "not mine to say" })).Is(409, "not_yours");
        Assert.False((await boss.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json.TryGetProperty("note", out _));
        for (var i = 0; i < 2; i++) (await taker.Post($"{item}/close", new { outcome = "referred", note = "once" })).Is(200);
        Assert.Equal("once", (await boss.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Text("note"));
    }

    [Fact]
    public async Task Every_look_and_every_act_is_recorded_by_id_and_code()
    {
        var phone = await host.Anybody().Raised(new { note = "not for the audit" });
        var boss = await host.SignIn("boss");
        (await boss.Get($"/api/v1/alerts/{phone.Id}")).Is(200);
        (await boss.Post($"/api/v1/hotline/items/{phone.Id}:newAlert/take")).Is(200);
        var day = host.Clock.GetUtcNow().ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        var rows = await host.App.Services.GetRequiredService<IRows>().All<AuditRow>(Tables.Audit, $"TT/{day}");
        var mine = rows.Where(r => r.Alert == phone.Id).ToArray();
        Assert.Equal(["alert.read", "item.take"], mine.Select(r => r.Action));
        Assert.Single(mine.Select(r => r.By).Distinct());
    }
}
