using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Dispatch.Moving;

/// <summary>How many entries a table has, and a sum over them that no order changes: two stores with the same sums hold the same entries.</summary>
public sealed record TableSum(long Count, string Sum);

/// <summary>Counts entries and adds up the SHA-256 of each, for every table.</summary>
public sealed class Tally
{
    private readonly SortedDictionary<string, (long Count, byte[] Sum)> _tables = new(StringComparer.Ordinal);

    public long Count { get; private set; }

    public IReadOnlyDictionary<string, TableSum> Tables =>
        new SortedDictionary<string, TableSum>(_tables.ToDictionary(t => t.Key, t => new TableSum(t.Value.Count, Convert.ToHexStringLower(t.Value.Sum))), StringComparer.Ordinal);

    /// <summary>One sum for the whole store.</summary>
    public string Sum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Tables.Select(t => $"{t.Key} {t.Value.Count} {t.Value.Sum}")))));

    public void Add(Entry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Count++;
        var (count, sum) = _tables.GetValueOrDefault(entry.Table, (0, new byte[SHA256.HashSizeInBytes]));
        Add(sum, Hash(entry));
        _tables[entry.Table] = (count + 1, sum);
    }

    public static async Task<Tally> Of(IAsyncEnumerable<Entry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var tally = new Tally();
        await foreach (var entry in entries) tally.Add(entry);
        return tally;
    }

    // Every part with its length before it, so that no two entries are the same bytes.
    private static byte[] Hash(Entry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Encoding.UTF8.GetBytes(entry.Table));
        Append(hash, Encoding.UTF8.GetBytes(entry.Partition));
        Append(hash, Encoding.UTF8.GetBytes(entry.Key));
        Span<byte> due = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(due, entry.Due ?? 0);
        Append(hash, entry.Due is null ? [] : due);
        Append(hash, entry.Body.Span);
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }

    /// <summary>As numbers of 256 bits; what runs over is lost.</summary>
    private static void Add(byte[] sum, byte[] more)
    {
        var carry = 0;
        for (var i = sum.Length - 1; i >= 0; i--)
        {
            carry += sum[i] + more[i];
            sum[i] = (byte)carry;
            carry >>= 8;
        }
    }
}
