namespace Dispatch.Web.Gateways.Kinds;

internal sealed class TwilioWebhook(string authToken, Uri publicUrl) : ISmsWebhook
{
    /// <summary>Unknown subscriber; a landline or a carrier that takes none; stopped by whoever has it.</summary>
    private static readonly string[] ForGood = ["30005", "30006", "21610"];

    private readonly TwilioSignature _signature = new(authToken, publicUrl);

    public bool Genuine(GatewayCall call, DateTimeOffset now) => _signature.IsOn(call);

    public IncomingText? Text(GatewayCall call) =>
        (call.Field("MessageSid"), call.Field("From"), call.Field("Body")) is ({ Length: > 0 } id, { } from, { } text) ? new IncomingText(id, from, text) : null;

    public TextReport? Report(GatewayCall call)
    {
        if (call.Field("ref") is not { Length: > 0 } reference) return null;
        return call.Field("MessageStatus") switch
        {
            "delivered" or "read" => new TextReport(TextFate.Delivered, reference),
            "undelivered" or "failed" => new TextReport(ForGood.Contains(call.Field("ErrorCode")) ? TextFate.Dead : TextFate.Undelivered, reference),
            _ => null,
        };
    }
}
