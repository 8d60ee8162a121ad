using System.Collections.Immutable;

namespace Dispatch.Domain.ServiceAreas;

/// <summary>
/// One place of a country's administration for as long as it was so: units are founded, renamed, split and moved, and an old alert keeps its own.
/// The same code may come again with another validity.
/// </summary>
public sealed record AdministrativeUnit
{
    /// <summary>The country's own code, as in its official list.</summary>
    public required string Code { get; init; }

    /// <summary>The code of the unit it lies in; null for a country.</summary>
    public string? Parent { get; init; }

    /// <summary>The country's own word: a commune lies in an arrondissement in Mali, and an arrondissement in a commune in Benin.</summary>
    public required string Level { get; init; }

    public required string Name { get; init; }

    /// <summary>Other spellings and other languages' names, for who reports a place in her own words.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>First day, and the first day on which it is no more; null means without limit.</summary>
    public DateOnly? From { get; init; }
    public DateOnly? Until { get; init; }

    public bool Valid(DateOnly on) => (From is not { } from || from <= on) && (Until is not { } until || on < until);
}
