using System.Security.Cryptography;
using System.Text;

namespace Dispatch.Web.Gateways.Kinds;

/// <param name="publicUrl">Under which Twilio knows us: it signs the address that it calls, and a proxy in between shows us another.</param>
internal sealed class TwilioSignature(string authToken, Uri publicUrl)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(authToken);

    public bool IsOn(GatewayCall call)
    {
        var signed = new StringBuilder(publicUrl.AbsoluteUri.TrimEnd('/')).Append(call.Target);
        foreach (var (name, value) in call.Form.OrderBy(f => f.Key, StringComparer.Ordinal)) signed.Append(name).Append(value);
#pragma warning disable CA5350 // Their signature is made with SHA-1; as a keyed MAC it still holds.
        var signature = Convert.ToBase64String(HMACSHA1.HashData(_key, Encoding.UTF8.GetBytes(signed.ToString())));
#pragma warning restore CA5350
        return GatewayCall.Same(call.Headers["X-Twilio-Signature"], signature);
    }
}
