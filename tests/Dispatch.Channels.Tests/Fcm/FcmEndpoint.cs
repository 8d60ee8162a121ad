using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatch.Channels.Tests.Fcm;

/// <summary>Google's two addresses on loopback: the one that gives out access, and the one that takes messages and answers as a test says, by token.</summary>
internal sealed class FcmEndpoint : IAsyncDisposable
{
    public const string Project = "a-project";
    private const string Access = "an-access-token";

    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _answers = new();
    private readonly ConcurrentQueue<JsonNode> _taken = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _asked = new();
    private WebApplication _app = null!;

    public Uri Address { get; private set; } = null!;

    public ServiceKey Key { get; private set; } = null!;

    /// <summary>Every body that came in, as it came.</summary>
    public IReadOnlyList<JsonNode> Bodies => [.. _taken];

    public static async Task<FcmEndpoint> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var endpoint = new FcmEndpoint { _app = builder.Build() };
        endpoint._app.MapPost("/token", (Delegate)endpoint.GiveAccess);
        endpoint._app.MapPost($"/v1/projects/{Project}/messages:send", endpoint.Take);
        await endpoint._app.StartAsync();
        endpoint.Address = new Uri(endpoint._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        endpoint.Key = new ServiceKey(new Uri(endpoint.Address, "/token"));
        return endpoint;
    }

    /// <summary>How often this token was sent to.</summary>
    public int Asked(string token) => Bodies.Count(b => TokenOf(b) == token);

    /// <summary>Ends when this token is sent to for the first time.</summary>
    public Task IsAsked(string token) => _asked.GetOrAdd(token, _ => new TaskCompletionSource()).Task;

    public void Answer(string token, int status, string code, string? errorCode, string message = "as said", string? retryAfter = null) =>
        _answers[token] = http =>
        {
            if (retryAfter is not null) http.Response.Headers.RetryAfter = retryAfter;
            http.Response.StatusCode = status;
            return http.Response.WriteAsJsonAsync(new JsonObject { ["error"] = Error(status, code, errorCode, message) });
        };

    public void Hang(string token) => _answers[token] = http => Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted);

    public void Garbage(string token) => _answers[token] = http => http.Response.WriteAsync("<html>");

    public void CutOff(string token) => _answers[token] = http =>
    {
        http.Abort();
        return Task.CompletedTask;
    };

    public void Recover(string token) => _answers.TryRemove(token, out _);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Key.Dispose();
    }

    private static JsonObject Error(int status, string code, string? errorCode, string message)
    {
        var details = errorCode is null ? new JsonArray() : new JsonArray(new JsonObject { ["@type"] = "type.googleapis.com/google.firebase.fcm.v1.FcmError", ["errorCode"] = errorCode });
        return new JsonObject { ["code"] = status, ["message"] = message, ["status"] = code, ["details"] = details };
    }

    private static string TokenOf(JsonNode body) => (string)body["message"]!["token"]!;

    private async Task<IResult> GiveAccess(HttpContext http) =>
        Key.Signed((await http.Request.ReadFormAsync())["assertion"].ToString())
            ? Results.Json(new { access_token = Access, expires_in = 3600, token_type = "Bearer" })
            : Results.BadRequest(new { error = "invalid_grant" });

    private async Task Take(HttpContext http)
    {
        if (http.Request.Headers.Authorization != $"Bearer {Access}")
        {
            http.Response.StatusCode = 401;
            return;
        }

        var body = (await JsonNode.ParseAsync(http.Request.Body))!;
        _taken.Enqueue(body);
        _asked.GetOrAdd(TokenOf(body), _ => new TaskCompletionSource()).TrySetResult();
        if (_answers.TryGetValue(TokenOf(body), out var answer)) await answer(http);
        else await http.Response.WriteAsJsonAsync(new JsonObject { ["name"] = $"projects/{Project}/messages/of-{TokenOf(body)}" });
    }
}
