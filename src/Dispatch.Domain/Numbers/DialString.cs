using System.Diagnostics.CodeAnalysis;

namespace Dispatch.Domain.Numbers;

/// <summary>
/// What is dialled inside one country and nowhere else: a short code, a toll-free number, a code that begins with a star. It has no international form, and a
/// <see cref="PhoneNumber"/> cannot hold it: put behind a calling code it rings nobody, or somebody else.
/// </summary>
public sealed record DialString
{
    private const int Longest = 15;
    private const int Shortest = 2;

    private DialString(string keys) => Keys = keys;

    /// <summary>The keys in their order, without anything between them.</summary>
    public string Keys { get; }

    /// <summary>For a link. A hash would end the address there.</summary>
    public string Link => $"tel:{Keys.Replace("#", "%23", StringComparison.Ordinal)}";

    /// <summary>A star or a hash is dialled to a machine of the network, and opens a menu instead of a call.</summary>
    public bool OpensMenu => Keys[0] is '*' or '#';

    public override string ToString() => Keys;

    /// <summary>Reads "80333", "80 00 12 87", "*123#". With a plus it is a number of the whole world, and none of these.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DialString? dial)
    {
        var keys = string.Concat((text ?? "").Where(c => c is not (' ' or '\u00a0' or '\u202f' or '-' or '.')));
        dial = keys.Length is >= Shortest and <= Longest && keys.All(c => char.IsAsciiDigit(c) || c is '*' or '#') && keys.Any(char.IsAsciiDigit) ? new DialString(keys) : null;
        return dial is not null;
    }
}
