using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests;

/// <summary>A service area on the wire: how it stands, and who switches it.</summary>
public sealed class ServiceAreaTests
{
    private const string Path = "/api/v1/areas/TT%2Fone";

    public sealed class Ready(RunningHost host) : IClassFixture<RunningHost>
    {
        [Fact]
        public async Task Switching_off_is_always_possible_and_on_again_when_nothing_is_missing()
        {
            var planner = await host.SignIn("planner");
            Assert.True((await planner.Get(Path)).Is(200).Json.GetProperty("on").GetBoolean());
            Assert.False((await planner.Send(HttpMethod.Delete, $"{Path}/on", null)).Is(200).Json.GetProperty("on").GetBoolean());

            var nurse = await host.OnDuty("nurse0");
            var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
            var boss = await host.SignIn("boss");
            var alert = await Eventually.Get(() => boss.Get($"/api/v1/alerts/{phone.Id}"), a => a.Status == 200 && a.Json.GetProperty("needs").GetArrayLength() > 0);
            Assert.Equal(0, alert.Json.GetProperty("offers").GetArrayLength());
            Assert.Equal(0, (await nurse.Get("/api/v1/me/offers")).Is(200).Json.GetProperty("offers").GetArrayLength());

            Assert.True((await planner.Put($"{Path}/on", new { })).Is(200).Json.GetProperty("on").GetBoolean());
        }

        [Theory]
        [InlineData("nurse1", "", 403)]
        [InlineData("taker", "", 403)]
        [InlineData("boss", "", 200)]
        [InlineData("boss", "/on", 403)]
        [InlineData("nurse1", "/on", 403)]
        public async Task Only_those_who_plan_may_switch(string user, string what, int status)
        {
            var caller = await host.SignIn(user);
            (await (what.Length == 0 ? caller.Get(Path) : caller.Send(HttpMethod.Delete, Path + what, null))).Is(status);
        }

        [Fact]
        public async Task An_area_that_is_not_hers_does_not_exist()
        {
            var planner = await host.SignIn("planner");
            (await planner.Get("/api/v1/areas/TT%2Ftwo")).Is(404, "not_found");
            (await planner.Put("/api/v1/areas/TT%2Ftwo/on", new { })).Is(404, "not_found");
        }
    }

    public sealed class Unready(Unready.NoDrill host) : IClassFixture<Unready.NoDrill>
    {
        public sealed class NoDrill() : RunningHost(Programme.Settings(drillPassedAt: null, nightRoster: []));

        [Fact]
        public async Task Switching_on_is_refused_with_what_is_missing()
        {
            var refused = (await (await host.SignIn("planner")).Put($"{Path}/on", new { })).Is(409, "area_not_ready");
            Assert.Equal(["no_night_roster", "no_passed_drill"], refused.Json.GetProperty("missing").EnumerateArray().Select(m => m.GetString()!));
        }

        [Fact]
        public async Task Nothing_is_refused_to_her_and_a_human_hears_at_once()
        {
            var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
            var taker = await host.SignIn("taker");
            await Eventually.Get(() => taker.Get("/api/v1/hotline/one/queue"), a => a.Body.Contains(phone.Id, StringComparison.Ordinal) && a.Body.Contains("\"ringing\"", StringComparison.Ordinal));
        }
    }
}
