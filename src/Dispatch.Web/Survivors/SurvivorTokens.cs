using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dispatch.Web.Sealing;

namespace Dispatch.Web.Survivors;

/// <summary>
/// What lets a phone follow its alert: the idempotency key and a MAC over alert and key. Made again from the same raise, so that nothing about it is stored and
/// the same answer can be given twice.
/// </summary>
internal sealed class SurvivorTokens(MasterKey master)
{
    private const int KeyBytes = 16;
    private readonly byte[] _secret = master.Derive("survivor");

    public string For(string alertId, Guid key)
    {
        var bytes = key.ToByteArray(bigEndian: true);
        return Base64Url.EncodeToString([.. bytes, .. Mac(alertId, bytes)]);
    }

    public bool Holds(string alertId, string token)
    {
        if (!Base64Url.IsValid(token, out var length) || length != KeyBytes + HMACSHA256.HashSizeInBytes) return false;
        var bytes = Base64Url.DecodeFromChars(token);
        return CryptographicOperations.FixedTimeEquals(Mac(alertId, bytes[..KeyBytes]), bytes.AsSpan(KeyBytes));
    }

    private byte[] Mac(string alertId, byte[] key) => HMACSHA256.HashData(_secret, (byte[])[.. Encoding.UTF8.GetBytes(alertId), 0, .. key]);
}
