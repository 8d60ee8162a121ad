using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Dispatch.Web.Sealing;

/// <summary>What a phone keeps until it is sent: the same body, encrypted to the server's public key.</summary>
public sealed record Envelope(string Kid, string Epk, string Iv, string Box);

/// <summary>
/// The server's half of the phone's outbox. Derived from the master key, so that every host of a programme opens what any of them handed out the key for, and a
/// restart loses nothing that still waits on a phone.
/// </summary>
internal sealed class OutboxKey : IDisposable
{
    private const int PointBytes = 65;
    private static readonly byte[] Info = "dispatch/outbox/v1"u8.ToArray();

    private readonly ECDiffieHellman _pair;

    public OutboxKey(MasterKey master)
    {
        _pair = ECDiffieHellman.Create(DerivedPair.Of(master, "outbox"));
        var point = _pair.ExportParameters(includePrivateParameters: false).Q;
        byte[] raw = [4, .. point.X!, .. point.Y!];
        PublicKey = Base64Url.EncodeToString(raw);
        KeyId = Base64Url.EncodeToString(SHA256.HashData(raw).AsSpan(0, 8));
    }

    public string PublicKey { get; }

    public string KeyId { get; }

    /// <summary>Null when it was not made for this key, or with another idempotency key.</summary>
    public byte[]? Open(Envelope envelope, string idempotencyKey)
    {
        if (envelope.Kid != KeyId) return null;
        try
        {
            var epk = Base64Url.DecodeFromChars(envelope.Epk);
            if (epk.Length != PointBytes || epk[0] != 4) return null;
            using var theirs = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = epk[1..33], Y = epk[33..] } });
            var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, _pair.DeriveRawSecretAgreement(theirs.PublicKey), 32, salt: [], info: Info);
            byte[] box = [.. Base64Url.DecodeFromChars(envelope.Iv), .. Base64Url.DecodeFromChars(envelope.Box)];
            return Box.Open(key, box, Encoding.UTF8.GetBytes(idempotencyKey));
        }
        catch (Exception wrong) when (wrong is FormatException or CryptographicException)
        {
            return null;
        }
    }

    public void Dispose() => _pair.Dispose();
}
