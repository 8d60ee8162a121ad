using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Dispatch.Moving.Postgres;

/// <summary>
/// A grain's key as Orleans' ADO.NET storage takes it apart: 32 hexadecimal digits are a GUID, up to 16 are a number, each perhaps with '+' and an extension; the rest is text.
/// </summary>
internal readonly record struct GrainKey(long N0, long N1, string? Extension)
{
    private const int GuidDigits = 32;
    private const byte Plus = (byte)'+';

    public static GrainKey Of(string key)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        return Guid(bytes) ?? Number(bytes) ?? new(0, 0, key);
    }

    /// <summary>The key again. Digits are spelled as Orleans spells them, whatever they were.</summary>
    public string Spelled() =>
        N0 != 0 ? $"{ToGuid():N}{Suffix}"
        : N1 != 0 || Extension is null ? $"{N1:X}{Suffix}"
        : Extension;

    private string Suffix => Extension is null ? "" : $"+{Extension}";

    private static GrainKey? Guid(ReadOnlySpan<byte> key)
    {
        var extended = key.Length > GuidDigits && key[GuidDigits] == Plus;
        if (!extended && key.Length != GuidDigits) return null;
        if (!Utf8Parser.TryParse(key[..GuidDigits], out Guid guid, out var read, 'N') || read != GuidDigits) return null;
        Span<byte> parts = stackalloc byte[16];
        guid.TryWriteBytes(parts);
        return new(BinaryPrimitives.ReadInt64LittleEndian(parts), BinaryPrimitives.ReadInt64LittleEndian(parts[8..]), extended ? Encoding.UTF8.GetString(key[(GuidDigits + 1)..]) : null);
    }

    private static GrainKey? Number(ReadOnlySpan<byte> key)
    {
        var plus = key.IndexOf(Plus);
        var digits = plus < 0 ? key : key[..plus];
        return Utf8Parser.TryParse(digits, out long number, out var read, 'X') && read == digits.Length
            ? new(0, number, plus < 0 ? null : Encoding.UTF8.GetString(key[(plus + 1)..]))
            : null;
    }

    private Guid ToGuid()
    {
        Span<byte> parts = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(parts, N0);
        BinaryPrimitives.WriteInt64LittleEndian(parts[8..], N1);
        return new Guid(parts);
    }
}
