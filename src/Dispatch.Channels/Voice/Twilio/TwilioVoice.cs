using System.Globalization;
using System.Net;
using System.Text.Json;
using Dispatch.Channels.Gateways;

namespace Dispatch.Channels.Voice.Twilio;

/// <param name="Url">Of the account's calls; one of them is found below it.</param>
/// <param name="From">A number that they rent to us.</param>
/// <param name="Asks">Where it asks what to say and reports; the reference is added.</param>
public sealed record TwilioVoiceSettings(string Name, Uri Url, string AccountSid, string AuthToken, string From, Uri Asks);

public sealed class TwilioVoice(TwilioVoiceSettings settings, GatewayHttp http) : IVoiceGateway
{
    public string Name => settings.Name;

    public Task<GatewayOutcome> Send(VoiceCall message, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Post(settings.Url, new()
        {
            ["To"] = message.To.E164,
            ["From"] = settings.From,
            ["Url"] = $"{settings.Asks.AbsoluteUri}?ref={message.Reference}&on=answer",
            ["StatusCallback"] = $"{settings.Asks.AbsoluteUri}?ref={message.Reference}&on=status",
            ["Timeout"] = ((int)CallTimes.RingFor.TotalSeconds).ToString(CultureInfo.InvariantCulture),
            // Asks us only once it knows whether a person or a machine picked up.
            ["MachineDetection"] = "Enable",
        }, Read, deadline);
    }

    /// <summary>"canceled" ends what rings and leaves alone what was picked up.</summary>
    public Task<GatewayOutcome> HangUp(RingingCall call, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (call.ExternalId is not { } sid) return Task.FromResult<GatewayOutcome>(new GatewayOutcome.Refused("cannotHangUp"));
        var one = settings.Url.AbsoluteUri.Replace("/Calls.json", $"/Calls/{Uri.EscapeDataString(sid)}.json", StringComparison.Ordinal);
        return Post(new Uri(one), new() { ["Status"] = "canceled" }, ReadHangUp, deadline);
    }

    private Task<GatewayOutcome> Post(Uri url, Dictionary<string, string> fields, Func<HttpStatusCode, string, GatewayOutcome?> read, CancellationToken deadline)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Authorization = GatewayHttp.Basic(settings.AccountSid, settings.AuthToken);
        return http.Send(request, read, deadline);
    }

    private static GatewayOutcome? Read(HttpStatusCode status, string body)
    {
        if (GatewayHttp.NoAccess(status) is { } refused) return refused;
        using var json = JsonDocument.Parse(body);
        if (status is HttpStatusCode.Created or HttpStatusCode.OK) return new GatewayOutcome.Accepted(json.RootElement.GetProperty("sid").GetString());
        return json.RootElement.GetProperty("code").GetInt32() switch
        {
            21211 or 21217 => new GatewayOutcome.WrongNumber("invalidNumber"),
            _ => new GatewayOutcome.Refused("refused"),
        };
    }

    /// <summary>It says 400 of a call that is over, and 404 of one that it has forgotten.</summary>
    private static GatewayOutcome? ReadHangUp(HttpStatusCode status, string body) =>
        GatewayHttp.NoAccess(status) ?? (status is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.NotFound ? new GatewayOutcome.Accepted() : null);
}
