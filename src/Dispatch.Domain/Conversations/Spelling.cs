using System.Text;

namespace Dispatch.Domain.Conversations;

/// <summary>Whether what somebody typed is this word, misspelt: in fear, in the dark, with one thumb, or by ear.</summary>
internal static class Spelling
{
    /// <summary>A shorter word is another one with every letter that changes.</summary>
    private const int OneSlipFrom = 5;
    private const int TwoSlipsFrom = 9;

    /// <param name="typed">Plain and without letters repeated.</param>
    /// <param name="word">The same.</param>
    public static bool IsClose(string typed, string word)
    {
        if (typed == word) return true;
        var most = word.Length >= TwoSlipsFrom ? 2 : word.Length >= OneSlipFrom ? 1 : 0;
        // By the first letter people hold fast; without it "danger" would be "manger", and "soins" would be "moins".
        return most > 0 && typed.Length > 0 && typed[0] == word[0] && Slips.ToWord(typed, word, most) <= most;
    }

    /// <summary>"aaaide" and "anuler" as "aide" and "annuler" are: a letter however often.</summary>
    public static string Squeeze(string word)
    {
        var squeezed = new StringBuilder(word.Length);
        foreach (var c in word)
        {
            if (squeezed.Length == 0 || squeezed[^1] != c || char.IsAsciiDigit(c)) squeezed.Append(c);
        }

        return squeezed.ToString();
    }
}
