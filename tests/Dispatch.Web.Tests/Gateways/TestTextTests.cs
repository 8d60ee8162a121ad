using System.Globalization;
using Dispatch.Channels.Devices;
using Dispatch.Channels.Tests.Sms;
using Dispatch.Domain.Channels;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Bounds = Dispatch.Web.Gateways.Testing.NumberTests;

namespace Dispatch.Web.Tests.Gateways;

/// <summary>"Do texts reach me?": one neutral text to her own number, what the network says of it, and not too many.</summary>
public sealed class TestTextTests(TextingHost host) : IClassFixture<TextingHost>
{
    private const string Words = "Test. Vous n'avez rien à répondre.";

    [Fact]
    public async Task Its_report_says_how_long_it_took()
    {
        var (nurse, number) = (await Registered("nurse0", "+22370300000"), "+22370300000");
        var id = (await nurse.Post("/api/v1/me/devices/sim/test")).Is(202).Text("testId");
        Assert.Equal([Words], host.Texts(number));
        Assert.Equal("sent", (await Look(nurse, id)).Text("state"));

        host.Clock.Advance(TimeSpan.FromSeconds(2));
        (await host.KannelSays("/reports", $"ref={host.Reference(number)}&state=1")).Is(204);
        var received = await Look(nurse, id);
        Assert.Equal("received", received.Text("state"));
        Assert.InRange(received.Json.GetProperty("milliseconds").GetInt64(), 2_000, 20_000);

        host.Clock.Advance(TimeSpan.FromSeconds(3));
        foreach (var state in (int[])[1, 2]) (await host.KannelSays("/reports", $"ref={host.Reference(number)}&state={state}")).Is(204);
        Assert.Equal(received.Body, (await Look(nurse, id)).Body);
        Assert.Contains(await host.Audit(), row => (row.Action, row.Subject, row.Detail) == ("device.test", "sim", "Sms"));
        Assert.DoesNotContain(await host.Audit(), row => $"{row.Subject}{row.Detail}".Contains("70300000", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_network_could_not_bring_failed_until_it_comes_after_all()
    {
        var nurse = await Registered("nurse1", "+22370300001");
        var id = (await nurse.Post("/api/v1/me/devices/sim/test")).Is(202).Text("testId");
        (await host.KannelSays("/reports", $"ref={host.Reference("+22370300001")}&state=2")).Is(204);
        var failed = await Look(nurse, id);
        Assert.Equal(("failed", "undelivered"), (failed.Text("state"), failed.Text("why")));
        (await host.KannelSays("/reports", $"ref={host.Reference("+22370300001")}&state=1")).Is(204);
        Assert.Equal("received", (await Look(nurse, id)).Text("state"));
    }

    [Fact]
    public async Task A_number_that_the_network_calls_dead_is_said_to_be_and_retires_itself()
    {
        var nurse = await Registered("nurse2", "+22670300002");
        var id = (await nurse.Post("/api/v1/me/devices/sim/test")).Is(202).Text("testId");
        (await host.TwilioSays($"/gateways/sms/twilio/reports?ref={host.Reference("+22670300002")}", [("MessageStatus", "undelivered"), ("ErrorCode", "30005")])).Is(204);
        Assert.Equal("failed", (await Look(nurse, id)).Text("state"));
        var (me, book) = ((await nurse.Get("/api/v1/me")).Text("accountId"), host.App.Services.GetRequiredService<IDeviceAddresses>());
        await Eventually.Get(() => book.Of(me, ChannelKind.Sms, CancellationToken.None), left => left.IsEmpty);
        Assert.Equal("failed", (await Look(nurse, id)).Text("state"));
    }

    [Fact]
    public async Task One_in_a_minute_and_five_in_a_day_whichever_number_she_names()
    {
        var nurse = await Registered("nurse3", "+22370300003");
        (await nurse.Put("/api/v1/me/devices/other", new { kind = "sms", number = "+22370300103" })).Is(200);
        for (var n = 0; n < Bounds.PerDay; n++)
        {
            (await nurse.Post($"/api/v1/me/devices/{(n % 2 == 0 ? "sim" : "other")}/test")).Is(202);
            host.Clock.Advance(Bounds.Between / 2);
            if (n < Bounds.PerDay - 1) Assert.InRange(await Wait(), 1, Bounds.Between.TotalSeconds / 2);
            host.Clock.Advance(Bounds.Between / 2);
        }

        // Neither does another number help, nor giving the same one anew.
        (await nurse.Put("/api/v1/me/devices/third", new { kind = "sms", number = "+22370300203" })).Is(200);
        (await nurse.Put("/api/v1/me/devices/sim", new { kind = "sms", number = "+22370300003" })).Is(200);
        Assert.InRange(await Wait("third"), 3_600, 86_400);
        Assert.InRange(await Wait(), 3_600, 86_400);
        Assert.Equal((3, 2, 0), (host.Texts("+22370300003").Count, host.Texts("+22370300103").Count, host.Texts("+22370300203").Count));

        host.Clock.Advance(TimeSpan.FromDays(1));
        (await (await host.SignIn("nurse3")).Post("/api/v1/me/devices/sim/test")).Is(202);

        async Task<int> Wait(string device = "sim") => int.Parse((await nurse.Post($"/api/v1/me/devices/{device}/test")).Is(429, "too_many_requests").Headers["Retry-After"], CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Of_those_asked_for_at_the_same_moment_one_leaves()
    {
        var nurse = await Registered("nurse4", "+22370300004");
        (await nurse.Put("/api/v1/me/devices/other", new { kind = "sms", number = "+22370300104" })).Is(200);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => nurse.Post($"/api/v1/me/devices/{(n % 2 == 0 ? "sim" : "other")}/test")));
        Assert.Single(answers, a => a.Status == 202);
        Assert.Equal(5, answers.Count(a => a.Status == 429));
        Assert.Single(host.Texts("+22370300004").Concat(host.Texts("+22370300104")));
    }

    [Fact]
    public async Task What_cannot_leave_says_why()
    {
        var (nurse, usually) = (await Registered("nurse5", "+22370300005"), host.Far.Answers);
        host.Far.Answers = Loopback.Says(503, "");
        var id = (await nurse.Post("/api/v1/me/devices/sim/test")).Is(202).Text("testId");
        host.Far.Answers = usually;
        var failed = await Look(nurse, id);
        Assert.Equal(("failed", "serverError"), (failed.Text("state"), failed.Text("why")));
        (await nurse.Put("/api/v1/me/devices/phone", new { kind = "voice", number = "+22370300005" })).Is(200);
        host.Clock.Advance(Bounds.Between);
        (await nurse.Post("/api/v1/me/devices/phone/test")).Is(409, "not_configured");
    }

    [Fact]
    public async Task Nobody_else_sends_it_or_looks_at_it()
    {
        var (nurse, another) = (await Registered("nurse6", "+22370300006"), await host.SignIn("nurse7"));
        var id = (await nurse.Post("/api/v1/me/devices/sim/test")).Is(202).Text("testId");
        (await another.Post("/api/v1/me/devices/sim/test")).Is(404, "not_found");
        (await another.Get($"/api/v1/me/device-tests/{id}")).Is(404, "not_found");
    }

    private async Task<Caller> Registered(string user, string number)
    {
        var nurse = await host.SignIn(user);
        (await nurse.Put("/api/v1/me/devices/sim", new { kind = "sms", number })).Is(200);
        return nurse;
    }

    private static async Task<Answer> Look(Caller nurse, string id) => (await nurse.Get($"/api/v1/me/device-tests/{id}")).Is(200);
}
