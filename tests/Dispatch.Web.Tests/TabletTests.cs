using System.Text.Json;
using System.Text.RegularExpressions;
using Dispatch.Domain.Accounts;
using Dispatch.Grains.Rows;
using Dispatch.Web.Audit;
using Dispatch.Web.Limits;
using Dispatch.Web.Tests.Harness;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests;

/// <summary>A house's shared tablet: what it may read while it is locked, who unlocks it and for how long.</summary>
public sealed class TabletTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Pin = "4071";
    private static readonly (string, string) Guard = ("X-Dispatch", "1");

    [Fact]
    public async Task Locked_it_reads_counts_and_nothing_else_of_all_that_there_is()
    {
        var tablet = await Tablet("warden", "home-2");
        var read = (await tablet.Get("/api/v1/tablet")).Is(200);
        string[] shown = ["beds", "freshness", "name", "now", "shelterId", "version", "waiting"];
        Assert.Equal(shown, read.Json.EnumerateObject().Select(p => p.Name).Where(name => name is not "confirmedAt").Order(StringComparer.Ordinal));

        var (tried, open) = (0, new List<string>());
        foreach (var endpoint in host.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null))
        {
            var path = "/" + Regex.Replace(endpoint.RoutePattern.RawText!.Trim('/'), @"\{id\}", "home-2");
            path = Regex.Replace(path, @"\{[^}]+\}", "0123456789abcdef");
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                tried++;
                var status = (await tablet.Send(method, path)).Status;
                if (status is not (401 or 302)) open.Add($"{method} {path} {status}");
            }
        }

        Assert.True(tried > 60);
        // The hub takes it: it hears that the beds of its house changed, see below.
        string[] its = ["GET /api/v1/tablet 200", "GET /live 400", "GET /live/negotiate 405", "POST /api/v1/tablet/lock 204", "POST /api/v1/tablet/unlock 400"];
        Assert.Equal(its, open.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Whoever_makes_it_is_signed_out_there_and_its_cookie_is_no_sign_in_of_hers()
    {
        var warden = await host.SignIn("warden");
        (await warden.Post("/api/v1/shelters/home-1/tablet")).Is(404, "not_found");
        var made = (await warden.Post("/api/v1/shelters/home-2/tablet")).Is(204);
        (await warden.Get("/api/v1/me")).Is(401, "not_signed_in");
        var ticket = Value(made, "tablet");
        (await host.Anybody().With(ticket).Get("/api/v1/me")).Is(401, "not_signed_in");
        (await host.Anybody().Get("/api/v1/me", ("Cookie", $"session={ticket}"))).Is(401, "not_signed_in");
        (await host.Anybody().Get("/api/v1/tablet", ("Cookie", "tablet=" + ticket[..^4] + "AAAA"))).Is(401, "not_signed_in");
    }

    [Fact]
    public async Task A_PIN_unlocks_it_for_its_owner_in_her_own_name_and_for_the_house_alone()
    {
        var warden = await host.SignIn("warden");
        var account = (await warden.Get("/api/v1/me")).Text("accountId");
        (await warden.Put("/api/v1/me/pin", new { pin = Pin, password = Programme.Password })).Is(204);
        var tablet = await Tablet("warden", "home-2");
        (await tablet.Send("POST", "/api/v1/tablet/unlock", new { userName = "keeper", pin = Pin })).Is(422, "wrong_pin");
        (await tablet.Send("POST", "/api/v1/tablet/unlock", new { userName = "nobody", pin = Pin })).Is(422, "wrong_pin");
        (await tablet.Send("POST", "/api/v1/tablet/unlock", new { userName = "warden", pin = "4072" })).Is(422, "wrong_pin");
        Assert.Equal(403, (await host.Anybody().Post("/api/v1/tablet/unlock", new { userName = "warden", pin = Pin }, ("Cookie", tablet.Cookie))).Status);

        var open = await tablet.Unlocked("warden", Pin);
        Assert.Equal(account, (await open.Get("/api/v1/tablet")).Is(200).Json.GetProperty("unlockedBy").GetProperty("id").GetString());
        var board = (await open.Get("/api/v1/shelters/home-2/beds")).Is(200).Json;
        var counts = new { version = board.GetProperty("version").GetInt64(), beds = new[] { new { kind = "bed", capacity = 5, occupied = 0, outOfService = 0 } } };
        var counted = (await open.Send("PUT", "/api/v1/shelters/home-2/beds", counts)).Is(200).Json;
        Assert.Equal(account, counted.GetProperty("confirmedBy").GetProperty("id").GetString());
        (await open.Get("/api/v1/shelters/home-3/beds")).Is(404, "not_found");
        foreach (var elsewhere in new[] { "/api/v1/me", "/api/v1/me/pin", "/api/v1/me/offers", "/api/v1/shelters/home-2/address-releases" }) (await open.Get(elsewhere)).Is(401, "not_signed_in");
        (await open.Send("PUT", "/api/v1/shelters/home-2/address", new { text = "blue door" })).Is(401, "not_signed_in");

        // On another tablet of the house it opens nothing.
        var second = await Tablet("warden", "home-2");
        (await new TabletCaller(host, second.Cookie + "; " + open.Cookie.Split("; ")[1]).Get("/api/v1/shelters/home-2/beds")).Is(401, "not_signed_in");
        var audit = await host.App.Services.GetRequiredService<IRows>().All<AuditRow>(Tables.Audit, $"TT/{host.Clock.GetUtcNow():yyyyMMdd}");
        Assert.Contains(audit, row => row.Action == "tablet.unlock" && row.By == account);
    }

    [Fact]
    public async Task A_minute_without_a_touch_locks_it_at_the_service_and_a_lock_leaves_nothing_to_copy()
    {
        var keeper = await host.SignIn("keeper");
        (await keeper.Put("/api/v1/me/pin", new { pin = Pin, password = Programme.Password })).Is(204);
        var tablet = await Tablet("keeper", "home-1");
        var open = await tablet.Unlocked("keeper", Pin);
        host.Clock.Advance(TimeSpan.FromSeconds(50));
        var touched = open.Touched((await open.Send("POST", "/api/v1/tablet/stay")).Is(204));
        host.Clock.Advance(TimeSpan.FromSeconds(50));
        (await touched.Get("/api/v1/shelters/home-1/beds")).Is(200);
        (await open.Get("/api/v1/shelters/home-1/beds")).Is(401, "not_signed_in");
        host.Clock.Advance(TimeSpan.FromSeconds(21));
        (await touched.Get("/api/v1/shelters/home-1/beds")).Is(401, "not_signed_in");
        Assert.False((await touched.Get("/api/v1/tablet")).Is(200).Json.TryGetProperty("unlockedBy", out _));

        var again = await tablet.Unlocked("keeper", Pin);
        (await again.Send("POST", "/api/v1/tablet/lock")).Is(204);
        (await again.Get("/api/v1/shelters/home-1/beds")).Is(401, "not_signed_in");
        var last = await tablet.Unlocked("keeper", Pin);
        (await last.Send("DELETE", "/api/v1/tablet")).Is(204);
        (await tablet.Get("/api/v1/tablet")).Is(401, "not_signed_in");
    }

    [Fact]
    public async Task However_often_it_sleeps_while_it_is_open_it_stays_the_houses_tablet_and_its_people_stay_signed_in_elsewhere()
    {
        var keeper = await host.SignIn("keeper");
        (await keeper.Put("/api/v1/me/pin", new { pin = Pin, password = Programme.Password })).Is(204);
        var tablet = await Tablet("keeper", "home-1");
        var phone = await host.SignIn("keeper");
        var open = tablet;
        for (var i = 0; i < Account.MaxSessions + 1; i++)
        {
            open = await open.Unlocked("keeper", Pin);
            host.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        (await tablet.Get("/api/v1/tablet")).Is(200);
        (await phone.Get("/api/v1/me")).Is(200);
    }

    [Fact]
    public async Task A_right_PIN_makes_no_room_for_more_wrong_passwords()
    {
        var keeper = await host.SignIn("keeper");
        (await keeper.Put("/api/v1/me/pin", new { pin = Pin, password = Programme.Password })).Is(204);
        var tablet = await Tablet("keeper", "home-1");
        host.Clock.Advance(SignInTries.Window);
        Task<Answer> Tried() => host.Anybody().Post("/api/v1/sign-in", new { userName = "keeper", password = "not hers" });
        for (var i = 0; i < Account.MaxTries; i++)
        {
            (await Tried()).Is(401, "bad_credentials");
            await tablet.Unlocked("keeper", Pin);
        }

        (await Tried()).Is(423, "locked_out");
        host.Clock.Advance(Account.LockedFor);
    }

    [Fact]
    public async Task It_hears_that_the_beds_of_its_house_changed_and_who_waits_is_a_number_to_it()
    {
        var tablet = await Tablet("warden", "home-3");
        var warden = await host.SignIn("warden");
        await using var page = await LivePage.Open(host, "", ("Cookie", tablet.Cookie));
        var version = (await warden.Get("/api/v1/shelters/home-3/beds")).Is(200).Json.GetProperty("version").GetInt64();
        (await warden.Put("/api/v1/shelters/home-3/beds", new { version, beds = new[] { new { kind = "bed", capacity = 3, occupied = 0, outOfService = 0 } } })).Is(200);
        Assert.Equal("home-3", (await page.Next("beds"))[0].GetString());
        Assert.Contains("unauthorized", await page.Call("receipt", "0123456789abcdef.0", "seen"), StringComparison.Ordinal);

        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
        var taker = await host.SignIn("taker");
        (await taker.Post($"/api/v1/alerts/{phone.Id}/holds", new { shelterId = "home-3", party = new { adults = 1, children = new[] { new { age = 4, boy = true } }, pregnant = true } }, ("Idempotency-Key", Guid.NewGuid().ToString("D")))).Is(201);
        var read = (await tablet.Get("/api/v1/tablet")).Is(200);
        Assert.Equal(1, read.Json.GetProperty("waiting").GetInt32());
        Assert.DoesNotContain(phone.Id, read.Body, StringComparison.Ordinal);
        var hold = (await warden.Get("/api/v1/shelters/home-3/beds")).Is(200).Json.GetProperty("holds").EnumerateArray().Single(h => h.GetProperty("holdId").GetString()!.StartsWith(phone.Id, StringComparison.Ordinal));
        var party = hold.GetProperty("party");
        Assert.Equal((1, 4, true, true), (party.GetProperty("adults").GetInt32(), party.GetProperty("children")[0].GetProperty("age").GetInt32(), party.GetProperty("children")[0].GetProperty("boy").GetBoolean(), party.GetProperty("pregnant").GetBoolean()));
    }

    private async Task<TabletCaller> Tablet(string user, string house)
    {
        var made = (await (await host.SignIn(user)).Post($"/api/v1/shelters/{house}/tablet")).Is(204);
        return new TabletCaller(host, "tablet=" + Value(made, "tablet"));
    }

    private static string Value(Answer answer, string cookie) =>
        answer.Headers["Set-Cookie"].Split('\n').Single(c => c.StartsWith(cookie + "=", StringComparison.Ordinal) && !c.StartsWith(cookie + "=;", StringComparison.Ordinal)).Split(';')[0][(cookie.Length + 1)..];

    /// <summary>The tablet's browser, with the cookies that it has.</summary>
    private sealed class TabletCaller(RunningHost host, string cookie)
    {
        public string Cookie => cookie;

        public Task<Answer> Get(string path) => Send("GET", path);

        public Task<Answer> Send(string method, string path, object? body = null) =>
            host.Anybody().Send(new HttpMethod(method), path, method is "GET" ? null : Caller.Json(JsonSerializer.Serialize(body ?? new { }, JsonSerializerOptions.Web)), ("Cookie", cookie), Guard);

        public async Task<TabletCaller> Unlocked(string user, string pin) => Touched((await Send("POST", "/api/v1/tablet/unlock", new { userName = user, pin })).Is(200));

        public TabletCaller Touched(Answer answer) => new(host, $"{cookie.Split("; ")[0]}; unlocked={Value(answer, "unlocked")}");
    }
}
