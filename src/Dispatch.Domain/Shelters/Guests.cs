using System.Collections.Immutable;
using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Shelters;

/// <summary>What a house must know to say whether a party fits, and no more. Rules look at it; the ledger does not keep it.</summary>
/// <param name="Adults">She herself among them; none when a child comes alone.</param>
/// <param name="Nights">How long they need it; null when nobody knows.</param>
public sealed record Guests(int Adults, ImmutableArray<Child> Children = default, bool Pregnant = false, bool Wheelchair = false, int? Nights = null, bool Pets = false)
{
    /// <summary>More is a matter for humans.</summary>
    public const int Most = 30;

    public ImmutableArray<Child> Children { get; init; } = Children.IsDefault ? [] : Children;

    public int People => Adults + Children.Length;

    /// <summary>She herself and who comes with her. Of a child nothing but that it is one need be known.</summary>
    public static Guests With(Party? party, bool child)
    {
        ImmutableArray<Child> children = party is null ? [] : [.. Of(party)];
        return new((party?.Adults ?? 0) + (child ? 0 : 1), child ? [.. children, new Child(null)] : children, party?.Pregnant is true, party?.Wheelchair is true);
    }

    /// <summary>A boy who is not among the children was forgotten there: he needs a bed as well.</summary>
    private static IEnumerable<Child> Of(Party party)
    {
        if (party.Boys is not { } boys) return party.Children.Select(age => new Child(age));
        var girls = boys.Aggregate(party.Children, (rest, boy) => rest.Remove(boy));
        return [.. girls.Select(age => new Child(age, Boy: false)), .. boys.Select(age => new Child(age, Boy: true))];
    }

    public bool MakeSense => Adults >= 0 && People is > 0 and <= Most && Nights is null or > 0 && Children.All(c => c is { Age: null or (>= 0 and < 18) });
}

/// <param name="Age">In years; null when nobody knows.</param>
/// <param name="Boy">Null when nobody knows.</param>
public sealed record Child(int? Age, bool? Boy = null);
