using System.Collections.Immutable;
using System.Text.Json;

namespace Dispatch.Channels.Words;

/// <summary>
/// The approved words for whatever may be read over a shoulder or on a locked screen or heard beside a phone: one file per language beside this one, and nothing is sent that does not
/// stand there. The only thing ever put into them is a reply code. A test holds every one of them against a list of words that say too much.
/// </summary>
public sealed class Wordings
{
    /// <summary>Every text is there in this one; a language that lacks one, or is not there, falls back to it.</summary>
    public const string First = "fr";

    private const string Folder = "Words.";
    private const string Code = "{code}";

    private readonly ImmutableDictionary<string, ImmutableDictionary<string, string>> _languages;

    private Wordings(ImmutableDictionary<string, ImmutableDictionary<string, string>> languages) => _languages = languages;

    public static Wordings Approved { get; } = Load();

    /// <summary>By language, and in it by key: for the tests that hold them against the list.</summary>
    public IReadOnlyDictionary<string, ImmutableDictionary<string, string>> All => _languages;

    public string Of(string? language, string key, string? code = null)
    {
        var texts = _languages.GetValueOrDefault(language ?? First) ?? _languages[First];
        var text = texts.GetValueOrDefault(key) ?? _languages[First][key];
        return text.Replace(Code, code, StringComparison.Ordinal);
    }

    /// <summary>In which language <see cref="Of"/> has it: whoever reads it out must know.</summary>
    public string LanguageOf(string? language, string key) => language is not null && _languages.TryGetValue(language, out var texts) && texts.ContainsKey(key) ? language : First;

    private static Wordings Load()
    {
        var assembly = typeof(Wordings).Assembly;
        return new Wordings(assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).ToImmutableDictionary(
            name => Path.GetFileNameWithoutExtension(name[Folder.Length..]),
            name =>
            {
                using var file = assembly.GetManifestResourceStream(name)!;
                return JsonSerializer.Deserialize<ImmutableDictionary<string, string>>(file)!;
            }));
    }
}
