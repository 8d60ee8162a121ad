using System.Net;
using System.Text.Json;

namespace Dispatch.Channels.Sms.Twilio;

/// <param name="From">A number, or a messaging service (MG…).</param>
/// <param name="Reports">Where it reports; the reference is added.</param>
public sealed record TwilioSettings(string Name, Uri Url, string AccountSid, string AuthToken, string From, Uri Reports);

public sealed class TwilioGateway(TwilioSettings settings, SmsHttp http) : ISmsGateway
{
    /// <summary>An offer that arrives later than this has long gone on to others.</summary>
    private const string ValidSeconds = "600";

    public string Name => settings.Name;

    public Task<SmsOutcome> Send(SmsMessage sms, CancellationToken deadline)
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
        request.Headers.Authorization = SmsHttp.Basic(settings.AccountSid, settings.AuthToken);
        return http.Send(request, Read, deadline);
    }

    private static SmsOutcome? Read(HttpStatusCode status, string body)
    {
        if (SmsHttp.NoAccess(status) is { } refused) return refused;
        using var json = JsonDocument.Parse(body);
        if (status is HttpStatusCode.Created or HttpStatusCode.OK) return new SmsOutcome.Accepted(json.RootElement.GetProperty("sid").GetString());
        return json.RootElement.GetProperty("code").GetInt32() switch
        {
            21211 => new SmsOutcome.WrongNumber("invalidNumber"),
            21614 => new SmsOutcome.WrongNumber("notMobile"),
            21610 => new SmsOutcome.WrongNumber("optedOut"),
            _ => new SmsOutcome.Refused("refused"),
        };
    }
}
