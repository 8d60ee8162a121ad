using System.Globalization;
using System.Text;

namespace Dispatch.TableStorage;

/// <summary>
/// Keys as the table service takes them: no slash, backslash, number sign, question mark or control character, plain ASCII alone, and in the order of the
/// UTF-8 bytes that they stand for. A byte that does not stand for itself is written as a leader and two hexadecimal digits; each run of such bytes has a
/// leader that sorts where the run does.
/// </summary>
internal static class TableKey
{
    /// <summary>Before each part; sorts before every character of a part, so that a part sorts before its own continuations.</summary>
    public const char Part = '!';

    /// <summary>Sorts after a whole key with everything that begins with it and a part mark, and before every other key.</summary>
    public const char AfterParts = '"';

    /// <summary>Sorts after every key.</summary>
    public const string Last = "~";

    /// <summary>The service takes 1 KiB of UTF-16.</summary>
    public const int MostCharacters = 512;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Of(params ReadOnlySpan<string> parts)
    {
        var key = new StringBuilder();
        foreach (var part in parts) Append(key.Append(Part), part);
        return key.Length <= MostCharacters ? key.ToString() : throw new ArgumentException($"A row's key takes {key.Length} characters; the store takes {MostCharacters}");
    }

    public static string[] Parts(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return [.. key.Split(Part).Skip(1).Select(Decode)];
    }

    private static void Append(StringBuilder key, string part)
    {
        ArgumentNullException.ThrowIfNull(part);
        if (part.Contains('\0', StringComparison.Ordinal)) throw new ArgumentException("A row's key cannot contain a NUL character");
        foreach (var b in Bytes(part))
        {
            if (StandsForItself(b)) key.Append((char)b);
            else key.Append(LeaderOf(b)).Append(b.ToString("x2", CultureInfo.InvariantCulture));
        }
    }

    private static byte[] Bytes(string part)
    {
        try
        {
            return Strict.GetBytes(part);
        }
        catch (EncoderFallbackException)
        {
            throw new ArgumentException("A row's key cannot contain half of a surrogate pair");
        }
    }

    private static string Decode(string part)
    {
        var bytes = new List<byte>(part.Length);
        for (var i = 0; i < part.Length; i++)
        {
            if (StandsForItself((byte)part[i]))
            {
                bytes.Add((byte)part[i]);
                continue;
            }

            bytes.Add(byte.Parse(part.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            i += 2;
        }

        return Strict.GetString([.. bytes]);
    }

    private static bool StandsForItself(byte b) => b is (byte)'-' or (byte)':' or (byte)'_' or (>= (byte)'0' and <= (byte)'9') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z');

    /// <summary>Each lies in the gap of the bytes that it leads.</summary>
    private static char LeaderOf(byte b) => b switch
    {
        < (byte)'-' => ',',
        < (byte)'0' => '.',
        < (byte)'A' => ';',
        < (byte)'_' => '[',
        < (byte)'a' => '`',
        _ => '{',
    };
}
