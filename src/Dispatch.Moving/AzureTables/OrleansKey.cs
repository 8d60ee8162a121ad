namespace Dispatch.Moving.AzureTables;

/// <summary>A key as Orleans' Azure providers write it: what the service forbids is an underscore, whatever it was.</summary>
internal static class OrleansKey
{
    /// <summary>The service takes 1 KiB of UTF-16.</summary>
    private const int MostCharacters = 512;

    private const string Forbidden = "/\\#?";

    public static string Of(Entry entry, string text)
    {
        if (text.Length > MostCharacters || text.Any(char.IsControl)) throw new MoveRefusedException($"{entry} has a key that Azure's tables do not take: too long, or with a control character.");
        return Written(text);
    }

    public static bool CanSpell(string text) => text.AsSpan().IndexOfAny(Forbidden) < 0;

    public static string Written(string text) => string.Create(text.Length, text, static (key, given) =>
    {
        for (var i = 0; i < key.Length; i++) key[i] = Forbidden.Contains(given[i], StringComparison.Ordinal) ? '_' : given[i];
    });
}
