using System.Text.Json;

namespace Dispatch.Browser.Tests.Harness;

/// <summary>What a person who is signed in says to the service beside her page.</summary>
public static class Desk
{
    private const string Ask = """
        async ([method, path, body]) => {
          const headers = { "Content-Type": "application/json", "X-Dispatch": "1", "Idempotency-Key": crypto.randomUUID() };
          const answer = await fetch(path, { method, headers, body: body === null ? undefined : body });
          const said = await answer.text();
          if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${said}`);
          return said || "null";
        }
        """;

    public static async Task<JsonElement> Says(this IPage page, string method, string path, object? body = null) =>
        JsonSerializer.Deserialize<JsonElement>(await page.EvaluateAsync<string>(Ask, new[] { method, path, body is null ? null : JsonSerializer.Serialize(body, JsonSerializerOptions.Web) }));

    /// <summary>The alert of the only item in the line's queue.</summary>
    public static async Task<string> OnlyAlert(this IPage page)
    {
        var queue = await page.Says("GET", "/api/v1/hotline/demo/queue");
        return queue.GetProperty("items").EnumerateArray().Concat(queue.GetProperty("open").EnumerateArray()).Select(i => i.GetProperty("alertId").GetString()!).Distinct().Single();
    }
}
