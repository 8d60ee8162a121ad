using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Channels.Gateways;

/// <summary>One HTTP exchange with a gateway. Whatever goes wrong on the way is an outcome, not an exception.</summary>
public sealed class GatewayHttp(IHttpClientFactory clients, TimeProvider clock)
{
    private const string Client = "gateway";
    private const int MaxAnswerBytes = 64 * 1024;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterQuota = TimeSpan.FromSeconds(30);

    public static void AddClient(IServiceCollection services) => services.AddHttpClient(Client, http =>
        {
            http.MaxResponseContentBufferSize = MaxAnswerBytes;
            // Each send brings its own deadline.
            http.Timeout = Timeout.InfiniteTimeSpan;
        })
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            // A redirect would take numbers and passwords elsewhere.
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        })
        // Addresses hold numbers and, with Kannel, the password.
        .RemoveAllLoggers();

    /// <param name="read">Reads an answer of any status below 500 but 429. What it cannot read, or throws at, counts as no answer.</param>
    internal async Task<GatewayOutcome> Send(HttpRequestMessage request, Func<HttpStatusCode, string, GatewayOutcome?> read, CancellationToken deadline)
    {
        using (request)
        {
            try
            {
                using var answer = await clients.CreateClient(Client).SendAsync(request, HttpCompletionOption.ResponseContentRead, deadline);
                if (answer.StatusCode is HttpStatusCode.TooManyRequests) return new GatewayOutcome.Later(RetryAfter(answer.Headers.RetryAfter) ?? AfterQuota, "quota", Busy: true);
                if ((int)answer.StatusCode >= 500) return new GatewayOutcome.Later(RetryAfter(answer.Headers.RetryAfter) ?? Soon, "serverError");
                return read(answer.StatusCode, await answer.Content.ReadAsStringAsync(deadline)) ?? Unclear;
            }
            catch (OperationCanceledException)
            {
                return new GatewayOutcome.Later(Soon, "timeout");
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException)
            {
                return new GatewayOutcome.Later(Soon, "noConnection");
            }
            catch (Exception failure) when (failure is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
            {
                return Unclear;
            }
        }
    }

    internal static AuthenticationHeaderValue Basic(string user, string password) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    /// <summary>What every kind answers to wrong access; null for another status.</summary>
    internal static GatewayOutcome? NoAccess(HttpStatusCode status) => status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? new GatewayOutcome.Refused("noAccess") : null;

    private static GatewayOutcome.Later Unclear => new(Soon, "unclear");

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? said)
    {
        var wait = said?.Delta ?? (said?.Date - clock.GetUtcNow());
        return wait > TimeSpan.Zero ? wait : null;
    }
}
