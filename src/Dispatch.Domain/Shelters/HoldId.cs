using System.Globalization;

namespace Dispatch.Domain.Shelters;

/// <summary>A hold's id carries the alert that owns it and the house that keeps it, so that it can be routed to both.</summary>
public readonly record struct HoldId(string Alert, int No, string Shelter)
{
    public const int MaxLength = 160;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Alert}.{No}.{Shelter}");

    public static bool TryParse(string? text, out HoldId id)
    {
        id = default;
        if (text is not { Length: <= MaxLength }) return false;
        var second = text.LastIndexOf('.');
        var first = second <= 0 ? -1 : text.LastIndexOf('.', second - 1);
        if (first <= 0 || second == text.Length - 1 || !int.TryParse(text.AsSpan(first + 1, second - first - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var no)) return false;
        id = new HoldId(text[..first], no, text[(second + 1)..]);
        return true;
    }
}
