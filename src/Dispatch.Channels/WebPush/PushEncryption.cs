using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Dispatch.Channels.WebPush;

/// <summary>
/// The message as only its browser can read it: RFC 8291, in one record of RFC 8188. Filled up to a constant length, so that whoever carries it cannot tell one kind
/// of message from another by its size.
/// </summary>
internal static class PushEncryption
{
    public const int SaltBytes = 16;
    private const int TagBytes = 16;

    /// <summary>What a push service must take at least; the record that follows is shorter and is the last one.</summary>
    private const int RecordSize = 4096;
    private const byte LastRecord = 2;

    /// <param name="sender">A pair made for this one message.</param>
    /// <param name="salt">Likewise.</param>
    /// <param name="filledTo">How long every message is with what ends it.</param>
    public static byte[] Encrypt(ReadOnlySpan<byte> message, int filledTo, PushSubscription to, ECDiffieHellman sender, ReadOnlySpan<byte> salt)
    {
        if (message.Length >= filledTo || filledTo > RecordSize - TagBytes) throw new ArgumentOutOfRangeException(nameof(message), "The message does not fit into its record.");
        var from = P256.Point(sender.ExportParameters(includePrivateParameters: false));
        var (key, nonce) = Derive(to, sender, from, salt);

        var record = new byte[filledTo];
        message.CopyTo(record);
        record[message.Length] = LastRecord;

        byte[] body = [.. salt, 0, 0, 0, 0, (byte)from.Length, .. from, .. new byte[filledTo + TagBytes]];
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(SaltBytes), RecordSize);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, record, body.AsSpan(^(filledTo + TagBytes)..^TagBytes), body.AsSpan(^TagBytes..));
        return body;
    }

    private static (byte[] Key, byte[] Nonce) Derive(PushSubscription to, ECDiffieHellman sender, byte[] from, ReadOnlySpan<byte> salt)
    {
        var shared = sender.DeriveRawSecretAgreement(to.Key.PublicKey);
        byte[] info = [.. "WebPush: info\0"u8, .. to.Point, .. from];
        var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, to.Auth.ToArray(), info);
        var salted = HKDF.Extract(HashAlgorithmName.SHA256, secret, salt.ToArray());
        return (
            HKDF.Expand(HashAlgorithmName.SHA256, salted, 16, "Content-Encoding: aes128gcm\0"u8.ToArray()),
            HKDF.Expand(HashAlgorithmName.SHA256, salted, 12, "Content-Encoding: nonce\0"u8.ToArray()));
    }
}
