using System.Diagnostics.CodeAnalysis;

namespace Dispatch.Domain.Numbers;

/// <summary>
/// A number of one of the countries served, in its one international form, so that the same phone is the same number however somebody wrote it. Prints itself
/// masked: whatever ends in a log or on a screen by mistake says no number.
/// </summary>
public sealed record PhoneNumber
{
    private const string Benin = "229";

    /// <summary>What every number of Benin begins with since it grew from eight digits to ten.</summary>
    private const string BeninPrefix = "01";

    /// <summary>Calling codes, none of which begins another, and how many digits follow.</summary>
    private static readonly (string Code, int Digits)[] Plans = [("223", 8), ("226", 8), (Benin, 10)];

    private PhoneNumber(string country, string national) => (Country, National) = (country, national);

    /// <summary>The country's calling code, without plus.</summary>
    public string Country { get; }

    /// <summary>As a gateway takes it. Never for a log or a screen.</summary>
    public string E164 => $"+{Country}{National}";

    /// <summary>Enough for its owner to recognise it, and for nobody to ring it: every screen shows this, but of whoever has to dial.</summary>
    public string Masked => Mask.Of(National);

    private string National { get; }

    /// <summary>Not even the end of it: what stands in a log can be laid beside what stands on a screen.</summary>
    public override string ToString() => $"+{Country} {Mask.Nothing}";

    /// <summary>Reads "+223 70 12 34 56", "00223…" or "223…". A number without its country is nobody's: eight digits are one person in Mali and another in Burkina Faso.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PhoneNumber? number)
    {
        number = null;
        if (Digits(text) is not { } digits) return false;
        foreach (var (code, length) in Plans)
        {
            if (digits.StartsWith(code, StringComparison.Ordinal)) return TryNational(code, length, digits[code.Length..], out number);
        }

        return false;
    }

    /// <summary>The same where the country is known otherwise, as at a gateway of one network: "70 12 34 56" too. A number that says its country keeps it.</summary>
    /// <param name="text">As it came.</param>
    /// <param name="country">Calling code, without plus.</param>
    /// <param name="number">Set where it is one.</param>
    public static bool TryParse(string? text, string? country, [NotNullWhen(true)] out PhoneNumber? number)
    {
        if (TryParse(text, out number)) return true;
        var (code, length) = Plans.FirstOrDefault(plan => plan.Code == country);
        return code is not null && !SaysItsCountry(text) && Digits(text) is { } digits && TryNational(code, length, digits, out number);
    }

    private static bool TryNational(string code, int length, string national, [NotNullWhen(true)] out PhoneNumber? number)
    {
        number = null;
        if (code == Benin)
        {
            if (national.Length == length - BeninPrefix.Length) national = BeninPrefix + national;
            if (!national.StartsWith(BeninPrefix, StringComparison.Ordinal)) return false;
        }

        if (national.Length != length) return false;
        number = new PhoneNumber(code, national);
        return true;
    }

    private static bool SaysItsCountry(string? text) => text?.TrimStart() is { } said && (said.StartsWith('+') || said.StartsWith("00", StringComparison.Ordinal));

    /// <summary>The digits after the sign for "abroad", if there is one; null where anything but digits and what people put between them was written.</summary>
    private static string? Digits(string? text)
    {
        const int longest = 40;
        if (text is null || text.Length > longest) return null;
        var plain = string.Concat(text.Where(c => !IsBetween(c)));
        if (plain.StartsWith('+')) plain = plain[1..];
        else if (plain.StartsWith("00", StringComparison.Ordinal)) plain = plain[2..];
        return plain.Length > 0 && plain.All(char.IsAsciiDigit) ? plain : null;
    }

    private static bool IsBetween(char c) => c is ' ' or '\u00a0' or '\u202f' or '-' or '.' or '(' or ')' or '/';
}
