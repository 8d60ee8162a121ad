using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Conversations;

/// <summary>
/// Reads a text by its key words, forgiving how they are written. Whatever is in doubt asks for help: an alert too many costs a question. Nothing that could undo help is read out of a
/// sentence: stop, cancel, yes and no count only where they are all there is.
/// </summary>
public static class Hearing
{
    /// <summary>Three texts in one; what is longer is read so far, and kept whole for a human.</summary>
    public const int LongestRead = 480;

    private const int MostWords = 120;

    /// <summary>A longer one is a sentence.</summary>
    private const int ShortWords = 4;

    private const int SentenceWords = 3;
    private const int OldestAge = 99;
    private const int Grown = 18;

    /// <param name="text">As it came.</param>
    /// <param name="usual">Her language so far: it wins where two are as likely.</param>
    public static Heard Read(string? text, string? usual = null)
    {
        var all = Vocabulary.WordsOf(text is null ? "" : text[..Math.Min(text.Length, LongestRead)]);
        var words = all[..Math.Min(all.Length, MostWords)];
        var said = Said(words);
        var kinds = said.Select(s => s.Kind).ToImmutableHashSet();
        var needs = said.Select(s => NeedOf(s.Kind)).OfType<Need>().Distinct().ToImmutableArray();
        var whole = Only(words, said);
        // "No help needed, but a nurse": what she names she needs. "All is well": a human looks whether it is.
        var help = kinds.Contains(WordKind.Help) && !kinds.Contains(WordKind.NoHelp);
        return new Heard
        {
            Needs = needs,
            Help = help,
            NamesPolice = kinds.Contains(WordKind.Police),
            Age = Age(words, said),
            Answer = whole switch { WordKind.Yes => true, WordKind.No => false, _ => null },
            Stop = whole is WordKind.Stop,
            Cancel = needs.IsEmpty && !help && words.Length <= ShortWords && kinds.Contains(WordKind.Cancel),
            CallMe = kinds.Contains(WordKind.CallMe) && !kinds.Contains(WordKind.DoNotCall),
            DoNotCall = kinds.Contains(WordKind.DoNotCall),
            Language = LanguageOf(said, usual),
            Sentence = words.Length >= SentenceWords,
        };
    }

    /// <summary>From the left, each word once. Two languages may have the same word: it counts for both, and for one kind.</summary>
    private static List<Match> Said(ImmutableArray<string> words)
    {
        var said = new List<Match>();
        for (var at = 0; at < words.Length;)
        {
            var here = Vocabulary.Shipped.At(words, at);
            foreach (var phrase in here) said.Add(new Match(phrase.Kind, phrase.Language, at, phrase.Words.Length));
            at += here.IsEmpty ? 1 : here[0].Words.Length;
        }

        return said;
    }

    /// <summary>The one kind that the whole short text is of, greetings aside; null where it is of none or of several.</summary>
    private static WordKind? Only(ImmutableArray<string> words, List<Match> said)
    {
        if (words.Length is 0 or > ShortWords || said.DistinctBy(s => s.At).Sum(s => s.Length) < words.Length) return null;
        var kinds = said.Select(s => s.Kind).Where(k => k is not WordKind.Filler).Distinct().ToArray();
        return kinds is [var only] ? only : null;
    }

    /// <summary>"I am 15", "j'ai 15 ans", "age 15". A child's age that she tells beside it is not hers: between "my daughter" and "12 ans" there is no "j'ai".</summary>
    private static AgeBand? Age(ImmutableArray<string> words, List<Match> said)
    {
        for (var at = 0; at < words.Length; at++)
        {
            if (!int.TryParse(words[at], NumberStyles.None, CultureInfo.InvariantCulture, out var years) || years is 0 or > OldestAge) continue;
            var mine = said.Any(s => s.Kind is WordKind.Mine && s.At + s.Length == at);
            var isAge = said.Any(s => s.Kind is WordKind.Years && s.At == at + 1) || at == words.Length - 1;
            if (mine && isAge) return Band(years);
        }

        // The oldest band that is a child's: it makes the child's path hold, and says no more than she did.
        return said.Any(s => s.Kind is WordKind.Minor) ? AgeBand.From15To17 : null;
    }

    private static AgeBand Band(int years) => years switch
    {
        < 12 => AgeBand.Under12,
        < 15 => AgeBand.From12To14,
        < Grown => AgeBand.From15To17,
        _ => AgeBand.Adult,
    };

    private static string? LanguageOf(List<Match> said, string? usual) =>
        said.Where(s => s.Kind is not WordKind.Other).GroupBy(s => s.Language).OrderByDescending(g => g.Sum(s => s.Length)).ThenByDescending(g => g.Key == usual).ThenByDescending(g => g.Key == "fr")
            .ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;

    private static Need? NeedOf(WordKind kind) => kind switch
    {
        WordKind.Health => Need.Health,
        WordKind.Shelter => Need.Shelter,
        WordKind.Psychosocial => Need.Psychosocial,
        WordKind.Legal => Need.Legal,
        WordKind.Advocate => Need.Advocate,
        WordKind.Transport => Need.Transport,
        _ => null,
    };

    private sealed record Match(WordKind Kind, string Language, int At, int Length);
}
