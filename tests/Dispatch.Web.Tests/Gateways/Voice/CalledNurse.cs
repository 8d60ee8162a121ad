using System.Text.Json;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways.Voice;

/// <summary>Somebody on duty who allowed calls on her number.</summary>
internal sealed record CalledNurse(CallingHost Host, Caller Caller, string Number)
{
    public static async Task<CalledNurse> OnDuty(CallingHost host, string user, string number)
    {
        var nurse = await host.OnDuty(user);
        (await nurse.Put("/api/v1/me/devices/phone", new { kind = "voice", number })).Is(200);
        return new CalledNurse(host, nurse, number);
    }

    /// <summary>The offer that this alert made her, once her phone rings.</summary>
    public async Task<string> IsRung(string alert, int times = 1)
    {
        var offer = await Eventually.Offer(Caller, alert);
        await Rings(times);
        // Until the gateway's answer is written down, a hang-up does not know whom to tell.
        await Eventually.Get(() => Host.OnTheLine(offer), o => o.GetProperty("state").GetString() != "planned");
        return offer;
    }

    public Task Rings(int times) => Eventually.Get(() => Task.FromResult(Host.Calls(Number).Count), n => n == times);

    public async Task<JsonElement?> Assignment(string offer)
    {
        var all = (await Caller.Get("/api/v1/me/assignments")).Is(200).Json.GetProperty("assignments").EnumerateArray();
        return all.Cast<JsonElement?>().SingleOrDefault(a => a!.Value.GetProperty("offerId").GetString() == offer);
    }

    public async Task<bool> Was(string offer, string fact) => (await Host.OnTheLine(offer)).TryGetProperty(fact, out var at) && at.ValueKind is not JsonValueKind.Null;

    public async Task OffDuty()
    {
        await Host.EndAll();
        (await Caller.Put("/api/v1/me/duty", new { onDuty = false })).Is(200);
    }
}
