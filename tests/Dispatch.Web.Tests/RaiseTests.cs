using Orleans;
using Dispatch.Grains.Alerts;
using System.Net.Http.Headers;
using System.Text.Json;
using Dispatch.Grains.Rows;
using Dispatch.Domain.Hotline;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests;

public sealed class RaiseTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task The_bare_press_is_enough()
    {
        var key = Guid.NewGuid();
        var answer = await host.Anybody().Send(HttpMethod.Post, "/api/v1/alerts", new ByteArrayContent([]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } }, ("Idempotency-Key", key.ToString("D")));
        answer.Is(202);
        Assert.Equal(key.ToString("D"), answer.Text("id"));
        Assert.Equal("received", answer.Text("status"));
        Assert.Equal("116", answer.Text("fallbackNumber"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", answer.Text("receivedAt"));
    }

    [Theory]
    [InlineData(Programme.River, Programme.River)]
    [InlineData("la grande rive", Programme.River)]
    [InlineData("BA DA", Programme.River)]
    [InlineData("somewhere else", Programme.Area)]
    public async Task A_place_in_her_words_finds_its_service_area_and_an_unknown_one_is_no_hindrance(string said, string area)
    {
        var id = (await host.Anybody().Raise(new { area = said })).Is(202).Text("id");
        var view = await host.App.Services.GetRequiredService<IGrainFactory>().GetGrain<IAlertGrain>(id).HotlineView();
        Assert.Equal(area, view!.Alert.Area);
    }

    [Fact]
    public async Task A_repeat_answers_the_same_bytes_even_after_a_cancel()
    {
        var (key, body) = (Guid.NewGuid(), new { note = "hello", pin = "1234" });
        var first = (await host.Anybody().Raise(body, key)).Is(202);
        var again = (await host.Anybody().Raise(body, key)).Is(202);
        Assert.Equal(first.Body, again.Body);
        (await new Phone(first.Text("id"), host.Anybody().With(first.Text("survivorToken"))).Cancel(new { pin = "1234" })).Is(200);
        Assert.Equal(first.Body, (await host.Anybody().Raise(body, key)).Is(202).Body);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        var key = Guid.NewGuid();
        (await host.Anybody().Raise(new { note = "one" }, key)).Is(202);
        (await host.Anybody().Raise(new { note = "two" }, key)).Is(422, "key_reused");
    }

    [Fact]
    public async Task Who_knows_an_id_gets_no_token_and_sets_no_pin()
    {
        var phone = await host.Anybody().Raised(new { });
        var stranger = (await host.Anybody().Raise(new { id = phone.Id, pin = "0000" })).Is(409, "id_taken");
        Assert.DoesNotContain("survivorToken", stranger.Body, StringComparison.Ordinal);
        (await phone.Cancel(new { })).Is(200);
        var supervisor = await host.SignIn("boss");
        // With the stranger's PIN in place, hers without one would have counted as duress.
        Assert.False((await supervisor.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json.GetProperty("duress").GetBoolean());
    }

    [Theory]
    [InlineData("""{"id":"short"}""", "id")]
    [InlineData("""{"id":"with.a.dot.in.the.middle"}""", "id")]
    [InlineData("""{"location":{"latitude":91}}""", "location.latitude")]
    [InlineData("""{"location":{"longitude":-181}}""", "location.longitude")]
    [InlineData("""{"party":{"children":[18]}}""", "party.children")]
    [InlineData("""{"pin":"1234567890123"}""", "pin")]
    [InlineData("""{"safeContact":{"channel":"call","hoursFrom":"25:00"}}""", "safeContact.hoursFrom")]
    [InlineData("""{"exclusions":{"people":["1","2","3","4","5","6","7","8","9","10","11"]}}""", "exclusions.people")]
    public async Task What_is_out_of_bounds_is_named(string body, string member) =>
        Assert.Equal(member, (await host.Anybody().Raise(body)).Is(400, "invalid_body").Text("detail"));

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"needs":["money"]}""")]
    [InlineData("""{"needs":[1]}""")]
    [InlineData("""{"envelope":{"kid":"x","epk":"x","iv":"x","box":"x"}}""")]
    public async Task What_cannot_be_read_is_refused(string body) => (await host.Anybody().Raise(body)).Is(400, "invalid_body");

    [Fact]
    public async Task An_older_host_takes_what_a_newer_page_adds() => (await host.Anybody().Raise("""{"moonPhase":"full","needs":["health"]}""")).Is(202);

    [Fact]
    public async Task A_key_is_needed_and_must_be_a_uuid()
    {
        (await host.Anybody().Post("/api/v1/alerts")).Is(400, "invalid_key");
        (await host.Anybody().Post("/api/v1/alerts", new { }, ("Idempotency-Key", "one"))).Is(400, "invalid_key");
    }

    [Fact]
    public async Task Too_large_or_of_another_kind_is_refused_with_a_code()
    {
        (await host.Anybody().Raise(new { note = new string('x', 20_000) })).Is(413, "payload_too_large");
        (await host.Anybody().Send(HttpMethod.Post, "/api/v1/alerts", new StringContent("hello"))).Is(415, "unsupported_media_type");
    }

    [Fact]
    public async Task Too_old_is_dropped_and_late_goes_to_humans_only()
    {
        var now = host.Clock.GetUtcNow();
        (await host.Anybody().Raise(new { composedAt = now.AddHours(-13) })).Is(422, "too_old");
        var phone = await host.Anybody().Raised(new { composedAt = now.AddMinutes(-11) });
        var supervisor = await host.SignIn("boss");
        var queue = (await supervisor.Get("/api/v1/hotline/one/queue")).Is(200).Json.GetProperty("items").EnumerateArray();
        Assert.Equal("late", queue.Single(i => i.GetProperty("alertId").GetString() == phone.Id).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task An_exercise_outside_a_window_cannot_bury_a_real_alert() =>
        (await host.Anybody().Raise(new { exercise = true })).Is(422, "exercise_outside_window");

    [Fact]
    public async Task Only_the_phone_that_raised_it_follows_it()
    {
        var phone = await host.Anybody().Raised(new { });
        var other = await host.Anybody().Raised(new { });
        (await phone.Look()).Is(200);
        (await host.Anybody().Get($"/api/v1/alerts/{phone.Id}")).Is(401, "not_signed_in");
        (await other.Caller.Get($"/api/v1/alerts/{phone.Id}")).Is(401, "not_signed_in");
        (await other.Caller.Post($"/api/v1/alerts/{phone.Id}/cancel")).Is(401, "not_signed_in");
    }

    [Fact]
    public async Task An_unchanged_view_costs_no_bytes_and_time_alone_changes_it()
    {
        var phone = await host.Anybody().Raised(new { needs = new[] { "psychosocial" } });
        var seen = await Eventually.Get(() => phone.Look(), a => a.Json.GetProperty("needs").GetArrayLength() == 1);
        var tag = seen.Headers["ETag"];
        Assert.Empty((await phone.Look(("If-None-Match", tag))).Is(304).Bytes);
        host.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("nobodyYet", (await phone.Look(("If-None-Match", tag))).Is(200).Text("status"));
    }

    [Fact]
    public async Task A_thousand_at_once_each_sent_twice_are_a_thousand_alerts()
    {
        var keys = Enumerable.Range(0, 1000).Select(_ => Guid.NewGuid()).ToArray();
        var rows = host.App.Services.GetRequiredService<IRows>();
        var before = (await rows.All<WatchRow>(Tables.Watch, "one")).Count;
        var answers = await Task.WhenAll(keys.Concat(keys).Select(key => host.Anybody().Raise(new { needs = new[] { "health" } }, key)));
        Assert.All(answers, a => a.Is(202));
        Assert.Equal(1000, answers.Select(a => a.Body).Distinct().Count());
        var raised = await rows.All<WatchRow>(Tables.Watch, "one");
        Assert.Equal(1000, raised.Count - before);
        Assert.Equal(keys.Select(k => k.ToString("D")).Order(), raised.Select(r => r.AlertId).Intersect(keys.Select(k => k.ToString("D"))).Order());
    }
}
