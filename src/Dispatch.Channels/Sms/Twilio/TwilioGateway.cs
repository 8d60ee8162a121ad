using System.Net;
using System.Text.Json;
using Dispatch.Channels.Gateways;

namespace Dispatch.Channels.Sms.Twilio;

/// <param name="From">A number, or a messaging service (MG…).</param>
/// <param name="Reports">Where it reports; the reference is added.</param>
public sealed record TwilioSettings(string Name, Uri Url, string AccountSid, string AuthToken, string From, Uri Reports);

public sealed class TwilioGateway(TwilioSettings settings, GatewayHttp http) : ISmsGateway
{
    /// <summary>An offer that arrives later than this has long gone on to others.</summary>
    private const string ValidSeconds = "600";

    public string Name => settings.Name;

    public Task<GatewayOutcome> Send(SmsMessage sms, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(sms);
        var fields = new Dictionary<string, string>
        {
            ["To"] = sms.To.E164,
            [settings.From.StartsWith("MG", StringComparison.Ordinal) ? "MessagingServiceSid" : "From"] = settings.From,
            ["Body"] = sms.Text,
            ["StatusCallback"] = $"{settings.Reports.AbsoluteUri}?ref={sms.Reference}",
            ["ValidityPeriod"] = ValidSeconds,
        };
        var request = new HttpRequestMessage(HttpMethod.Post, settings.Url) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Authorization = GatewayHttp.Basic(settings.AccountSid, settings.AuthToken);
        return http.Send(request, Read, deadline);
    }

    private static GatewayOutcome? Read(HttpStatusCode status, string body)
    {
        if (GatewayHttp.NoAccess(status) is { } refused) return refused;
        using var json = JsonDocument.Parse(body);
        if (status is HttpStatusCode.Created or HttpStatusCode.OK) return new GatewayOutcome.Accepted(json.RootElement.GetProperty("sid").GetString());
        return json.RootElement.GetProperty("code").GetInt32() switch
        {
            21211 => new GatewayOutcome.WrongNumber("invalidNumber"),
            21614 => new GatewayOutcome.WrongNumber("notMobile"),
            21610 => new GatewayOutcome.WrongNumber("optedOut"),
            _ => new GatewayOutcome.Refused("refused"),
        };
    }
}
