using Dispatch.Grains.Rows;
using Dispatch.Web.Audit;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests;

/// <summary>What the line's staff decide about one alert.</summary>
public sealed class AlertDecisionTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task A_phone_marked_unsafe_is_answered_as_after_a_cancel_while_help_goes_on()
    {
        var (phone, cancelled) = (await host.Anybody().Raised(new { pin = "1234" }), await host.Anybody().Raised(new { pin = "1234" }));
        var taker = await host.SignIn("taker");
        (await cancelled.Cancel(new { pin = "1234" })).Is(200);
        for (var i = 0; i < 2; i++) (await taker.Post($"/api/v1/alerts/{phone.Id}/phone-unsafe")).Is(200);

        Assert.Equal((await cancelled.Look()).Is(200).Body, (await phone.Look()).Is(200).Body);
        var note = new { note = "from whoever holds it", pin = "1234" };
        Assert.Equal((await cancelled.Add(note)).Is(409, "ended").Body, (await phone.Add(note)).Body);
        Assert.Equal((await cancelled.Cancel(new { pin = "1234" })).Is(200).Body, (await phone.Cancel(new { pin = "1234" })).Is(200).Body);
        var whole = (await taker.Get($"/api/v1/alerts/{phone.Id}")).Is(200);
        Assert.True(whole.Json.GetProperty("phoneUnsafe").GetBoolean());
        Assert.NotEqual("cancelled", whole.Text("status"));
        Assert.False(whole.Json.TryGetProperty("note", out _));
        Assert.Equal(2, (await Acts(phone.Id)).Count(a => a == "phone.unsafe"));
    }

    [Fact]
    public async Task Another_lines_staff_decide_nothing()
    {
        var phone = await host.Anybody().Raised(new { });
        (await (await host.SignIn("elsewhere")).Post($"/api/v1/alerts/{phone.Id}/phone-unsafe")).Is(404, "not_found");
        (await (await host.SignIn("nurse1")).Post($"/api/v1/alerts/{phone.Id}/phone-unsafe")).Is(403, "not_allowed");
        (await phone.Caller.Post($"/api/v1/alerts/{phone.Id}/phone-unsafe")).Is(401, "not_signed_in");
        Assert.Empty(await Acts(phone.Id));
    }

    private async Task<IEnumerable<string>> Acts(string alert)
    {
        var day = host.Clock.GetUtcNow().ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        var rows = await host.App.Services.GetRequiredService<IRows>().All<AuditRow>(Tables.Audit, $"TT/{day}");
        return rows.Where(r => r.Alert == alert && r.Action is not "alert.read").Select(r => r.Action);
    }
}
