using System.Globalization;
using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Grains.Rows;

namespace Dispatch.TableStorage;

/// <summary>A row's JSON in the entity's properties: the service takes 64 KiB in one and 1 MiB in all.</summary>
internal static class TableBody
{
    /// <summary>A row is a record, not a file; the same limit as on the other stores.</summary>
    public const int MostBytes = 900 * 1024;

    public const int ChunkBytes = 64 * 1024;

    /// <summary>What an entity's keys and the protocol's own words take beside its body.</summary>
    private const int Frame = 4 * 1024;

    public static byte[] Of(RowChange change, object value)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), DispatchJson.Options);
        return body.Length <= MostBytes ? body : throw new ArgumentException($"Row {change.Table}/{change.Partition}/{change.Key} has {body.Length} bytes; the store takes {MostBytes}");
    }

    /// <summary>How long the entity is on the wire, where bytes are in base 64.</summary>
    public static int OnTheWire(byte[]? body) => Frame + (body?.Length ?? 0) / 3 * 4 + 4;

    public static void Put(Dictionary<string, object> properties, byte[] body)
    {
        for (var (chunk, at) = (0, 0); at < body.Length; chunk++, at += ChunkBytes) properties[Name(chunk)] = body[at..Math.Min(at + ChunkBytes, body.Length)];
    }

    public static T Read<T>(TableEntry entry) => JsonSerializer.Deserialize<T>(Bytes(entry), DispatchJson.Options)!;

    public static byte[] Bytes(TableEntry entry)
    {
        List<byte> body = [];
        for (var chunk = 0; entry.Properties.TryGetValue(Name(chunk), out var bytes); chunk++) body.AddRange((byte[])bytes);
        return [.. body];
    }

    private static string Name(int chunk) => $"Body{chunk.ToString("00", CultureInfo.InvariantCulture)}";
}
