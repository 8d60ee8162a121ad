using System.Text.Json;
using Dispatch.Web.Tests.Gateways.Texts;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways;

/// <summary>
/// Everybody of one host who could be asked or told, each signed in once: a host takes only so many sign-ins in a minute. The officer is of the police, and the counsellor, who helps the hurt
/// as the nurse does, of a post that the police run.
/// </summary>
internal sealed record Crew(Caller Nurse, Caller Officer, Caller Counsellor, Caller Keeper, Caller Desk, Caller Admin, Line Line)
{
    public const string House = "home-1";

    public static async Task<Crew> OnDuty(EveryWayHost host)
    {
        var crew = new Crew(
            await host.OnDuty("nurse0"), await host.OnDuty("officer"), await host.OnDuty("counsellor"), await host.SignIn("keeper"), await host.SignIn("desk"), await host.SignIn("admin"),
            new Line(host, await host.Taker()));
        var version = (await crew.Board()).GetProperty("version").GetInt64();
        (await crew.Keeper.Put($"/api/v1/shelters/{House}/beds", new { version, beds = new[] { new { kind = "bed", capacity = 40, occupied = 0, outOfService = 0 } } })).Is(200);
        (await crew.Desk.Put("/api/v1/relay/desk", new { charterVersion = "2026-11", number = "+223 70 99 88 77" })).Is(200);
        return crew;
    }

    public static (string, string) Key() => ("Idempotency-Key", Guid.NewGuid().ToString("D"));

    /// <summary>Every alert that the line sees, whether it needs a human or not.</summary>
    public async Task<string[]> Alerts()
    {
        var queue = (await Line.Taker.Get("/api/v1/hotline/one/queue")).Is(200).Json;
        return [.. queue.GetProperty("items").EnumerateArray().Concat(queue.GetProperty("open").EnumerateArray())
            .Select(i => i.TryGetProperty("alertId", out var alert) ? alert.GetString() : null).OfType<string>().Distinct()];
    }

    /// <summary>What the house is asked for her, once it is.</summary>
    public async Task<string> IsAskedForABed(string alert)
    {
        string? Hold(JsonElement board) => board.GetProperty("holds").EnumerateArray()
            .Where(h => h.GetProperty("state").GetString() == "held").Select(h => h.GetProperty("holdId").GetString()!).SingleOrDefault(h => h.StartsWith(alert, StringComparison.Ordinal));
        return Hold(await Eventually.Get(Board, board => Hold(board) is not null))!;
    }

    /// <summary>Whoever talks with her asks for the bed herself, unless a machine was there before her.</summary>
    public async Task AsksForABed(string alert)
    {
        await Eventually.Get(() => Line.Alert(alert), a => a.Rules is not null);
        var asked = await Line.Taker.Post($"/api/v1/alerts/{alert}/holds", new { shelterId = House }, Key());
        if (asked.Status is not (201 or 202)) asked.Is(409, "held_already");
    }

    private async Task<JsonElement> Board() => (await Keeper.Get($"/api/v1/shelters/{House}/beds")).Is(200).Json;
}
