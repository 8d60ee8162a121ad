using System.Buffers.Text;
using System.Security.Cryptography;
using Dispatch.Domain.Responders;

namespace Dispatch.Channels.WebPush;

/// <summary>Where one browser takes pushes, and the two keys (RFC 8291) that it and this host have and its push service does not.</summary>
public sealed class PushSubscription : IDisposable
{
    internal const int PointBytes = 65;
    internal const int AuthBytes = 16;

    private readonly byte[] _point;
    private readonly byte[] _auth;

    private PushSubscription(Uri endpoint, byte[] point, byte[] auth, ECDiffieHellman key) => (Endpoint, _point, _auth, Key) = (endpoint, point, auth, key);

    internal Uri Endpoint { get; }

    /// <summary>The browser's public key. To read it is to check it, which costs as much as anything else in a push.</summary>
    internal ECDiffieHellman Key { get; }

    /// <summary>The same key as it goes into the derivation: 4, x, y.</summary>
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
            return new PushSubscription(endpoint, point, auth, P256.Public(point));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public void Dispose() => Key.Dispose();

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
