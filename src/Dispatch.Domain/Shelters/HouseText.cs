using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Dispatch.Domain.Accounts;

namespace Dispatch.Domain.Shelters;

/// <summary>
/// What staff of a house say by text: digits in groups, her PIN first. Whoever reads it over her shoulder reads numbers. Between the groups stands whatever a phone has that is neither
/// letter nor digit; digits are those of any script.
/// </summary>
public abstract record HouseText(string Pin)
{
    private const int LongestText = 160;

    /// <summary>Two digits count beds, three name a hold, four and more are a PIN: no group can be taken for another.</summary>
    private const int CountDigits = 2;
    private const int CodeDigits = 3;

    /// <summary>The PIN alone: everything is as it was.</summary>
    public sealed record StillRight(string Pin) : HouseText(Pin);

    /// <summary>Empty beds of each kind, in the order of the house's list.</summary>
    public sealed record Counted(string Pin, ImmutableArray<int> Empty) : HouseText(Pin);

    /// <summary>The code of a hold and 1 for yes or 2 for no, in either order.</summary>
    public sealed record Answered(string Pin, int Code, bool Yes) : HouseText(Pin);

    /// <summary>Begins as one of these and goes on as none.</summary>
    public sealed record Unclear(string Pin) : HouseText(Pin);

    /// <summary>Null where it does not begin with what could be a PIN, or says anything but digits.</summary>
    public static HouseText? Read(string? text)
    {
        if (text is null || text.Length > LongestText || Groups(text) is not [var pin, .. var rest] || !StaffPins.IsPin(pin)) return null;
        return rest switch
        {
            [] => new StillRight(pin),
            [{ Length: CodeDigits } code, "1" or "2"] => new Answered(pin, Number(code), rest[1] == "1"),
            ["1" or "2", { Length: CodeDigits } code] => new Answered(pin, Number(code), rest[0] == "1"),
            _ when rest.All(group => group.Length <= CountDigits) => new Counted(pin, [.. rest.Select(Number)]),
            _ => new Unclear(pin),
        };
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    /// <summary>Runs of digits, each digit as 0 to 9; null where a letter stands among them.</summary>
    private static string[]? Groups(string text)
    {
        var groups = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var digit = CharUnicodeInfo.GetDecimalDigitValue(c);
            if (digit < 0 && (char.IsLetterOrDigit(c) || char.IsNumber(c) || char.IsSurrogate(c))) return null;
            groups.Append(digit < 0 ? ' ' : (char)('0' + digit));
        }

        return groups.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
