using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests;

/// <summary>Who was asked and showed no sign is found by those who keep the rosters; no case can be told from it.</summary>
public sealed class UnreachedTests : IAsyncLifetime
{
    private const string Path = "/api/v1/areas/TT%2Fone/unreached";
    private readonly RunningHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Who_showed_no_sign_is_found_for_a_week()
    {
        var (silent, heard) = (await _host.OnDuty("nurse0"), await _host.OnDuty("nurse1"));
        var planner = await _host.SignIn("planner");
        var phone = await _host.Anybody().Raised(new { needs = new[] { "health" } });
        var offer = await Eventually.Offer(heard, phone.Id);
        await Eventually.Offer(silent, phone.Id);
        (await heard.Post($"/api/v1/offers/{offer}/receipt", new { state = "delivered" })).Is(204);
        _host.Clock.Advance(TimeSpan.FromSeconds(40));
        (await phone.Cancel(new { })).Is(200);

        var answer = await Eventually.Get(() => planner.Get(Path), a => a.Status == 200 && a.Json.GetProperty("items").GetArrayLength() > 0);
        var one = Assert.Single(answer.Json.GetProperty("items").EnumerateArray().ToArray());
        Assert.Equal(("Nurse 0", 1, 0), (one.GetProperty("person").GetProperty("displayName").GetString(), one.GetProperty("times").GetInt32(), one.GetProperty("exercises").GetInt32()));
        Assert.DoesNotContain(phone.Id, answer.Body, StringComparison.Ordinal);

        _host.Clock.Advance(TimeSpan.FromDays(7));
        planner = await _host.SignIn("planner");
        Assert.Equal(0, (await planner.Get(Path)).Is(200).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task It_is_for_those_who_keep_the_rosters_of_the_area()
    {
        (await (await _host.SignIn("nurse0")).Get(Path)).Is(403, "not_allowed");
        (await (await _host.SignIn("planner")).Get("/api/v1/areas/TT%2Felsewhere/unreached")).Is(404, "not_found");
    }

    [Fact]
    public async Task What_is_set_up_is_told_to_those_who_coordinate()
    {
        var channels = (await (await _host.SignIn("planner")).Get("/api/v1/channels")).Is(200).Json;
        Assert.Contains("live", channels.GetProperty("kinds").EnumerateArray().Select(k => k.GetString()));
        (await (await _host.SignIn("nurse0")).Get("/api/v1/channels")).Is(403, "not_allowed");
    }
}
