using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests;

public sealed class StaffTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task Who_signs_in_sees_who_she_is()
    {
        var me = (await (await host.SignIn("nurse0")).Get("/api/v1/me")).Is(200);
        Assert.Equal("Nurse 0", me.Text("displayName"));
        Assert.Equal("nurse0", me.Text("userName"));
        Assert.Equal("Clinic", me.Json.GetProperty("organisation").GetProperty("name").GetString());
        Assert.Equal("One", me.Json.GetProperty("areas")[0].GetProperty("name").GetString());
        Assert.False(me.Json.GetProperty("duty").GetProperty("onDuty").GetBoolean());
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_user_get_the_same_answer()
    {
        var wrong = (await SignIn("nurse1", "wrong")).Is(401, "bad_credentials");
        var unknown = (await SignIn("nobody", "wrong")).Is(401, "bad_credentials");
        Assert.Equal(wrong.Body, unknown.Body);
    }

    [Fact]
    public async Task A_name_without_an_account_is_locked_like_one_that_has_one()
    {
        for (var i = 0; i < 5; i++) (await SignIn("invented", "wrong")).Is(401, "bad_credentials");
        var locked = (await SignIn("invented", "wrong")).Is(423, "locked_out");
        Assert.InRange(int.Parse(locked.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 300);
    }

    [Fact]
    public async Task A_first_password_opens_nothing_but_the_choice_of_ones_own()
    {
        var first = host.Anybody().With((await SignIn(Programme.Newcomer, RunningHost.FirstPassword)).Is(200).Text("accessToken"));
        var other = host.Anybody().With((await SignIn(Programme.Newcomer, RunningHost.FirstPassword)).Is(200).Text("accessToken"));
        (await first.Get("/api/v1/me")).Is(403, "password_change_required");
        (await first.Get("/api/v1/hotline/one/queue")).Is(403, "password_change_required");
        (await first.Put("/api/v1/me/duty", new { onDuty = true })).Is(403, "password_change_required");

        (await Choose(first, "not the first one", "chosen by herself")).Is(401, "bad_credentials");
        (await Choose(first, RunningHost.FirstPassword, "short")).Is(400, "invalid_body");
        (await Choose(first, RunningHost.FirstPassword, RunningHost.FirstPassword)).Is(400, "invalid_body");
        (await Choose(first, RunningHost.FirstPassword, "chosen by herself")).Is(204);

        (await first.Get("/api/v1/me")).Is(200);
        (await other.Get("/api/v1/me")).Is(401, "not_signed_in");
        (await SignIn(Programme.Newcomer, RunningHost.FirstPassword)).Is(401, "bad_credentials");
        (await SignIn(Programme.Newcomer, "chosen by herself")).Is(200);
    }

    private static Task<Answer> Choose(Caller who, string current, string wished) => who.Put("/api/v1/me/password", new { current, @new = wished });

    [Fact]
    public async Task Five_wrong_tries_lock_the_account_for_a_while_even_for_the_right_password()
    {
        for (var i = 0; i < 5; i++) (await SignIn("nurse2", "wrong")).Is(401, "bad_credentials");
        var locked = (await SignIn("nurse2", Programme.Password)).Is(423, "locked_out");
        Assert.InRange(int.Parse(locked.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 300);
        host.Clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        (await SignIn("nurse2", Programme.Password)).Is(200);
    }

    [Fact]
    public async Task Tries_by_one_user_from_one_address_are_limited_right_or_wrong()
    {
        for (var i = 0; i < 10; i++) (await SignIn("nurse5", Programme.Password)).Is(200);
        Assert.True((await SignIn("nurse5", Programme.Password)).Is(429, "too_many_requests").Headers.ContainsKey("Retry-After"));
        (await SignIn("nurse6", Programme.Password)).Is(200);
    }

    [Fact]
    public async Task A_sign_out_holds_from_the_next_request_on_and_ends_duty()
    {
        var nurse = await host.OnDuty("nurse7");
        var elsewhere = await host.SignIn("nurse7");
        (await nurse.Post("/api/v1/sign-out")).Is(204);
        (await nurse.Get("/api/v1/me")).Is(401, "not_signed_in");
        Assert.False((await elsewhere.Get("/api/v1/me")).Is(200).Json.GetProperty("duty").GetProperty("onDuty").GetBoolean());
    }

    [Fact]
    public async Task A_session_runs_out()
    {
        var nurse = await host.SignIn("nurse8");
        host.Clock.Advance(TimeSpan.FromHours(14) + TimeSpan.FromSeconds(1));
        (await nurse.Get("/api/v1/me")).Is(401, "not_signed_in");
    }

    [Fact]
    public async Task A_ticket_outlives_a_restart_and_cannot_be_changed()
    {
        var nurse = await host.SignIn("nurse9");
        await host.Stop();
        await host.Start();
        var again = host.Anybody().With(nurse.Token!);
        (await again.Get("/api/v1/me")).Is(200);
        var changed = (nurse.Token![0] == 'A' ? 'B' : 'A') + nurse.Token[1..];
        (await host.Anybody().With(changed).Get("/api/v1/me")).Is(401, "not_signed_in");
    }

    [Fact]
    public async Task A_cookie_alone_reads_and_changes_nothing()
    {
        var answer = await SignIn("nurse10", Programme.Password);
        var cookie = answer.Headers["Set-Cookie"];
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        var held = ("Cookie", cookie.Split(';')[0]);
        (await host.Anybody().Get("/api/v1/me", held)).Is(200);
        (await host.Anybody().Put("/api/v1/me/duty", new { onDuty = true }, held)).Is(403, "guard_missing");
        (await host.Anybody().Put("/api/v1/me/duty", new { onDuty = true }, held, ("X-Dispatch", "1"))).Is(200);
        // Raising for somebody from a browser that is signed in is still anybody's right.
        (await host.Anybody().Form("/api/v1/alerts", $"key={Guid.NewGuid():D}", held)).Is(303);
    }

    [Fact]
    public async Task A_token_in_an_address_opens_nothing_but_the_live_connection()
    {
        var nurse = await host.SignIn("nurse11");
        (await host.Anybody().Get($"/api/v1/me?access_token={nurse.Token}")).Is(401, "not_signed_in");
    }

    [Theory]
    [InlineData("nurse12", "/api/v1/hotline/one/queue", 403)]
    [InlineData("planner", "/api/v1/hotline/one/queue", 403)]
    [InlineData("planner", "/api/v1/me/offers", 403)]
    [InlineData("taker", "/api/v1/me/assignments", 403)]
    [InlineData("taker", "/api/v1/hotline/one/queue", 200)]
    [InlineData("elsewhere", "/api/v1/hotline/one/queue", 404)]
    [InlineData("elsewhere", "/api/v1/hotline/two/queue", 200)]
    public async Task Each_role_reaches_its_own_and_no_more(string user, string path, int status) => (await (await host.SignIn(user)).Get(path)).Is(status);

    [Fact]
    public async Task Duty_beyond_a_week_or_in_the_past_is_refused()
    {
        var nurse = await host.SignIn("nurse13");
        (await nurse.Put("/api/v1/me/duty", new { onDuty = true, until = host.Clock.GetUtcNow().AddDays(8) })).Is(400, "invalid_body");
        (await nurse.Put("/api/v1/me/duty", new { onDuty = true, until = host.Clock.GetUtcNow().AddMinutes(-1) })).Is(400, "invalid_body");
        (await nurse.Put("/api/v1/me/duty", new { onDuty = true, until = host.Clock.GetUtcNow().AddHours(1) })).Is(200);
        Assert.True((await nurse.Get("/api/v1/me")).Json.GetProperty("duty").GetProperty("onDuty").GetBoolean());
        host.Clock.Advance(TimeSpan.FromHours(2));
        Assert.False((await nurse.Get("/api/v1/me")).Json.GetProperty("duty").GetProperty("onDuty").GetBoolean());
    }

    private Task<Answer> SignIn(string userName, string password) => host.Anybody().Post("/api/v1/sign-in", new { userName, password });
}
