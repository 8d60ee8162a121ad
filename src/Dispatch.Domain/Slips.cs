namespace Dispatch.Domain;

/// <summary>How many slips of the hand or the ear lie between what somebody typed and a word: letters left out, put in, changed, or swapped with the next.</summary>
internal static class Slips
{
    /// <summary>Until it is the whole word; more than <paramref name="most"/> is only known to be more.</summary>
    public static int ToWord(string typed, string word, int most) =>
        Math.Abs(typed.Length - word.Length) <= most && ToEachBeginning(typed, word, most) is { } slips ? slips[^1] : most + 1;

    /// <summary>Until it is a beginning of the word; more than <paramref name="most"/> is only known to be more.</summary>
    public static int ToBeginning(string typed, string word, int most) => ToEachBeginning(typed, word, most)?.Min() ?? most + 1;

    /// <summary>By the beginning's length, from none of its letters to all of them. Null: more than <paramref name="most"/> for each of them.</summary>
    private static int[]? ToEachBeginning(string typed, string word, int most)
    {
        var before = new int[word.Length + 1];
        var last = Enumerable.Range(0, word.Length + 1).ToArray();
        for (var i = 1; i <= typed.Length; i++)
        {
            var row = new int[word.Length + 1];
            row[0] = i;
            for (var j = 1; j <= word.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + (typed[i - 1] == word[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            if (row.Min() > most) return null;
            (before, last) = (last, row);
        }

        return last;
    }
}
