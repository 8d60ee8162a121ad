using System.Text;

namespace Dispatch.Domain;

/// <summary>Letters as somebody types them on whatever phone she has: with accents or without, in capitals or not, the letters of African spellings by the ones that a cheap phone has.</summary>
internal static class Letters
{
    /// <summary>Each above the one it stands for.</summary>
    private const string Marked = "àâäáãāăéèêëẽēɛəǝíìîïĩīɩóòôöõōɔúùûüũūʋýÿƴñɲŋçɓɗ";
    private const string Bare = "aaaaaaaeeeeeeeeeiiiiiiiooooooouuuuuuvyyynnncbd";

    /// <summary>In lower case, and without what stands above or below it.</summary>
    public static char Plain(char c)
    {
        var lower = char.ToLowerInvariant(c);
        if (char.IsAscii(lower)) return lower;
        var at = Marked.IndexOf(lower, StringComparison.Ordinal);
        return at < 0 ? lower : Bare[at];
    }

    /// <summary>A mark that belongs to the letter before it.</summary>
    public static bool IsMark(char c) => c is >= '\u0300' and <= '\u036f';

    /// <summary>A whole text so, its marks dropped.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!IsMark(c)) plain.Append(c is 'œ' or 'Œ' ? "oe" : Plain(c).ToString());
        }

        return plain.ToString();
    }
}
