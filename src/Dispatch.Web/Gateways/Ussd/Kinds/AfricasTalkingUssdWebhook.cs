namespace Dispatch.Web.Gateways.Ussd.Kinds;

/// <summary>
/// Africa's Talking: a form with <c>sessionId</c>, <c>serviceCode</c>, <c>phoneNumber</c> and in <c>text</c> all keys so far, as in "1*12*1"; answered by plain text that begins with CON or END. When a session is over
/// its events address is told <c>status</c> and <c>input</c>. It signs nothing; the secret stands in the address that its dashboard holds.
/// </summary>
internal sealed class AfricasTalkingUssdWebhook(string secret) : IUssdWebhook
{
    public bool Genuine(GatewayCall call, DateTimeOffset now) => GatewayCall.Same(call.Secret, secret);

    public UssdStep? Step(GatewayCall call)
    {
        if (call.Field("sessionId") is not { Length: > 0 } session) return null;
        if (call.Field("status") is not null) return new UssdStep(session, call.Field("phoneNumber"), All: call.Field("input") ?? "", Over: true);
        return call.Field("text") is { } keys ? new UssdStep(session, call.Field("phoneNumber"), All: keys) : null;
    }

    public IResult Answer(UssdScreen screen) => Results.Text($"{(screen.Ends ? "END" : "CON")} {screen.Text}", "text/plain");
}
