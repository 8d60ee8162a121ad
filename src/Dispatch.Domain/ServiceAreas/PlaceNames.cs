using System.Text;

namespace Dispatch.Domain.ServiceAreas;

/// <summary>Names of places as people say and write them.</summary>
public static class PlaceNames
{
    /// <summary>From this length on one slip of the hand or the ear is forgiven, and from that length two.</summary>
    private const int OneSlipFrom = 4;
    private const int TwoSlipsFrom = 7;

    /// <summary>Without accents, case, hyphens and apostrophes: Ségou, SEGOU and Segou are one place, and so are N'Dali and Ndali.</summary>
    public static string Plain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c)) plain.Append(Unmarked(char.ToLowerInvariant(c)));
            else if ((c is ' ' or '-' or '_') && plain.Length > 0 && plain[^1] != ' ') plain.Append(' ');
        }

        return plain.ToString().TrimEnd();
    }

    /// <summary>
    /// How near a name comes to what was typed so far, both plain: 0 the same, then its beginning, the beginning of a word in it, somewhere in it, its beginning with a slip or two. Null:
    /// something else.
    /// </summary>
    public static int? Distance(string typed, string name)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentNullException.ThrowIfNull(name);
        if (typed.Length == 0) return null;
        if (name == typed) return 0;
        if (name.StartsWith(typed, StringComparison.Ordinal)) return 1;
        if (name.Contains(' ' + typed, StringComparison.Ordinal)) return 2;
        if (name.Contains(typed, StringComparison.Ordinal)) return 3;
        var most = typed.Length >= TwoSlipsFrom ? 2 : typed.Length >= OneSlipFrom ? 1 : 0;
        return most > 0 && Slips.ToBeginning(typed, name, most) is var slips && slips <= most ? 3 + slips : null;
    }

    /// <summary>
    /// By hand, because the framework takes letters apart only with the system's tables, which a small machine may lack. The second half are letters of the
    /// region's languages, which most phones cannot write.
    /// </summary>
    private static char Unmarked(char letter)
    {
        const string Marked = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿẹọṣ" + "ɛɔŋɲɓɗƴɩʋǝ";
        const string Plain = "aaaaaaceeeeiiiinooooouuuuyyeos" + "eonnbdyiue";
        var at = Marked.IndexOf(letter, StringComparison.Ordinal);
        return at < 0 ? letter : Plain[at];
    }
}
