using System.Text.Json;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways;

/// <summary>Somebody on duty with a number.</summary>
internal sealed record Nurse(TextingHost Host, Caller Caller, string Number)
{
    public static async Task<Nurse> OnDuty(TextingHost host, string user, string number)
    {
        await host.EverythingIsOver();
        var nurse = await host.OnDuty(user);
        (await nurse.Put("/api/v1/me/devices/sim", new { kind = "sms", number })).Is(200);
        return new Nurse(host, nurse, number);
    }

    /// <summary>The code of the offer that this alert made her, once the text has left.</summary>
    public async Task<(string Offer, string Code)> IsAsked(string alert)
    {
        var offer = await Eventually.Offer(Caller, alert);
        var code = (await Caller.Get("/api/v1/me/offers")).Json.GetProperty("offers").EnumerateArray().Single(o => o.GetProperty("offerId").GetString() == offer).GetProperty("replyCode").GetString()!;
        await Gets($"Message {code}. Répondez OUI {code} ou NON {code}.");
        return (offer, code);
    }

    public async Task Gets(string text) => await Eventually.Get(() => Task.FromResult(Host.Texts(Number)), texts => texts.Contains(text));

    public async Task<JsonElement?> Assignment(string offer)
    {
        var all = (await Caller.Get("/api/v1/me/assignments")).Is(200).Json.GetProperty("assignments").EnumerateArray();
        return all.Cast<JsonElement?>().SingleOrDefault(a => a!.Value.GetProperty("offerId").GetString() == offer);
    }

    public async Task OffDuty() => (await Caller.Put("/api/v1/me/duty", new { onDuty = false })).Is(200);
}
