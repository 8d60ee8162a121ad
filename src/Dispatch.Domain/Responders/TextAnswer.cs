using System.Text;

namespace Dispatch.Domain.Responders;

/// <summary>An answer by text: yes or no, and the code of what it answers.</summary>
public sealed record TextAnswer(bool Yes, string Code)
{
    private const int LongestText = 160;
    private const int LongestCode = 5;

    /// <summary>
    /// Reads "OUI 42", "oui42", "42 yes", "Non: 42". One word and one code and nothing else: a sentence that has a yes in it is not a yes. Null where it is
    /// none; digits of other scripts are none of ours.
    /// </summary>
    public static TextAnswer? Read(string? text)
    {
        if (text is null || text.Length > LongestText || Pieces(text) is not [var first, var second]) return null;
        var (word, code) = char.IsAsciiDigit(first[0]) ? (second, first) : (first, second);
        if (!code.All(char.IsAsciiDigit) || code.Length > LongestCode) return null;
        return word switch
        {
            "oui" or "yes" => new TextAnswer(true, code),
            "non" or "no" => new TextAnswer(false, code),
            _ => null,
        };
    }

    /// <summary>Runs of letters and runs of digits, in lower case and without accents; null where something is neither of ours nor stands between.</summary>
    private static List<string>? Pieces(string text)
    {
        var pieces = new List<string>();
        var run = new StringBuilder();
        foreach (var letter in text)
        {
            var c = Letters.Plain(letter);
            var kind = KindOf(c);
            if (kind is Kind.Foreign) return null;
            // A mark that belongs to the letter before it.
            if (kind is Kind.Mark) continue;
            if (run.Length > 0 && kind != KindOf(run[0])) Close();
            if (kind is not Kind.Between) run.Append(c);
        }

        Close();
        return pieces;

        void Close()
        {
            if (run.Length > 0) pieces.Add(run.ToString());
            run.Clear();
        }
    }

    private static Kind KindOf(char c) =>
        char.IsAsciiLetterLower(c) ? Kind.Letter
        : char.IsAsciiDigit(c) ? Kind.Digit
        : Letters.IsMark(c) ? Kind.Mark
        : char.IsLetterOrDigit(c) || char.IsSurrogate(c) ? Kind.Foreign
        : Kind.Between;

    private enum Kind { Letter, Digit, Mark, Foreign, Between }
}
