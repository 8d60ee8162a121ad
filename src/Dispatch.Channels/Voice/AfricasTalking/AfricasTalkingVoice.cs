using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Dispatch.Channels.Gateways;

namespace Dispatch.Channels.Voice.AfricasTalking;

/// <param name="From">The number that they rent to us; its dashboard holds the address that they ask what to say.</param>
public sealed record AfricasTalkingVoiceSettings(string Name, Uri Url, string UserName, string ApiKey, string From);

/// <summary>Africa's Talking. It can neither be told how long to ring nor to end a call, nor does it tell a machine from a person.</summary>
public sealed class AfricasTalkingVoice(AfricasTalkingVoiceSettings settings, GatewayHttp http) : IVoiceGateway
{
    public string Name => settings.Name;

    public Task<GatewayOutcome> Send(VoiceCall message, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(message);
        var fields = new Dictionary<string, string> { ["username"] = settings.UserName, ["to"] = message.To.E164, ["from"] = settings.From, ["clientRequestId"] = message.Reference };
        var request = new HttpRequestMessage(HttpMethod.Post, settings.Url) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("apiKey", settings.ApiKey);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return http.Send(request, Read, deadline);
    }

    public Task<GatewayOutcome> HangUp(RingingCall call, CancellationToken deadline) => Task.FromResult<GatewayOutcome>(new GatewayOutcome.Refused("cannotHangUp"));

    private static GatewayOutcome? Read(HttpStatusCode status, string body)
    {
        if ((int)status is >= 400 and < 500) return GatewayHttp.NoAccess(status) ?? new GatewayOutcome.Refused("refused");
        using var json = JsonDocument.Parse(body);
        // With none there is a sentence that says why: an invalid caller id, for one.
        if (json.RootElement.GetProperty("entries") is not { ValueKind: JsonValueKind.Array } entries || entries.GetArrayLength() == 0) return new GatewayOutcome.Refused("refused");
        var hers = entries[0];
        return hers.GetProperty("status").GetString() switch
        {
            "Queued" => new GatewayOutcome.Accepted(hers.GetProperty("sessionId").GetString()),
            "InvalidPhoneNumber" => new GatewayOutcome.WrongNumber("invalidNumber"),
            "DestinationNotSupported" => new GatewayOutcome.Refused("unsupportedNumber"),
            "InsufficientBalance" or "InsufficientCredit" => new GatewayOutcome.Refused("noMoney"),
            _ => null,
        };
    }
}
