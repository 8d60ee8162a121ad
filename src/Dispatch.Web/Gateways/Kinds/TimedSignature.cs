using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dispatch.Web.Gateways.Kinds;

/// <summary>A keyed fingerprint over the body and the time of the call, as "SMS Gateway for Android" and others make it.</summary>
internal sealed class TimedSignature(string signingKey)
{
    /// <summary>How far the caller's clock may be from ours. An older call is perhaps somebody else's copy.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromMinutes(5);

    private readonly byte[] _key = Encoding.UTF8.GetBytes(signingKey);

    public bool IsOn(GatewayCall call, DateTimeOffset now)
    {
        var timestamp = call.Headers["X-Timestamp"].ToString();
        var signature = HMACSHA256.HashData(_key, call.Body.Concat(Encoding.UTF8.GetBytes(timestamp)).ToArray());
        if (!GatewayCall.Same(call.Headers["X-Signature"].ToString().ToLowerInvariant(), Convert.ToHexStringLower(signature))) return false;
        return long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && Math.Abs(now.ToUnixTimeSeconds() - at) <= Around.TotalSeconds;
    }
}
