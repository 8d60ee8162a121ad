using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Dispatch.Cluster.Tests.Harness;

internal sealed record Answer(HttpStatusCode Status, JsonElement Body);

/// <summary>
/// What phones and pages do: ask one host, and the next one with the same key when it does not answer or says "not now". Everything that a host must never say is noted.
/// </summary>
internal sealed class Caller(IReadOnlyList<Uri> hosts, int first, string? token = null)
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static readonly HttpClient Http = new(new SocketsHttpHandler
    {
        UseCookies = false, MaxConnectionsPerServer = 256, ConnectTimeout = TimeSpan.FromSeconds(1), PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5),
    }) { Timeout = AnswersWithin };

    private int _host = first;

    /// <summary>Answers that no failure excuses, of all callers since the last look.</summary>
    public static ConcurrentQueue<string> Wrong { get; } = new();

    /// <summary>Answers with 503 and a Retry-After.</summary>
    public int NotNow { get; private set; }

    /// <summary>The host that answered last.</summary>
    public Uri Host => hosts[_host % hosts.Count];

    /// <summary>The first answer that says something; null when there was none in time.</summary>
    public async Task<Answer?> Until(TimeSpan within, HttpMethod method, string path, Func<HttpContent>? body = null, string? key = null)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < within;)
        {
            if (await Once(method, path, body, key) is { } answer) return answer;
            _host++;
            await Task.Delay(Pause);
        }

        return null;
    }

    /// <summary>Null for no answer and for "not now".</summary>
    public async Task<Answer?> Once(HttpMethod method, string path, Func<HttpContent>? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Host, path)) { Content = body?.Invoke() };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        try
        {
            using var response = await Http.SendAsync(request);
            var bytes = await response.Content.ReadAsByteArrayAsync();
            if (response.StatusCode is HttpStatusCode.ServiceUnavailable && response.Headers.RetryAfter is not null)
            {
                NotNow++;
                return null;
            }

            if (response.StatusCode is HttpStatusCode.TooManyRequests) return null;
            if ((int)response.StatusCode < 500) return new Answer(response.StatusCode, bytes.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(bytes));
            Wrong.Enqueue($"{method} {path}: {(int)response.StatusCode} without a word to repeat it, and with {System.Text.Encoding.UTF8.GetString(bytes)}");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            // No answer: nothing was promised.
        }

        return null;
    }
}
