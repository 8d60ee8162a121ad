using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests;

/// <summary>When nobody answers, a supervisor reads why the others were not asked.</summary>
public sealed class NotAskedTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task Whose_duty_ended_is_not_asked_and_a_supervisor_reads_why()
    {
        var nurse = await host.SignIn("nurse0");
        (await nurse.Put("/api/v1/me/duty", new { onDuty = true, until = host.Clock.GetUtcNow().AddMinutes(10) })).Is(200);
        var counsellor = await host.OnDuty("counsellor");
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
        var boss = await host.SignIn("boss");
        await Eventually.Get(() => boss.Get($"/api/v1/alerts/{phone.Id}"), a => a.Status == 200 && a.Json.GetProperty("needs").GetArrayLength() > 0);

        var answer = (await boss.Get($"/api/v1/alerts/{phone.Id}/not-asked?need=health")).Is(200).Json;

        Assert.True(answer.GetProperty("areaOn").GetBoolean());
        Assert.False(answer.TryGetProperty("next", out _));
        var reasons = answer.GetProperty("items").EnumerateArray().ToDictionary(i => i.GetProperty("person").GetProperty("displayName").GetString()!, i => i.GetProperty("reason").GetString());
        Assert.Equal(new Dictionary<string, string?> { ["Nurse 0"] = "offDuty", ["Counsellor"] = "noDisclosureBasis" }, reasons);
        Assert.Equal(0, (await nurse.Get("/api/v1/me/offers")).Is(200).Json.GetProperty("offers").GetArrayLength());
        Assert.Equal(0, (await counsellor.Get("/api/v1/me/offers")).Is(200).Json.GetProperty("offers").GetArrayLength());
    }

    [Theory]
    [InlineData("taker", 403)]
    [InlineData("nurse1", 403)]
    [InlineData("planner", 403)]
    [InlineData("boss", 404)]
    public async Task Only_a_supervisor_of_its_line_may_read_it(string user, int status) =>
        (await (await host.SignIn(user)).Get("/api/v1/alerts/0191e7a2-7b1c-7000-8000-000000000000/not-asked?need=health")).Is(status);

    [Fact]
    public async Task A_need_that_there_is_not_is_refused()
    {
        var boss = await host.SignIn("boss");
        (await boss.Get("/api/v1/alerts/0191e7a2-7b1c-7000-8000-000000000000/not-asked?need=99")).Is(400, "invalid_body");
        (await boss.Get("/api/v1/alerts/0191e7a2-7b1c-7000-8000-000000000000/not-asked?need=everything")).Is(400, "invalid_body");
        (await boss.Get("/api/v1/alerts/0191e7a2-7b1c-7000-8000-000000000000/not-asked")).Is(400, "invalid_body");
    }
}
