using System.Text.Json;

namespace Dispatch.Web.Pages;

/// <summary>The words of the pages, one flat file per language, so that a translator needs nothing else.</summary>
internal sealed class Texts(IReadOnlyDictionary<string, string> words, string language)
{
    public const string Default = "fr";

    public string Language => language;

    /// <summary>The key itself where a word is missing: visible, and no reason for a page not to open.</summary>
    public string this[string key] => words.GetValueOrDefault(key, key);

    public bool Has(string key) => words.ContainsKey(key);

    public string Say(string key, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var text = this[key];
        foreach (var (name, value) in values) text = text.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        return text;
    }

    public string Count(string key, int number) => Say(number == 1 ? $"{key}.one" : $"{key}.many", ("n", number.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public static Texts Read(string file) =>
        new(JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!, Path.GetFileNameWithoutExtension(file));
}
