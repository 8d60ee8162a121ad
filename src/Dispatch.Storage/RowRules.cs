using System.Globalization;

namespace Dispatch.Storage;

/// <summary>What every store refuses, and the order that every store keeps.</summary>
internal static class RowRules
{
    /// <summary>A row is a record, not a file; the other engine's stores take 960 KB.</summary>
    public const int MaxBodyBytes = 900 * 1024;

    public const int MaxPage = 10_000;

    public static void Check(RowKey id)
    {
        CheckPart(id.Table);
        CheckPart(id.Partition);
        CheckPart(id.Key);
    }

    public static void CheckPart(string? part)
    {
        ArgumentNullException.ThrowIfNull(part);
        for (var i = 0; i < part.Length; i++)
        {
            if (char.IsHighSurrogate(part[i]) && i + 1 < part.Length && char.IsLowSurrogate(part[i + 1]))
            {
                i++;
            }
            else if (part[i] == '\0' || char.IsSurrogate(part[i]))
            {
                throw new ArgumentException("A row's key cannot contain a NUL character or half of a surrogate pair");
            }
        }
    }

    public static RowTooLargeException? TooLarge(RowWrite write) =>
        write.Body?.Length > MaxBodyBytes
            ? new RowTooLargeException($"Row {write.Id} has {write.Body.Value.Length} bytes; the store takes {MaxBodyBytes}")
            : null;

    public static int Page(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return Math.Min(limit, MaxPage);
    }

    /// <summary>Whether the write may happen over a row with this version (null: no row).</summary>
    public static bool Matches(RowWrite write, long? version) => write.IfMatch switch
    {
        null => true,
        RowWrite.MustNotExist => version is null,
        _ => version is { } there && ETag(there) == write.IfMatch,
    };

    public static string ETag(long version) => version.ToString(CultureInfo.InvariantCulture);

    /// <summary>Orders as UTF-8 bytes do, which is how SQLite compares text; UTF-16 would put surrogate pairs before U+E000.</summary>
    public static int Compare(string a, string b)
    {
        var length = Math.Min(a.Length, b.Length);
        for (var i = 0; i < length; i++)
        {
            if (a[i] != b[i])
            {
                return Weight(a[i]) - Weight(b[i]);
            }
        }

        return a.Length - b.Length;
    }

    public static int Compare(RowKey a, RowKey b)
    {
        var byTable = Compare(a.Table, b.Table);
        if (byTable != 0)
        {
            return byTable;
        }

        var byPartition = Compare(a.Partition, b.Partition);
        return byPartition != 0 ? byPartition : Compare(a.Key, b.Key);
    }

    private static int Weight(char c) => char.IsSurrogate(c) ? c + 0x2000 : c >= 0xE000 ? c - 0x800 : c;
}
