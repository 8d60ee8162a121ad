using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;

namespace Dispatch.Domain.Ussd;

/// <summary>
/// What the menu shows: one file per language beside this one, each screen within what a network shows at once. Her language's own name stands in its file, and whoever adds a file adds a line to the first screen.
/// </summary>
public sealed class UssdWords
{
    /// <summary>What fits on one screen, in the basic letters of a text.</summary>
    public const int Longest = 182;

    public const string First = "fr";
    private const string Folder = "Ussd.";

    private readonly ImmutableSortedDictionary<string, ImmutableDictionary<string, string>> _languages = Load();

    private UssdWords()
    {
    }

    public static UssdWords Shipped { get; } = new();

    /// <summary>In the order of their keys: French, English, then the others by their codes.</summary>
    public ImmutableArray<string> Languages => [.. _languages.Keys.OrderBy(l => l switch { First => 0, "en" => 1, _ => 2 }).ThenBy(l => l, StringComparer.Ordinal)];

    public string Of(string? language, string key) =>
        (_languages.GetValueOrDefault(language ?? First) ?? _languages[First]).GetValueOrDefault(key) ?? _languages[First][key];

    /// <summary>The screen of this state. Received is said by the host, once it is true.</summary>
    public string Screen(UssdState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var language = state.Choices.Language;
        var screen = state.Stage switch
        {
            UssdStage.Language => string.Join('\n', Languages.Select((l, i) => $"{i + 1} {Of(l, "name")}")),
            UssdStage.Needs => Of(language, "needs"),
            UssdStage.Reach => Of(language, "reach"),
            UssdStage.Confirm => $"{Chosen(state.Choices)}\n{Of(language, "confirm")}",
            UssdStage.Received => Of(language, "received"),
            UssdStage.GaveUp => Of(language, "later"),
            _ => throw new UnreachableException($"stage {state.Stage}"),
        };
        return state.Again ? $"{Of(language, "again")}\n{screen}" : screen;
    }

    private string Chosen(UssdChoices choices) => choices.Needs.IsEmpty ? Of(choices.Language, "any") : string.Join(", ", choices.Needs.Select(n => Of(choices.Language, EnumWords.Of(n))));

    private static ImmutableSortedDictionary<string, ImmutableDictionary<string, string>> Load()
    {
        var assembly = typeof(UssdWords).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).ToImmutableSortedDictionary(
            name => Path.GetFileNameWithoutExtension(name[Folder.Length..]),
            name =>
            {
                using var file = assembly.GetManifestResourceStream(name)!;
                return JsonSerializer.Deserialize<ImmutableDictionary<string, string>>(file)!;
            },
            StringComparer.Ordinal);
    }
}
