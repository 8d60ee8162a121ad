using System.Net.Http.Headers;
using System.Net;
using System.Text.Json;
using Dispatch.Channels.Gateways;

namespace Dispatch.Channels.Sms.AfricasTalking;

/// <param name="From">A sender id or short code that they registered for us; without it theirs.</param>
public sealed record AfricasTalkingSettings(string Name, Uri Url, string UserName, string ApiKey, string? From);

/// <summary>Africa's Talking, a pan-African aggregator. It reports by its own id alone, to an address that is set in its dashboard.</summary>
public sealed class AfricasTalkingGateway(AfricasTalkingSettings settings, GatewayHttp http) : ISmsGateway
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    public string Name => settings.Name;

    public Task<GatewayOutcome> Send(SmsMessage sms, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(sms);
        var fields = new Dictionary<string, string> { ["username"] = settings.UserName, ["to"] = sms.To.E164, ["message"] = sms.Text };
        if (settings.From is { } from) fields["from"] = from;
        var request = new HttpRequestMessage(HttpMethod.Post, settings.Url) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("apiKey", settings.ApiKey);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return http.Send(request, Read, deadline);
    }

    private static GatewayOutcome? Read(HttpStatusCode status, string body)
    {
        if ((int)status is >= 400 and < 500) return GatewayHttp.NoAccess(status) ?? new GatewayOutcome.Refused("refused");
        using var json = JsonDocument.Parse(body);
        var recipients = json.RootElement.GetProperty("SMSMessageData").GetProperty("Recipients");
        // None, with a sentence that says why: an invalid sender id, for one.
        if (recipients.GetArrayLength() == 0) return new GatewayOutcome.Refused("refused");
        var hers = recipients[0];
        return hers.GetProperty("statusCode").GetInt32() switch
        {
            100 or 101 or 102 => new GatewayOutcome.Accepted(hers.GetProperty("messageId").GetString()),
            403 => new GatewayOutcome.WrongNumber("invalidNumber"),
            404 => new GatewayOutcome.WrongNumber("unsupportedNumber"),
            406 => new GatewayOutcome.WrongNumber("optedOut"),
            405 => new GatewayOutcome.Refused("noMoney"),
            >= 400 and < 500 => new GatewayOutcome.Refused("refused"),
            >= 500 and < 600 => new GatewayOutcome.Later(Soon, "serverError"),
            _ => null,
        };
    }
}
