using System.Text.Json;
using Dispatch.Web.Hosting;

namespace Dispatch.Web.Gateways.Voice.Kinds;

/// <summary>What a bridge says, by name: from its JSON, or else from the form or the query.</summary>
internal static class BridgeFields
{
    public static Func<string, string?> Of(GatewayCall call)
    {
        if (call.Headers.ContentType.ToString().StartsWith("application/json", StringComparison.OrdinalIgnoreCase) && Read(call.Body) is { } json)
        {
            return name => json.TryGetValue(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.True or JsonValueKind.Number ? value.ToString().AsWritten() : call.Field(name);
        }

        return call.Field;
    }

    private static Dictionary<string, JsonElement>? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(WholeJson.Of(body));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>"True" as JSON has it.</summary>
    private static string AsWritten(this string text) => text == bool.TrueString ? "true" : text;
}
