namespace Dispatch.Web.Gateways.Kinds;

/// <summary>
/// Kannel has no signature; the secret stands in the address that it calls. Incoming texts by a <c>get-url</c> with <c>id=%I&amp;from=%p&amp;text=%a</c>, reports by the address
/// that each text brings along.
/// </summary>
internal sealed class KannelWebhook(string secret) : ISmsWebhook
{
    private const string Delivered = "1";

    public bool Genuine(GatewayCall call, DateTimeOffset now) => GatewayCall.Same(call.Secret, secret);

    public IncomingText? Text(GatewayCall call) =>
        (call.Field("id"), call.Field("from"), call.Field("text")) is ({ Length: > 0 } id, { } from, { } text) ? new IncomingText(id, from, text) : null;

    /// <summary>That it was not delivered says nothing of the number: a phone that is switched off looks the same.</summary>
    public TextReport? Report(GatewayCall call) =>
        call.Field("state") == Delivered && call.Field("ref") is { Length: > 0 } reference ? new TextReport(TextFate.Delivered, reference) : null;
}
