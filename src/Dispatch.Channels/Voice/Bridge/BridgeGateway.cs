using System.Net;
using System.Net.Http.Headers;
using Dispatch.Channels.Gateways;

namespace Dispatch.Channels.Voice.Bridge;

/// <param name="Url">Of the bridge's calls; one of them is found below it by our reference.</param>
/// <param name="Secret">By which it knows us, and we know it.</param>
/// <param name="Asks">Where it asks what to say and reports, with the secret; the reference is added.</param>
public sealed record BridgeSettings(string Name, Uri Url, string Secret, Uri Asks);

/// <summary>A small program of one's own beside a telephone exchange such as Asterisk: it makes a call, ends one, and asks over HTTP what to say.</summary>
public sealed class BridgeGateway(BridgeSettings settings, GatewayHttp http) : IVoiceGateway
{
    public string Name => settings.Name;

    public Task<GatewayOutcome> Send(VoiceCall message, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(message);
        var fields = new Dictionary<string, string>
        {
            ["reference"] = message.Reference,
            ["to"] = message.To.E164,
            ["callback"] = $"{settings.Asks.AbsoluteUri}?ref={message.Reference}",
            ["ringSeconds"] = $"{(int)CallTimes.RingFor.TotalSeconds}",
        };
        var request = new HttpRequestMessage(HttpMethod.Post, settings.Url) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Idempotency-Key", message.Reference);
        return Send(request, Read, deadline);
    }

    public Task<GatewayOutcome> HangUp(RingingCall call, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(call);
        return Send(new HttpRequestMessage(HttpMethod.Delete, new Uri($"{settings.Url.AbsoluteUri.TrimEnd('/')}/{call.Reference}")), ReadHangUp, deadline);
    }

    private Task<GatewayOutcome> Send(HttpRequestMessage request, Func<HttpStatusCode, string, GatewayOutcome?> read, CancellationToken deadline)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.Secret);
        return http.Send(request, read, deadline);
    }

    /// <summary>It has a call of that reference already: ours, from a request whose answer was lost.</summary>
    private static GatewayOutcome? Read(HttpStatusCode status, string body) => status switch
    {
        HttpStatusCode.Created or HttpStatusCode.Accepted or HttpStatusCode.Conflict => new GatewayOutcome.Accepted(),
        HttpStatusCode.UnprocessableEntity => new GatewayOutcome.WrongNumber("invalidNumber"),
        >= HttpStatusCode.BadRequest => GatewayHttp.NoAccess(status) ?? new GatewayOutcome.Refused("refused"),
        _ => null,
    };

    private static GatewayOutcome? ReadHangUp(HttpStatusCode status, string body) => status switch
    {
        HttpStatusCode.NoContent or HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.Gone => new GatewayOutcome.Accepted(),
        >= HttpStatusCode.BadRequest => GatewayHttp.NoAccess(status) ?? new GatewayOutcome.Refused("cannotHangUp"),
        _ => null,
    };
}
