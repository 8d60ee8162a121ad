namespace Dispatch.Domain.Numbers;

/// <summary>A number as a screen shows it: four digits at its end, and dots for all the others.</summary>
public static class Mask
{
    /// <summary>Where not even the end is shown.</summary>
    public const string Nothing = "•• •• •• ••";

    private const int Shown = 4;
    private const int Pair = 2;

    /// <summary>"•• •• 12 34". What is too short to hide anything shows nothing: it is a short code, or no number at all.</summary>
    public static string Of(string? number)
    {
        var digits = string.Concat((number ?? "").Where(char.IsAsciiDigit));
        if (digits.Length < Shown + Pair) return Nothing;
        var masked = new string('•', digits.Length - Shown) + digits[^Shown..];
        // From the end: an odd number of digits stands alone at the beginning.
        var odd = masked.Length % Pair;
        return string.Join(' ', (odd is 0 ? [] : new[] { masked[..odd] }).Concat(masked[odd..].Chunk(Pair).Select(pair => new string(pair))));
    }
}
