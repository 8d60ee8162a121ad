using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Sealing;
using Dispatch.Web.Hosting;

namespace Dispatch.Web.Sealing;

/// <summary>
/// Seals and opens the fields of one record. A box is bound to the record and the field it was made for: moved elsewhere, it does not open.
/// </summary>
internal sealed class DataKey(string scope, byte[] secret, IIds ids)
{
    public Sealed<T> Seal<T>(string field, T value) => Close<T>(field, ids.NewBytes(Box.NonceBytes), JsonSerializer.SerializeToUtf8Bytes<T>(value, DispatchJson.Options));

    /// <summary>
    /// The same value makes the same box: for what is set up anew at every start, so that who keeps it sees whether it changed. The nonce comes from the value, and two
    /// values never share one.
    /// </summary>
    public Sealed<T> SealSame<T>(string field, T value)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes<T>(value, DispatchJson.Options);
        byte[] nonces = HMACSHA256.HashData(secret, "nonce"u8);
        return Close<T>(field, HMACSHA256.HashData(nonces, (byte[])[.. Bound(field), 0, .. plain])[..Box.NonceBytes], plain);
    }

    public T Open<T>(string field, Sealed<T> value) =>
        Box.Open(secret, Base64Url.DecodeFromChars(value.Box), Bound(field)) is { } plain
            ? JsonSerializer.Deserialize<T>(plain, DispatchJson.Options)!
            : throw new CryptographicException($"The field {field} does not open with its record's key.");

    private Sealed<T> Close<T>(string field, byte[] nonce, byte[] plain) => new(Base64Url.EncodeToString(Box.Close(secret, nonce, plain, Bound(field))));

    private byte[] Bound(string field) => Encoding.UTF8.GetBytes($"{scope}\0{field}");
}
