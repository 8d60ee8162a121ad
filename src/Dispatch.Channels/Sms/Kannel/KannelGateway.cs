using System.Globalization;
using System.Net;
using Dispatch.Channels.Gateways;

namespace Dispatch.Channels.Sms.Kannel;

/// <param name="Url">Of smsbox, with its path: <c>http://127.0.0.1:13013/cgi-bin/sendsms</c>.</param>
/// <param name="Reports">Where it reports, with the secret by which we know it: the reference and the state are added.</param>
public sealed record KannelSettings(string Name, Uri Url, string User, string Password, string? From, Uri Reports);

/// <summary>A Kannel of one's own or of a local aggregator, by its sendsms interface.</summary>
public sealed class KannelGateway(KannelSettings settings, GatewayHttp http) : ISmsGateway
{
    /// <summary>Delivered, not delivered, rejected by the network. What lies between tells us nothing to act on.</summary>
    private const int ReportWhen = 1 + 2 + 16;

    public string Name => settings.Name;

    public Task<GatewayOutcome> Send(SmsMessage sms, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(sms);
        var fields = new List<(string Name, string Value)>
        {
            ("username", settings.User), ("password", settings.Password), ("to", sms.To.E164), ("text", sms.Text), ("charset", "UTF-8"), ("coding", "0"),
            ("dlr-mask", ReportWhen.ToString(CultureInfo.InvariantCulture)),
            // Kannel itself puts the state in place of %d.
            ("dlr-url", $"{settings.Reports.AbsoluteUri}?ref={sms.Reference}&state=%d"),
        };
        if (settings.From is { } from) fields.Add(("from", from));
        var query = string.Join('&', fields.Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}"));
        return http.Send(new HttpRequestMessage(HttpMethod.Get, new UriBuilder(settings.Url) { Query = query }.Uri), Read, deadline);
    }

    /// <summary>"0: Accepted for delivery" and "3: Queued for later delivery", both with 202; refusals are sentences.</summary>
    private static GatewayOutcome? Read(HttpStatusCode status, string body) =>
        status is HttpStatusCode.Accepted or HttpStatusCode.OK && (body.StartsWith("0:", StringComparison.Ordinal) || body.StartsWith("3:", StringComparison.Ordinal)) ? new GatewayOutcome.Accepted()
        : (int)status is >= 400 and < 500 ? GatewayHttp.NoAccess(status) ?? new GatewayOutcome.Refused("refused")
        : null;
}
