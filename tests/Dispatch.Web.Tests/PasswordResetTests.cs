using Dispatch.Grains.ServiceAreas;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Web.Tests;

/// <summary>Somebody forgot her password: an administrator gives her another one, and nobody goes on as her meanwhile.</summary>
public sealed class PasswordResetTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task The_new_password_opens_only_the_choice_of_the_next_and_everything_open_ends()
    {
        var (nurse, admin) = (await host.OnDuty("nurse0"), await host.SignIn("admin"));
        (await nurse.Put("/api/v1/me/devices/browser", Subscription.At("https://push.example.org/1"))).Is(200);
        await using var page = await LivePage.Open(host, nurse.Token!);
        var me = (await nurse.Get("/api/v1/me")).Text("accountId");

        var answer = (await Reset(admin, "nurse0")).Is(200);

        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        (await nurse.Get("/api/v1/me")).Is(401, "not_signed_in");
        await page.Closed.WaitAsync(TimeSpan.FromSeconds(15));
        var services = host.App.Services.GetRequiredService<IGrainFactory>();
        Assert.DoesNotContain((await services.GetGrain<IServiceAreaGrain>(Programme.Area).Plan())!.OnDuty, c => c.Responder == me);
        Assert.Empty(await services.GetGrain<Dispatch.Grains.Responders.IResponderGrain>(me).Devices());
        (await SignIn("nurse0", Programme.Password)).Is(401, "bad_credentials");
        var again = host.Anybody().With((await SignIn("nurse0", answer.Text("password"))).Is(200).Text("accessToken"));
        (await again.Get("/api/v1/me")).Is(403, "password_change_required");
        (await again.Put("/api/v1/me/password", new { current = answer.Text("password"), @new = "chosen by herself" })).Is(204);
        Assert.False((await again.Get("/api/v1/me")).Is(200).Json.GetProperty("duty").GetProperty("onDuty").GetBoolean());
    }

    [Fact]
    public async Task A_reset_lifts_the_lock()
    {
        for (var i = 0; i < 6; i++) await SignIn("nurse1", "wrong");
        (await SignIn("nurse1", Programme.Password)).Is(423, "locked_out");
        var made = (await Reset(await host.SignIn("admin"), "NURSE1")).Is(200).Text("password");
        (await SignIn("nurse1", made)).Is(200);
    }

    [Theory]
    [InlineData("admin", "admin", 403, "not_allowed")]
    [InlineData("admin", "Admin", 403, "not_allowed")]
    [InlineData("admin", "nobody", 404, "not_found")]
    [InlineData("boss", "nurse2", 403, "not_allowed")]
    [InlineData("planner", "nurse2", 403, "not_allowed")]
    [InlineData("nurse3", "nurse2", 403, "not_allowed")]
    public async Task Only_an_administrator_may_and_not_for_herself(string by, string of, int status, string code) => (await Reset(await host.SignIn(by), of)).Is(status, code);

    [Fact]
    public async Task It_is_written_down_who_did_it_to_whom()
    {
        var admin = await host.SignIn("admin");
        var me = (await admin.Get("/api/v1/me")).Text("accountId");
        var (nurse, rows) = (await host.SignIn("nurse4"), host.App.Services.GetRequiredService<Dispatch.Grains.Rows.IRows>());
        var her = (await nurse.Get("/api/v1/me")).Text("accountId");
        var made = (await Reset(admin, "nurse4")).Is(200).Text("password");

        var day = host.Clock.GetUtcNow().ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        var audit = await rows.List<System.Text.Json.Nodes.JsonObject>(Dispatch.Grains.Rows.Tables.Audit, $"TT/{day}", null, 500);
        Assert.Contains(audit, row => row.Value["action"]!.GetValue<string>() == "password.reset" && row.Value["by"]!.GetValue<string>() == me && row.Value["subject"]!.GetValue<string>() == her);
        Assert.DoesNotContain(audit, row => row.Value.ToJsonString().Contains(made, StringComparison.Ordinal));
    }

    private static Task<Answer> Reset(Caller admin, string userName) => admin.Post("/api/v1/accounts/password-reset", new { userName });

    private Task<Answer> SignIn(string userName, string password) => host.Anybody().Post("/api/v1/sign-in", new { userName, password });
}
