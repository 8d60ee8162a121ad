using System.Security.Cryptography;

namespace Dispatch.Web.Hosting;

/// <summary>Where this host takes randomness from: ids, keys, nonces.</summary>
public interface IIds
{
    Guid NewUuid();

    byte[] NewBytes(int count);
}

internal sealed class RandomIds : IIds
{
    public Guid NewUuid()
    {
        var bytes = NewBytes(16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    public byte[] NewBytes(int count) => RandomNumberGenerator.GetBytes(count);
}
