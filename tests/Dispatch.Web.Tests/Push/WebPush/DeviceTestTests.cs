using System.Globalization;
using System.Text.Json;
using Dispatch.Channels.Tests.WebPush;
using Dispatch.Grains.Rows;
using Dispatch.Web.Audit;
using Dispatch.Web.Push.Testing;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests.Push.WebPush;

/// <summary>"Test my phone": one push to one device, and its answer.</summary>
public sealed class DeviceTestTests(PushingHost host) : IClassFixture<PushingHost>
{
    [Fact]
    public async Task A_test_goes_to_that_device_alone_and_its_answer_says_how_long_it_took()
    {
        var nurse = await host.SignIn("nurse0");
        var browser = await host.Registered(nurse, "pocket", "tested");
        await host.Registered(nurse, "other", "untested");

        var id = (await nurse.Post("/api/v1/me/devices/pocket/test")).Is(202).Text("testId");
        Assert.Equal($$"""{"kind":"test","id":"{{id}}"}""", await Reader.Read(Assert.Single(host.Service.Taken, t => t.Browser == "tested").Body, browser));
        Assert.Equal(0, host.Service.Asked("untested"));
        Assert.Equal("sent", (await Look(nurse, id)).Text("state"));

        host.Clock.Advance(TimeSpan.FromSeconds(2));
        (await nurse.Post($"/api/v1/me/device-tests/{id}/received")).Is(204);
        var received = await Look(nurse, id);
        Assert.Equal("received", received.Text("state"));
        Assert.InRange(received.Json.GetProperty("milliseconds").GetInt64(), 2_000, 20_000);

        host.Clock.Advance(TimeSpan.FromSeconds(5));
        (await nurse.Post($"/api/v1/me/device-tests/{id}/received")).Is(204);
        Assert.Equal(received.Body, (await Look(nurse, id)).Body);
        var audit = await host.App.Services.GetRequiredService<IRows>().All<AuditRow>(Tables.Audit, $"TT/{host.Clock.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture)}");
        Assert.Contains(audit, row => (row.Action, row.Subject, row.Detail) == ("device.test", "pocket", "WebPush"));
    }

    [Fact]
    public async Task Only_its_owner_sees_and_answers_it()
    {
        var (mine, another) = (await host.SignIn("nurse1"), await host.SignIn("nurse2"));
        await host.Registered(mine, "pocket", "mine");
        var id = (await mine.Post("/api/v1/me/devices/pocket/test")).Is(202).Text("testId");
        (await another.Post("/api/v1/me/devices/pocket/test")).Is(404, "not_found");
        (await another.Get($"/api/v1/me/device-tests/{id}")).Is(404, "not_found");
        (await another.Post($"/api/v1/me/device-tests/{id}/received")).Is(404, "not_found");
        Assert.Equal("sent", (await Look(mine, id)).Text("state"));
    }

    [Fact]
    public async Task A_test_that_could_not_be_handed_over_says_so()
    {
        var nurse = await host.SignIn("nurse3");
        await host.Registered(nurse, "pocket", "broken");
        host.Service.Answer("broken", 503);
        var id = (await nurse.Post("/api/v1/me/devices/pocket/test")).Is(202).Text("testId");
        var failed = await Look(nurse, id);
        Assert.Equal(("failed", "serverError"), (failed.Text("state"), failed.Text("why")));
    }

    [Fact]
    public async Task One_in_ten_seconds_is_enough_for_all_her_devices()
    {
        var nurse = await host.SignIn("nurse4");
        await host.Registered(nurse, "one", "often");
        await host.Registered(nurse, "two", "often2");
        (await nurse.Post("/api/v1/me/devices/one/test")).Is(202);
        var refused = (await nurse.Post("/api/v1/me/devices/two/test")).Is(429, "too_many_requests");
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 10);
        host.Clock.Advance(DeviceTester.Between);
        (await nurse.Post("/api/v1/me/devices/one/test")).Is(202);
        Assert.Equal((2, 0), (host.Service.Asked("often"), host.Service.Asked("often2")));
    }

    [Fact]
    public async Task Two_at_the_same_moment_are_one()
    {
        var nurse = await host.SignIn("nurse5");
        await host.Registered(nurse, "one", "twice");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => nurse.Post("/api/v1/me/devices/one/test")));
        Assert.Single(answers, a => a.Status == 202);
        Assert.Equal(1, host.Service.Asked("twice"));
    }

    [Fact]
    public async Task A_device_whose_channel_cannot_test_is_refused_with_a_reason()
    {
        var nurse = await host.SignIn("nurse6");
        (await nurse.Put("/api/v1/me/devices/app", new { kind = "fcm", token = "t" })).Is(200);
        (await nurse.Post("/api/v1/me/devices/app/test")).Is(409, "not_configured");
        (await nurse.Put("/api/v1/me/devices/sim", new { kind = "sms", number = "+22370123456" })).Is(200);
        (await nurse.Post("/api/v1/me/devices/sim/test")).Is(409, "not_configured");
        (await nurse.Post("/api/v1/me/devices/nothing/test")).Is(404, "not_found");
        (await nurse.Post("/api/v1/me/devices/n%20o/test")).Is(404, "not_found");
    }

    /// <summary>What she removed leaves nothing for good.</summary>
    [Fact]
    public async Task Tests_of_devices_that_are_gone_go_too()
    {
        var nurse = await host.SignIn("nurse7");
        for (var n = 0; n < 40; n++)
        {
            await host.Registered(nurse, $"d{n}", "many");
            var id = (await nurse.Post($"/api/v1/me/devices/d{n}/test")).Is(202).Text("testId");
            (await nurse.Post($"/api/v1/me/device-tests/{id}/received")).Is(204);
            Assert.Equal("received", (await Look(nurse, id)).Text("state"));
            host.Clock.Advance(DeviceTester.Between);
        }

        var me = (await nurse.Get("/api/v1/me")).Text("accountId");
        Assert.InRange((await host.App.Services.GetRequiredService<IRows>().All<DeviceTestRow>(Tables.Tenant, "deviceTests/" + me)).Count, 2, 34);
    }

    private static async Task<Answer> Look(Caller nurse, string id) => (await nurse.Get($"/api/v1/me/device-tests/{id}")).Is(200);
}
