using System.Security.Cryptography;
using System.Text;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways;

/// <summary>Twilio as it calls us: signed, over the address that it knows us by.</summary>
internal static class TwilioCaller
{
    public const string PublicUrl = "https://dispatch.example.org/base/";

    /// <param name="signedFor">Another path than the one called, for what somebody forges.</param>
    public static Task<Answer> Says(Caller anybody, string path, (string Name, string Value)[] fields, string token, string? signedFor = null)
    {
        var signed = $"{PublicUrl.TrimEnd('/')}{signedFor ?? path}" + string.Concat(fields.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => f.Name + f.Value));
#pragma warning disable CA5350 // Theirs is made so.
        var signature = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(signed)));
#pragma warning restore CA5350
        return anybody.Form(path, string.Join('&', fields.Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}")), ("X-Twilio-Signature", signature));
    }
}
