using System.Text.Json;
using Dispatch.Web.Hosting;

namespace Dispatch.Web.Gateways.Kinds;

/// <summary>"SMS Gateway for Android" signs each call with the key in its settings, over the body and the time of the call.</summary>
internal sealed class AndroidWebhook(string signingKey) : ISmsWebhook
{
    private readonly TimedSignature _signature = new(signingKey);

    public bool Genuine(GatewayCall call, DateTimeOffset now) => _signature.IsOn(call, now);

    public IncomingText? Text(GatewayCall call)
    {
        if (Event(call) is not ({ } id, "sms:received", { } payload)) return null;
        // Older versions of the app say phoneNumber.
        return (Word(payload, "sender") ?? Word(payload, "phoneNumber"), Word(payload, "message")) is ({ } from, { } text) ? new IncomingText(id, from, text) : null;
    }

    /// <summary>That it failed says nothing of the number: the phone may have no credit.</summary>
    public TextReport? Report(GatewayCall call)
    {
        if (Event(call) is not (_, { } happened, { } payload) || Word(payload, "messageId") is not { Length: > 0 } reference) return null;
        return happened switch
        {
            "sms:delivered" => new TextReport(TextFate.Delivered, reference),
            "sms:failed" => new TextReport(TextFate.Undelivered, reference),
            _ => null,
        };
    }

    private static (string? Id, string? Event, JsonElement? Payload) Event(GatewayCall call)
    {
        try
        {
            var json = JsonSerializer.Deserialize<JsonElement>(WholeJson.Of(call.Body));
            if (json.ValueKind is not JsonValueKind.Object || !json.TryGetProperty("payload", out var payload) || payload.ValueKind is not JsonValueKind.Object) return default;
            return (Word(json, "id"), Word(json, "event"), payload);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string? Word(JsonElement? json, string name) =>
        json is { } of && of.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
