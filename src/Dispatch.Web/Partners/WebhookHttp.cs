using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dispatch.Channels.WebPush;
using Dispatch.Domain.Partners;
using Dispatch.Domain.Survivors;
using Dispatch.Web.Hosting;
using Dispatch.Web.Sealing;

namespace Dispatch.Web.Partners;

/// <summary>
/// Calls a partner's webhook, signed as the Standard Webhooks specification says: id, time and body under a secret that the partner has. Only addresses on the open
/// internet are called, looked at in the moment of connecting; nobody is followed elsewhere, and of the answer only its status is of use.
/// </summary>
internal sealed class WebhookHttp(PushReach reach, Macs macs, TimeProvider clock, HttpMessageHandler? transport = null) : IDisposable
{
    public const string IdHeader = "webhook-id";
    public const string TimeHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";
    public static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(5);
    public const string TimedOut = "timeout";
    private const string SecretPrefix = "whsec_";

    private readonly HttpMessageInvoker _http = new(transport ?? PushConnections.Handler(reach));

    public static string SecretText(byte[] secret) => SecretPrefix + Convert.ToBase64String(secret);

    public bool May(string url) => Uri.TryCreate(url, UriKind.Absolute, out var endpoint) && reach.Allows(endpoint) && endpoint.Fragment.Length == 0;

    /// <returns>Null where it was taken; otherwise why not, in a word.</returns>
    public async Task<string?> Send(string partner, PartnerWebhook webhook, string alert, PartnerNews news, CancellationToken stopping)
    {
        // Set by an older program, or by one that may call other machines.
        if (!May(webhook.Url)) return "unusable";
        using var within = new CancellationTokenSource(SendWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(within.Token, stopping);
        try
        {
            using var request = Request(partner, webhook, alert, news);
            using var answer = await _http.SendAsync(request, either.Token);
            return answer.IsSuccessStatusCode ? null : $"status{(int)answer.StatusCode}";
        }
#pragma warning disable CA1031 // Whatever the far side does, it is tried again later and holds up no other partner.
        catch (Exception failure) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            // Connecting has a shorter time of its own.
            return within.IsCancellationRequested || failure is OperationCanceledException ? TimedOut : failure.GetType().Name;
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(string partner, PartnerWebhook webhook, string alert, PartnerNews news)
    {
        // The same news have the same id, however often they are sent.
        var (id, time) = ($"{alert}.{news.Mark}", clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        var body = JsonSerializer.SerializeToUtf8Bytes(WebhookEventBody.Of(alert, news), WireJson.Options);
        var signed = HMACSHA256.HashData(macs.WebhookSecret(partner, webhook.Serial), (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body]);
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(IdHeader, id);
        request.Headers.Add(TimeHeader, time);
        request.Headers.Add(SignatureHeader, $"v1,{Convert.ToBase64String(signed)}");
        return request;
    }
}

/// <summary>What a webhook is sent. After a cancel, real or forced, nothing but that.</summary>
public sealed record WebhookEventBody(string Type, string Id, SurvivorStatus Status, long? Version, int? ToldCount, System.Collections.Immutable.ImmutableArray<PartnerNeedBody>? Needs, DateTimeOffset? ReceivedAt)
{
    internal static WebhookEventBody Of(string alert, PartnerNews news) => news.Status is SurvivorStatus.Cancelled
        ? new WebhookEventBody("alert.status", alert, news.Status, null, null, null, null)
        : new WebhookEventBody("alert.status", alert, news.Status, news.Version, news.ToldCount, PartnerNeedBody.Of(news), news.ReceivedAt);
}
