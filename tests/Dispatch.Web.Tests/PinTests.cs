using Dispatch.Domain.Accounts;
using Dispatch.Web.Staff;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests;

/// <summary>A short secret of her own, beside the password.</summary>
public sealed class PinTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task She_sets_it_with_her_password_and_it_is_hers_alone()
    {
        var (first, second) = (await host.SignIn("nurse0"), await host.SignIn("nurse1"));
        Assert.False((await first.Get("/api/v1/me/pin")).Is(200).Json.GetProperty("set").GetBoolean());
        (await Set(first, "4071")).Is(204);
        Assert.True((await first.Get("/api/v1/me/pin")).Is(200).Json.GetProperty("set").GetBoolean());
        Assert.Equal(StaffPinVerdict.Right, await Check(first, "4071"));
        Assert.Equal(StaffPinVerdict.None, await Check(second, "4071"));
        (await Set(second, "9353")).Is(204);
        Assert.Equal(StaffPinVerdict.Wrong, await Check(second, "4071"));
    }

    [Theory]
    [InlineData("407", Programme.Password, 400, "invalid_body")]
    [InlineData("407182935", Programme.Password, 400, "invalid_body")]
    [InlineData("four", Programme.Password, 400, "invalid_body")]
    [InlineData(null, Programme.Password, 400, "invalid_body")]
    [InlineData("4071", null, 400, "invalid_body")]
    [InlineData("0000", Programme.Password, 422, "pin_too_easy")]
    [InlineData("1234", Programme.Password, 422, "pin_too_easy")]
    [InlineData("4071", "not her password", 401, "bad_credentials")]
    public async Task What_is_no_PIN_or_no_password_changes_nothing(string? pin, string? password, int status, string code)
    {
        var nurse = await host.SignIn("nurse2");
        (await nurse.Put("/api/v1/me/pin", new { pin, password })).Is(status, code);
        Assert.Equal(StaffPinVerdict.None, await Check(nurse, "4071"));
    }

    [Fact]
    public async Task Three_wrong_ones_lock_it_and_a_new_one_lifts_the_lock()
    {
        var nurse = await host.SignIn("nurse3");
        (await Set(nurse, "4071")).Is(204);
        Assert.Equal([StaffPinVerdict.Wrong, StaffPinVerdict.Wrong, StaffPinVerdict.Locked], [await Check(nurse, "4072"), await Check(nurse, "4073"), await Check(nurse, "4074")]);
        Assert.Equal(StaffPinVerdict.Locked, await Check(nurse, "4071"));
        Assert.Equal(System.Text.Json.JsonValueKind.String, (await nurse.Get("/api/v1/me/pin")).Is(200).Json.GetProperty("lockedUntil").ValueKind);
        (await Set(nurse, "9353")).Is(204);
        Assert.Equal(StaffPinVerdict.Right, await Check(nurse, "9353"));
    }

    [Fact]
    public async Task A_reset_of_the_password_takes_it_away()
    {
        var nurse = await host.SignIn("nurse4");
        (await Set(nurse, "4071")).Is(204);
        var her = await Id(nurse);
        (await (await host.SignIn("admin")).Post("/api/v1/accounts/password-reset", new { userName = "nurse4" })).Is(200);
        Assert.Equal(StaffPinVerdict.None, (await Desk.Check(her, "4071")).Verdict);
    }

    [Fact]
    public async Task Trying_passwords_here_locks_as_at_the_sign_in()
    {
        var nurse = await host.SignIn("nurse5");
        for (var i = 0; i < Account.MaxTries; i++) (await nurse.Put("/api/v1/me/pin", new { pin = "4071", password = $"wrong {i}" })).Is(401, "bad_credentials");
        (await Set(nurse, "4071")).Is(423, "locked_out");
    }

    private PinDesk Desk => host.App.Services.GetRequiredService<PinDesk>();

    private async Task<StaffPinVerdict> Check(Caller caller, string pin) => (await Desk.Check(await Id(caller), pin)).Verdict;

    private static async Task<string> Id(Caller caller) => (await caller.Get("/api/v1/me")).Is(200).Text("accountId");

    private static Task<Answer> Set(Caller caller, string pin) => caller.Put("/api/v1/me/pin", new { pin, password = Programme.Password });
}
