using System.Collections.Immutable;
using System.Text.Json;

namespace Dispatch.Domain.Numbers;

/// <summary>
/// The public lines of a country and what is dialled for them from each network, as data (<c>lines.json</c> beside this file): a short code belongs to the networks that carry it, and what is
/// free on one of them costs money on another, or is nobody there.
/// </summary>
/// <param name="Country">Calling code, without plus.</param>
public sealed record NationalLine(string Country, string Name, ImmutableArray<DialledFrom> Dialled)
{
    /// <summary>What is dialled from this network; where the list does not say, what is dialled from every other; null where nothing is known.</summary>
    public DialString? From(string? network) =>
        (Dialled.FirstOrDefault(d => string.Equals(d.Network, network, StringComparison.OrdinalIgnoreCase)) ?? Dialled.FirstOrDefault(d => d.Network is null)) is { } from
        && DialString.TryParse(from.Keys, out var dial) ? dial : null;
}

/// <param name="Network">Null: from every network that is not named.</param>
/// <param name="Free">Null where nobody has found out.</param>
/// <param name="ConfirmedOn">When somebody dialled it there; null until somebody has. What nobody tried is shown as to be tried.</param>
public sealed record DialledFrom(string? Network, string Keys, bool? Free = null, DateOnly? ConfirmedOn = null);

public static class NationalLines
{
    private const string File = "Numbers.lines.json";

    public static ImmutableArray<NationalLine> All { get; } = Load();

    public static IEnumerable<NationalLine> Of(string country) => All.Where(line => line.Country == country);

    private static ImmutableArray<NationalLine> Load()
    {
        using var file = typeof(NationalLines).Assembly.GetManifestResourceStream(File)!;
        return JsonSerializer.Deserialize<ImmutableArray<NationalLine>>(file, DispatchJson.Options);
    }
}
