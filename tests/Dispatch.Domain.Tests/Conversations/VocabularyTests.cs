using Dispatch.Domain.Conversations;

namespace Dispatch.Domain.Tests.Conversations;

/// <summary>What a translator adds must not undo what stands there.</summary>
public sealed class VocabularyTests
{
    [Fact]
    public void French_and_English_have_every_list() =>
        Assert.All(["fr", "en"], language => Assert.Equal(Enum.GetValues<WordKind>(), Vocabulary.Lists[language].Keys.Order()));

    [Fact]
    public void Each_language_can_ask_for_help_and_say_yes_and_no() =>
        Assert.All(Vocabulary.Lists, list => Assert.All([WordKind.Help, WordKind.Yes, WordKind.No], kind => Assert.NotEmpty(list.Value[kind])));

    /// <summary>The same word with two meanings, in whatever languages, would make a yes of a no.</summary>
    [Fact]
    public void A_word_means_one_thing_in_all_languages()
    {
        var meanings = from language in Vocabulary.Lists
                       from list in language.Value
                       from phrase in list.Value
                       group list.Key by string.Join(' ', Vocabulary.WordsOf(phrase));
        Assert.All(meanings, word => Assert.True(word.Distinct().Count() == 1, $"{word.Key}: {string.Join(", ", word.Distinct())}"));
    }

    [Fact]
    public void Everything_in_the_lists_is_understood_as_what_it_stands_for()
    {
        foreach (var (kind, phrase) in Vocabulary.Lists.SelectMany(l => l.Value).SelectMany(l => l.Value.Select(phrase => (l.Key, phrase))))
        {
            var words = Vocabulary.WordsOf(phrase);
            Assert.True(!words.IsEmpty, phrase);
            Assert.True(Vocabulary.Shipped.At(words, 0).All(p => p.Kind == kind), phrase);
        }
    }
}
