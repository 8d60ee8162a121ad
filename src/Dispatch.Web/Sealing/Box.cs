using System.Security.Cryptography;

namespace Dispatch.Web.Sealing;

/// <summary>AES-256-GCM as one array: nonce, ciphertext, tag.</summary>
internal static class Box
{
    public const int NonceBytes = 12;
    public const int TagBytes = 16;

    public static byte[] Close(byte[] key, byte[] nonce, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> bound)
    {
        var box = new byte[NonceBytes + plain.Length + TagBytes];
        nonce.CopyTo(box.AsSpan());
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, box.AsSpan(NonceBytes, plain.Length), box.AsSpan(NonceBytes + plain.Length), bound);
        return box;
    }

    /// <summary>Null when it was made with another key, for another place, or changed since.</summary>
    public static byte[]? Open(byte[] key, ReadOnlySpan<byte> box, ReadOnlySpan<byte> bound)
    {
        if (box.Length < NonceBytes + TagBytes) return null;
        var plain = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(box[..NonceBytes], box[NonceBytes..^TagBytes], box[^TagBytes..], plain, bound);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
