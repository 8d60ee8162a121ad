using System.Text;
using Dispatch.Grains.Rows;

namespace Dispatch.Postgres.Rows;

/// <summary>What is refused before it is sent, as on the local engine.</summary>
internal static class RowLimits
{
    /// <summary>A row is a record, not a file.</summary>
    public const int BodyBytes = 900 * 1024;

    public const int WritesTogether = 10_000;

    /// <summary>A page of PostgreSQL's index holds three keys at least.</summary>
    private const int KeyBytes = 2_500;

    private const int MaxPage = 10_000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static int Page(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return Math.Min(limit, MaxPage);
    }

    public static void Check(string table, string partition, string key)
    {
        var bytes = CheckPart(table) + CheckPart(partition) + CheckPart(key);
        if (bytes > KeyBytes) throw new ArgumentException($"A row's key has {bytes} bytes; the store takes {KeyBytes}");
    }

    public static void CheckBody(RowChange change, int bytes)
    {
        if (bytes > BodyBytes) throw new ArgumentException($"Row {change.Table}/{change.Partition}/{change.Key} has {bytes} bytes; the store takes {BodyBytes}");
    }

    private static int CheckPart(string part)
    {
        ArgumentNullException.ThrowIfNull(part);
        if (part.Contains('\0', StringComparison.Ordinal)) throw new ArgumentException("A row's key cannot contain a NUL character");
        try
        {
            return Strict.GetByteCount(part);
        }
        catch (EncoderFallbackException)
        {
            throw new ArgumentException("A row's key cannot contain half of a surrogate pair");
        }
    }
}
