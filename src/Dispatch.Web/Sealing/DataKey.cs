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
    public Sealed<T> Seal<T>(string field, T value) =>
        new(Base64Url.EncodeToString(Box.Close(secret, ids.NewBytes(Box.NonceBytes), JsonSerializer.SerializeToUtf8Bytes(value, DispatchJson.Options), Bound(field))));

    public T Open<T>(string field, Sealed<T> value) =>
        Box.Open(secret, Base64Url.DecodeFromChars(value.Box), Bound(field)) is { } plain
            ? JsonSerializer.Deserialize<T>(plain, DispatchJson.Options)!
            : throw new CryptographicException($"The field {field} does not open with its record's key.");

    private byte[] Bound(string field) => Encoding.UTF8.GetBytes($"{scope}\0{field}");
}
