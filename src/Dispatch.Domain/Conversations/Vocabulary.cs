using System.Collections.Immutable;
using System.Text.Json;

namespace Dispatch.Domain.Conversations;

/// <summary>
/// The words by which a text is understood: one file per language beside this one, in it for each <see cref="WordKind"/> the words and phrases as people write them, shorthand included. A
/// translator adds a file or a word and nothing else; accents, capitals and apostrophes do not matter.
/// </summary>
public sealed class Vocabulary
{
    private const string Folder = "Conversations.";

    private readonly ImmutableArray<Phrase> _phrases;

    /// <summary>The longest first: "do not call" is not "call".</summary>
    private Vocabulary(IEnumerable<Phrase> phrases) => _phrases = [.. phrases.OrderByDescending(p => p.Words.Length).ThenBy(p => p.Language, StringComparer.Ordinal)];

    /// <summary>By language: for the tests that hold the lists against each other.</summary>
    public static ImmutableSortedDictionary<string, ImmutableDictionary<WordKind, ImmutableArray<string>>> Lists { get; } = Read();

    public static Vocabulary Shipped { get; } = new(
        from language in Lists
        from list in language.Value
        from phrase in list.Value
        let words = WordsOf(phrase)
        where !words.IsEmpty
        select new Phrase(language.Key, list.Key, words));

    /// <summary>What begins at this word, in every language that has it; empty where nothing does.</summary>
    internal ImmutableArray<Phrase> At(IReadOnlyList<string> words, int at)
    {
        var exact = Matches(words, at, (typed, word) => typed == word || Elided(typed) == word);
        // What is a word as it stands is no misspelling of another.
        return !exact.IsEmpty ? exact : Matches(words, at, Spelling.IsClose);
    }

    /// <summary>Each word plain, letters however often as one, everything between them gone.</summary>
    internal static ImmutableArray<string> WordsOf(string text) =>
        [.. string.Concat(Letters.Plain(text).Select(c => char.IsLetterOrDigit(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Spelling.Squeeze)];

    private ImmutableArray<Phrase> Matches(IReadOnlyList<string> words, int at, Func<string, string, bool> same)
    {
        var found = _phrases.Where(p => at + p.Words.Length <= words.Count && p.Words.Select((word, i) => same(words[at + i], word)).All(yes => yes)).ToImmutableArray();
        return found.IsEmpty ? found : [.. found.Where(p => p.Words.Length == found[0].Words.Length)];
    }

    /// <summary>"daide", "lhopital": the apostrophe that nobody types.</summary>
    private static string? Elided(string typed) => typed.Length > 3 && typed[0] is 'd' or 'l' or 'j' or 'm' or 'n' or 's' or 't' or 'c' && typed[1] is 'a' or 'e' or 'i' or 'o' or 'u' or 'y' or 'h' ? typed[1..] : null;

    private static ImmutableSortedDictionary<string, ImmutableDictionary<WordKind, ImmutableArray<string>>> Read()
    {
        var assembly = typeof(Vocabulary).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).ToImmutableSortedDictionary(
            name => Path.GetFileNameWithoutExtension(name[Folder.Length..]),
            name =>
            {
                using var file = assembly.GetManifestResourceStream(name)!;
                return JsonSerializer.Deserialize<Dictionary<string, ImmutableArray<string>>>(file)!
                    .ToImmutableDictionary(list => EnumWords.Read<WordKind>(list.Key) ?? throw new JsonException($"{name} has a list called {list.Key}."), list => list.Value);
            },
            StringComparer.Ordinal);
    }
}

internal sealed record Phrase(string Language, WordKind Kind, ImmutableArray<string> Words);
