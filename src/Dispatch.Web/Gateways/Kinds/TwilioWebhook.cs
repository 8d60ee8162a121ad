using System.Security.Cryptography;
using System.Text;

namespace Dispatch.Web.Gateways.Kinds;

/// <param name="publicUrl">Under which Twilio knows us: it signs the address that it calls, and a proxy in between shows us another.</param>
internal sealed class TwilioWebhook(string authToken, Uri publicUrl) : ISmsWebhook
{
    /// <summary>Unknown subscriber; a landline or a carrier that takes none; stopped by whoever has it.</summary>
    private static readonly string[] ForGood = ["30005", "30006", "21610"];

    private readonly byte[] _key = Encoding.UTF8.GetBytes(authToken);

    public bool Genuine(GatewayCall call, DateTimeOffset now) => GatewayCall.Same(call.Headers["X-Twilio-Signature"], Signature(call));

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

    private string Signature(GatewayCall call)
    {
        var signed = new StringBuilder(publicUrl.AbsoluteUri.TrimEnd('/')).Append(call.Target);
        foreach (var (name, value) in call.Form.OrderBy(f => f.Key, StringComparer.Ordinal)) signed.Append(name).Append(value);
#pragma warning disable CA5350 // Their signature is made with SHA-1; as a keyed MAC it still holds.
        return Convert.ToBase64String(HMACSHA1.HashData(_key, Encoding.UTF8.GetBytes(signed.ToString())));
#pragma warning restore CA5350
    }
}
