using Dispatch.Channels.Devices;
using Dispatch.Channels.Voice;
using Dispatch.Domain.Channels;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests.Gateways.Voice;

/// <summary>"Does my phone ring?": one call to her own number, and a real one meanwhile.</summary>
public sealed class TestCallTests(CallingHost host) : IClassFixture<CallingHost>
{
    private const string NothingToSay = """{"keySeconds":0}""";

    [Fact]
    public async Task Whoever_picks_up_hears_that_it_is_a_test_and_she_reads_how_long_it_took()
    {
        var (nurse, number) = (await Registered("nurse0", "+22370900000"), "+22370900000");
        var id = await Tested(nurse);
        (await host.BridgeSays(number, "ringing")).Is(204);
        Assert.Equal("sent", (await Look(nurse, id)).Text("state"));
        host.Clock.Advance(TimeSpan.FromSeconds(4));
        var spoken = (await host.BridgeSays(number, "answered")).Is(200).Json;
        Assert.Equal(("voice.test", "Bonjour. Ceci est un test. Vous n'avez rien à faire, merci.", 0), (spoken.GetProperty("words").GetString(), spoken.GetProperty("text").GetString(), spoken.GetProperty("keySeconds").GetInt32()));
        Assert.Equal(NothingToSay, (await host.BridgeSays(number, "key&digits=1")).Is(200).Body);
        (await host.BridgeSays(number, "ended")).Is(204);
        var received = await Look(nurse, id);
        Assert.Equal("received", received.Text("state"));
        Assert.InRange(received.Json.GetProperty("milliseconds").GetInt64(), 4_000, 20_000);
        Assert.Single(host.Calls(number));
    }

    [Theory]
    [InlineData("busy", "busy", "nurse1", "+22370900001")]
    [InlineData("noAnswer", "noAnswer", "nurse2", "+22370900002")]
    [InlineData("machine", "machine", "nurse3", "+22370900003")]
    [InlineData("nothing", "noAnswer", "nurse4", "+22370900004")]
    public async Task Who_did_not_pick_up_reads_why_and_is_not_rung_again(string how, string why, string user, string number)
    {
        var nurse = await Registered(user, number);
        var id = await Tested(nurse);
        if (how != "nothing") Assert.InRange((await host.BridgeSays(number, how)).Status, 200, 204);
        else host.Clock.Advance(CallTimes.RingsAtMost);
        var failed = await Look(nurse, id);
        Assert.Equal(("failed", why), (failed.Text("state"), failed.Text("why")));
        host.Clock.Advance(CallTimes.RingsAtMost);
        Assert.Single(host.Calls(number));
    }

    [Fact]
    public async Task A_number_that_the_network_does_not_know_is_said_to_be_and_retires_itself()
    {
        var nurse = await Registered("nurse5", "+22370900005");
        var id = await Tested(nurse);
        (await host.BridgeSays("+22370900005", "unknownNumber")).Is(204);
        Assert.Equal("failed", (await Look(nurse, id)).Text("state"));
        var (me, book) = ((await nurse.Get("/api/v1/me")).Text("accountId"), host.App.Services.GetRequiredService<IDeviceAddresses>());
        await Eventually.Get(() => book.Of(me, ChannelKind.Voice, CancellationToken.None), left => left.IsEmpty);
    }

    [Fact]
    public async Task A_real_call_takes_the_line_from_a_test_at_once()
    {
        var nurse = await CalledNurse.OnDuty(host, "nurse6", "+22370900006");
        var id = await Tested(nurse.Caller);
        var test = host.Reference(nurse.Number);
        var offer = await nurse.IsRung((await host.Raised()).Id, times: 2);
        await Eventually.Get(() => Task.FromResult(host.Far.All.Any(a => (a.Method, a.Path) == ("DELETE", $"/bridge/{test}"))), ended => ended);
        var over = await Eventually.Get(() => Look(nurse.Caller, id), a => a.Text("state") == "failed");
        Assert.Equal("yielded", over.Text("why"));
        // The end of the test frees no line that is the real call's.
        (await host.BridgeSays(nurse.Number, "ended", test)).Is(204);
        (await host.BridgeSays(nurse.Number, "answered")).Is(200);
        Assert.True(await nurse.Was(offer, "deliveredAt"));
        await nurse.OffDuty();
    }

    [Fact]
    public async Task While_a_real_call_rings_no_test_does()
    {
        var nurse = await CalledNurse.OnDuty(host, "nurse7", "+22370900007");
        await nurse.IsRung((await host.Raised()).Id);
        var id = await Tested(nurse.Caller);
        var failed = await Look(nurse.Caller, id);
        Assert.Equal(("failed", "onThePhone"), (failed.Text("state"), failed.Text("why")));
        Assert.Single(host.Calls(nurse.Number));
        await nurse.OffDuty();
    }

    private async Task<Caller> Registered(string user, string number)
    {
        var nurse = await host.SignIn(user);
        (await nurse.Put("/api/v1/me/devices/phone", new { kind = "voice", number })).Is(200);
        return nurse;
    }

    private static async Task<string> Tested(Caller nurse) => (await nurse.Post("/api/v1/me/devices/phone/test")).Is(202).Text("testId");

    private static async Task<Answer> Look(Caller nurse, string id) => (await nurse.Get($"/api/v1/me/device-tests/{id}")).Is(200);
}
