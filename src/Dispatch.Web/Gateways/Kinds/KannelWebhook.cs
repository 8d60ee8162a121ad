namespace Dispatch.Web.Gateways.Kinds;

/// <summary>
/// Kannel has no signature; the secret stands in the address that it calls. Incoming texts by a <c>get-url</c> with <c>id=%I&amp;from=%p&amp;text=%a</c>, reports by the address
/// that each text brings along.
/// </summary>
internal sealed class KannelWebhook(string secret) : ISmsWebhook
{
    public bool Genuine(GatewayCall call, DateTimeOffset now) => GatewayCall.Same(call.Secret, secret);

    public IncomingText? Text(GatewayCall call) =>
        (call.Field("id"), call.Field("from"), call.Field("text")) is ({ Length: > 0 } id, { } from, { } text) ? new IncomingText(id, from, text) : null;

    /// <summary>Undeliverable, or refused by the network: that says nothing of the number, for a phone that is switched off looks the same.</summary>
    public TextReport? Report(GatewayCall call)
    {
        if (call.Field("ref") is not { Length: > 0 } reference) return null;
        return call.Field("state") switch
        {
            "1" => new TextReport(TextFate.Delivered, reference),
            "2" or "16" => new TextReport(TextFate.Undelivered, reference),
            _ => null,
        };
    }
}
