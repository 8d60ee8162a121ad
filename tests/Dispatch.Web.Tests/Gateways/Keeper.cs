using System.Text.Json;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways;

/// <summary>Somebody of a house's staff on duty, with a number and a PIN.</summary>
internal sealed record Keeper(TextingHost Host, Caller Caller, string House, string Number, string Pin)
{
    public static async Task<Keeper> OnDuty(TextingHost host, string user, string house, string number, string pin = "4071")
    {
        await host.EverythingIsOver();
        var keeper = await host.OnDuty(user);
        (await keeper.Put("/api/v1/me/devices/sim", new { kind = "sms", number })).Is(200);
        (await keeper.Put("/api/v1/me/pin", new { pin, password = Programme.Password })).Is(204);
        return new Keeper(host, keeper, house, number, pin);
    }

    public async Task<JsonElement> Board() => (await Caller.Get($"/api/v1/shelters/{House}/beds")).Is(200).Json;

    /// <summary>Empty beds as the page shows them, kind by kind.</summary>
    public async Task<string> Empty() => string.Join(' ', (await Board()).GetProperty("beds").EnumerateArray().Select(b => Of(b, "free") + Of(b, "held") + Of(b, "booked")));

    /// <summary>As on the page, whatever was there before.</summary>
    public async Task Counts(int beds, int cots)
    {
        var board = await Board();
        int Occupied(string kind) => board.GetProperty("beds").EnumerateArray().Where(b => b.GetProperty("kind").GetString() == kind).Sum(b => Of(b, "occupied"));
        object[] figures = [new { kind = "bed", capacity = beds, occupied = Occupied("bed"), outOfService = 0 }, new { kind = "cot", capacity = cots, occupied = Occupied("cot"), outOfService = 0 }];
        (await Caller.Put($"/api/v1/shelters/{House}/beds", new { version = board.GetProperty("version").GetInt64(), beds = figures })).Is(200);
    }

    /// <summary>The hold that this alert has in her house, once it is there.</summary>
    public async Task<(string Hold, string Code)> IsAsked(string alert)
    {
        var board = await Eventually.Get(Board, b => Hold(b, alert) is not null);
        var hold = Hold(board, alert)!.Value;
        return (hold.GetProperty("holdId").GetString()!, hold.GetProperty("code").GetInt32().ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    public async Task<string?> State(string hold) =>
        (await Board()).GetProperty("holds").EnumerateArray().Where(h => h.GetProperty("holdId").GetString() == hold).Select(h => h.GetProperty("state").GetString()).SingleOrDefault();

    public async Task Writes(string text, string? id = null) => (await Host.KannelBrings(Number, text, id)).Is(204);

    public async Task Gets(string text, int times = 1) => await Eventually.Get(() => Task.FromResult(Host.Texts(Number)), texts => texts.Count(t => t == text) >= times);

    public async Task OffDuty() => (await Caller.Put("/api/v1/me/duty", new { onDuty = false })).Is(200);

    private static JsonElement? Hold(JsonElement board, string alert) =>
        board.GetProperty("holds").EnumerateArray().Cast<JsonElement?>().SingleOrDefault(h => h!.Value.GetProperty("holdId").GetString()!.StartsWith(alert, StringComparison.Ordinal));

    private static int Of(JsonElement line, string part) => line.GetProperty(part).GetInt32();
}
