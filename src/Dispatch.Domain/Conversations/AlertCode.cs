namespace Dispatch.Domain.Conversations;

/// <summary>
/// The code by which an app that could not be sure whether its request arrived says in a text which one it was: the id that it made for it, 36 letters and dashes. Nobody guesses one, and nobody
/// types one.
/// </summary>
public static class AlertCode
{
    private const int Length = 36;

    /// <summary>The first in this text; null where there is none.</summary>
    public static string? In(string? text)
    {
        for (var at = 0; text is not null && at + Length <= text.Length; at++)
        {
            if (text[at + 8] == '-' && Guid.TryParseExact(text.AsSpan(at, Length), "D", out var code)) return code.ToString("D");
        }

        return null;
    }

    /// <summary>Her words alone.</summary>
    public static string? Without(string? text) => In(text) is { } code ? text!.Replace(code, " ", StringComparison.OrdinalIgnoreCase) : text;
}
