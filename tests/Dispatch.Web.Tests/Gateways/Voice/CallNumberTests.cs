using Dispatch.Grains.Rows;
using Dispatch.Web.Gateways;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests.Gateways.Voice;

/// <summary>A number on which calls are allowed.</summary>
public sealed class CallNumberTests(CallingHost host) : IClassFixture<CallingHost>
{
    [Fact]
    public async Task Calls_are_allowed_by_a_registration_of_their_own_and_said_to_reach_it()
    {
        var nurse = await host.SignIn("nurse0");
        var answer = (await nurse.Put("/api/v1/me/devices/phone", new { kind = "voice", number = "00229 97 12 34 56" })).Is(200);
        Assert.Equal(("voice", "•• •• •• 34 56", "ready"), (answer.Text("kind"), answer.Text("number"), answer.Text("channel")));
        (await nurse.Put("/api/v1/me/devices/phone", new { kind = "voice", number = "70 12 34 56" })).Is(422, "invalid_number");
        Assert.Equal("notConfigured", (await nurse.Put("/api/v1/me/devices/sim", new { kind = "sms", number = "+223 70 12 34 56" })).Is(200).Text("channel"));
    }

    /// <summary>Whoever may be rung may not thereby answer by text.</summary>
    [Fact]
    public async Task A_number_that_is_only_rung_is_found_by_no_text()
    {
        var nurse = await host.SignIn("nurse1");
        (await nurse.Put("/api/v1/me/devices/phone", new { kind = "sms", number = "+22370800001" })).Is(200);
        Assert.Single(await Owners());
        (await nurse.Put("/api/v1/me/devices/phone", new { kind = "voice", number = "+22370800001" })).Is(200);
        Assert.Empty(await Owners());

        async Task<IEnumerable<NumberOwner>> Owners() =>
            await host.App.Services.GetRequiredService<NumberIndex>().Owners(Dispatch.Domain.Numbers.PhoneNumber.TryParse("+22370800001", out var number) ? number : null!);
    }

    /// <summary>Two alerts want her at once: one phone, one call. The other comes when this one is over.</summary>
    [Fact]
    public async Task One_person_is_rung_by_one_call_at_a_time()
    {
        var nurse = await CalledNurse.OnDuty(host, "nurse3", "+22370800003");
        await nurse.IsRung((await host.Raised()).Id);
        var first = host.Reference(nurse.Number);
        var second = await host.Raised();
        await Eventually.Offer(nurse.Caller, second.Id);
        var rows = host.App.Services.GetRequiredService<IRows>();
        await Eventually.Get(() => rows.All<Dispatch.Domain.Alerts.Delivery>(Tables.Deliveries, second.Id), facts => facts.Any(f => f is { Channel: Dispatch.Domain.Channels.ChannelKind.Voice, Attempts: > 0 }));
        Assert.Single(host.Calls(nurse.Number));

        (await host.BridgeSays(nurse.Number, "busy", first)).Is(204);
        host.Clock.Advance(TimeSpan.FromSeconds(6));
        await nurse.Rings(2);
        Assert.NotEqual(first[..first.LastIndexOf('.')], host.Reference(nurse.Number)[..first.LastIndexOf('.')]);
        await nurse.OffDuty();
    }
}
