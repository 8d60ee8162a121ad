using System.Collections.Immutable;
using System.Text.Json;

namespace Dispatch.Domain.Numbers;

/// <summary>
/// The public lines of a country and what is dialled for them from each network, as data (<c>lines.json</c> beside this file): a short code belongs to the networks that carry it, and what is
/// free on one of them costs money on another, or is nobody there.
/// </summary>
/// <param name="Country">Calling code, without plus.</param>
public sealed record NationalLine(string Country, string Name, ImmutableArray<DialledFrom> Dialled);

/// <param name="Network">Null: from every network that is not named.</param>
/// <param name="Free">Null where nobody has found out.</param>
/// <param name="ConfirmedOn">When somebody dialled it there; null until somebody has. What nobody tried is shown as to be tried.</param>
public sealed record DialledFrom(string? Network, string Keys, bool? Free = null, DateOnly? ConfirmedOn = null);

public static class NationalLines
{
    private const string File = "Numbers.lines.json";

    public static ImmutableArray<NationalLine> All { get; } = Load();

    /// <summary>The line that is known by this number, however it is written; null where the list has none, or more than one country's.</summary>
    public static NationalLine? Named(string number)
    {
        if (!DialString.TryParse(number, out var dial)) return null;
        var named = All.Where(line => DialString.TryParse(line.Name, out var name) && name == dial).ToArray();
        return named is [var one] ? one : null;
    }

    private static ImmutableArray<NationalLine> Load()
    {
        using var file = typeof(NationalLines).Assembly.GetManifestResourceStream(File)!;
        return JsonSerializer.Deserialize<ImmutableArray<NationalLine>>(file, DispatchJson.Options);
    }
}
