using System.Security.Cryptography;

namespace Dispatch.Channels.WebPush;

/// <summary>Points of the one curve that Web Push knows, as they go over the wire: 4, x, y.</summary>
internal static class P256
{
    private const int Coordinate = 32;

    /// <summary>Refuses what is no point of the curve.</summary>
    public static ECDiffieHellman Public(ReadOnlySpan<byte> point) => ECDiffieHellman.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = point[1..(1 + Coordinate)].ToArray(), Y = point[(1 + Coordinate)..].ToArray() },
    });

    public static byte[] Point(ECParameters key) => [4, .. key.Q.X!, .. key.Q.Y!];
}
