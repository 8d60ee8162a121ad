using System.Collections.Immutable;

namespace Dispatch.Domain.ServiceAreas;

/// <summary>One version of a country's administrative units. A service area is any set of them.</summary>
public sealed class AdministrativeTree
{
    /// <summary>More than any of the three countries has villages; a longer list is a mistake in a file.</summary>
    public const int MaxUnits = 50_000;

    /// <summary>Country, region, cercle, arrondissement, commune, village, quarter; twice that is no administration.</summary>
    public const int MaxDepth = 14;

    private readonly ILookup<string, AdministrativeUnit> _byCode;
    private readonly ILookup<string, AdministrativeUnit> _byName;

    /// <exception cref="ArgumentException">The units have a <see cref="Fault"/>.</exception>
    public AdministrativeTree(IReadOnlyCollection<AdministrativeUnit> units)
    {
        if (Fault(units) is { } fault) throw new ArgumentException($"The administrative units cannot be used: {fault}.", nameof(units));
        _byCode = units.ToLookup(u => u.Code, StringComparer.Ordinal);
        _byName = units.SelectMany(u => u.Aliases.Append(u.Name).Append(u.Code).Select(PlaceNames.Plain).Distinct().Select(name => (name, u))).ToLookup(p => p.name, p => p.u, StringComparer.Ordinal);
    }

    /// <summary>Null when the units make a tree; otherwise what is wrong, by a stable code and the unit's.</summary>
    public static string? Fault(IReadOnlyCollection<AdministrativeUnit> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        if (units.Count > MaxUnits) return "too_many_units";
        if (units.FirstOrDefault(u => u.Code.Length == 0 || u.Name.Length == 0 || u.Level.Length == 0 || u.From >= u.Until) is { } incomplete) return $"unit_incomplete {incomplete.Code}";
        var byCode = units.ToLookup(u => u.Code, StringComparer.Ordinal);
        foreach (var unit in units)
        {
            if (byCode[unit.Code].Count(other => Overlap(unit, other)) > 1) return $"unit_twice {unit.Code}";
            if (unit.Parent is { } parent && !byCode[parent].Any(p => Overlap(unit, p))) return $"parent_missing {unit.Code}";
            if (Deeper(unit, byCode, 0)) return $"unit_in_itself {unit.Code}";
        }

        return null;
    }

    /// <summary>The units that go by this code, name or alias on that day; several places may share a name.</summary>
    public ImmutableArray<AdministrativeUnit> Find(string text, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. _byName[PlaceNames.Plain(text)].Where(u => u.Valid(on)).OrderBy(u => u.Code, StringComparer.Ordinal)];
    }

    /// <summary>The units that are valid on that day, with every name they go by.</summary>
    public IEnumerable<(AdministrativeUnit Unit, string Name)> Named(DateOnly on) =>
        _byCode.SelectMany(units => units).Where(u => u.Valid(on)).SelectMany(u => u.Aliases.Prepend(u.Name).Select(name => (u, name)));

    /// <summary>The unit and those it lies in, the smallest first; nothing for a code that is not valid on that day.</summary>
    public ImmutableArray<AdministrativeUnit> Upwards(string code, DateOnly on)
    {
        var way = ImmutableArray.CreateBuilder<AdministrativeUnit>();
        for (var at = Current(code, on); at is not null && way.Count < MaxDepth; at = at.Parent is { } parent ? Current(parent, on) : null) way.Add(at);
        return way.ToImmutable();
    }

    /// <summary>
    /// The service area that serves a place in her words: the one that names the smallest unit around it. Null when nobody serves it, or when the
    /// name means places of different areas; a human asks then, and nobody guesses.
    /// </summary>
    /// <param name="areas">Which service area each named unit belongs to, by the unit's code.</param>
    public string? AreaOf(string text, DateOnly on, IReadOnlyDictionary<string, string> areas)
    {
        ArgumentNullException.ThrowIfNull(areas);
        var found = Find(text, on).Select(u => Upwards(u.Code, on).Select(a => areas.GetValueOrDefault(a.Code)).FirstOrDefault(a => a is not null)).Distinct().ToArray();
        return found is [var one] ? one : null;
    }

    private AdministrativeUnit? Current(string code, DateOnly on) => _byCode[code].FirstOrDefault(u => u.Valid(on));

    private static bool Overlap(AdministrativeUnit a, AdministrativeUnit b) => (a.From ?? DateOnly.MinValue) < (b.Until ?? DateOnly.MaxValue) && (b.From ?? DateOnly.MinValue) < (a.Until ?? DateOnly.MaxValue);

    private static bool Deeper(AdministrativeUnit unit, ILookup<string, AdministrativeUnit> byCode, int depth) =>
        depth >= MaxDepth || (unit.Parent is { } parent && byCode[parent].Any(p => Overlap(unit, p) && Deeper(p, byCode, depth + 1)));
}
