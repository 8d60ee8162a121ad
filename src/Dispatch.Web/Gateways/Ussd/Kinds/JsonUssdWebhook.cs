using System.Text.Json;
using Dispatch.Web.Gateways.Kinds;
using Dispatch.Web.Hosting;

namespace Dispatch.Web.Gateways.Ussd.Kinds;

/// <summary>
/// The plain shape that many aggregators send or can be set to: <c>{"sessionId", "phoneNumber", "type": "begin|continue|end", "input", "sequence"}</c>, answered by <c>{"type": "continue|end", "message"}</c>. A sequence
/// counts the steps of a session from 1, so that a repeated one is known. Signed over body and time, or, where an aggregator cannot, by the secret in the path.
/// </summary>
internal sealed class JsonUssdWebhook(string? signingKey, string? secret) : IUssdWebhook
{
    private readonly TimedSignature? _signature = signingKey is null ? null : new TimedSignature(signingKey);

    public bool Genuine(GatewayCall call, DateTimeOffset now) => _signature is { } signature ? signature.IsOn(call, now) : secret is not null && GatewayCall.Same(call.Secret, secret);

    public UssdStep? Step(GatewayCall call)
    {
        try
        {
            return JsonSerializer.Deserialize<Body>(WholeJson.Of(call.Body), WireJson.Options) switch
            {
                { SessionId: { Length: > 0 } session, Type: "begin" } body => new UssdStep(session, body.PhoneNumber, Number: body.Sequence, Input: ""),
                { SessionId: { Length: > 0 } session, Type: "continue", Input: { } input } body => new UssdStep(session, body.PhoneNumber, Number: body.Sequence, Input: input),
                { SessionId: { Length: > 0 } session, Type: "end" } body => new UssdStep(session, body.PhoneNumber, Over: true),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public IResult Answer(UssdScreen screen) => Results.Json(new Answered(screen.Ends ? "end" : "continue", screen.Text), WireJson.Options);

    private sealed record Body(string? SessionId = null, string? PhoneNumber = null, string? Type = null, string? Input = null, int? Sequence = null);

    private sealed record Answered(string Type, string Message);
}
