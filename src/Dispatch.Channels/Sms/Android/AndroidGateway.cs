using System.Net.Http.Json;
using System.Net;
using System.Text.Json;
using Dispatch.Channels.Gateways;

namespace Dispatch.Channels.Sms.Android;

/// <param name="Url">Of the app's <c>/message</c>, on the phone itself or on a server that hands on to it.</param>
public sealed record AndroidSettings(string Name, Uri Url, string User, string Password);

/// <summary>A phone with a SIM card that runs "SMS Gateway for Android": where no aggregator serves a country, a prepaid card does.</summary>
public sealed class AndroidGateway(AndroidSettings settings, GatewayHttp http) : ISmsGateway
{
    /// <summary>From 100 on the app sends without its own pauses.</summary>
    private const int AtOnce = 127;

    private const int ValidSeconds = 600;

    public string Name => settings.Name;

    public Task<GatewayOutcome> Send(SmsMessage sms, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(sms);
        var body = new { id = sms.Reference, phoneNumbers = new[] { sms.To.E164 }, textMessage = new { text = sms.Text }, withDeliveryReport = true, ttl = ValidSeconds, priority = sms.Urgent ? AtOnce : 0 };
        var request = new HttpRequestMessage(HttpMethod.Post, settings.Url) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = GatewayHttp.Basic(settings.User, settings.Password);
        return http.Send(request, (status, answer) => Read(status, answer, sms.Reference), deadline);
    }

    private static GatewayOutcome? Read(HttpStatusCode status, string body, string reference)
    {
        // It has a message of that id already: ours, from a send whose answer was lost.
        if (status is HttpStatusCode.Conflict) return new GatewayOutcome.Accepted(reference);
        if ((int)status is >= 400 and < 500) return GatewayHttp.NoAccess(status) ?? new GatewayOutcome.Refused("refused");
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("id").GetString() is { } id ? new GatewayOutcome.Accepted(id) : null;
    }
}
