using System.Buffers.Text;
using System.Security.Cryptography;
using Dispatch.Domain.Responders;

namespace Dispatch.Channels.WebPush;

/// <summary>Where one browser takes pushes, and the two keys (RFC 8291) that it and this host have and its push service does not.</summary>
public sealed class PushSubscription
{
    internal const int PointBytes = 65;
    internal const int AuthBytes = 16;

    private readonly byte[] _point;
    private readonly byte[] _auth;

    private PushSubscription(Uri endpoint, byte[] point, byte[] auth) => (Endpoint, _point, _auth) = (endpoint, point, auth);

    internal Uri Endpoint { get; }

    /// <summary>The browser's public key as it goes into the derivation: 4, x, y.</summary>
    internal ReadOnlySpan<byte> Point => _point;

    internal ReadOnlySpan<byte> Auth => _auth;

    /// <summary>Null for what no browser gave: an address that this host does not call, or keys with which nothing can be encrypted.</summary>
    public static PushSubscription? Read(DeviceAddress address, PushReach reach)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!Uri.TryCreate(address.Endpoint, UriKind.Absolute, out var endpoint) || !reach.Allows(endpoint)) return null;
        if (Decode(address.P256dh) is not { Length: PointBytes } point || point[0] != 4 || Decode(address.Auth) is not { Length: AuthBytes } auth) return null;
        try
        {
            using var key = P256.Public(point);
        }
        catch (CryptographicException)
        {
            return null;
        }

        return new PushSubscription(endpoint, point, auth);
    }

    private static byte[]? Decode(string? text)
    {
        try
        {
            return text is null ? null : Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
