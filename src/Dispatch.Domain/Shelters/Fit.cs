using System.Collections.Immutable;

namespace Dispatch.Domain.Shelters;

/// <summary>Whom a house takes.</summary>
/// <param name="BoysUpTo">The oldest age at which boys are taken; null without a limit.</param>
/// <param name="FamilyRoomSleeps">How many people one family room takes.</param>
public sealed record HouseRules(
    bool Alone = true, bool Children = true, bool ChildrenAlone = false, int? BoysUpTo = null, bool Pregnant = true, bool Wheelchair = false, int? MaxNights = null, bool Pets = false, int FamilyRoomSleeps = 4);

public enum Misfit { Alone = 1, Children = 2, ChildrenAlone = 3, BoyTooOld = 4, Pregnant = 5, Wheelchair = 6, StayTooLong = 7, Pets = 8 }

/// <param name="Against">Why the house does not take them.</param>
/// <param name="ToAsk">What could be against it and nobody knows yet. The house says yes or no to every hold, so this keeps no bed from her.</param>
public sealed record Fit(ImmutableArray<Misfit> Against, ImmutableArray<Misfit> ToAsk)
{
    public bool Fits => Against.IsEmpty;

    public static Fit Of(HouseRules house, Guests guests)
    {
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(guests);
        return new([.. Misfits(house, guests)], [.. Unknowns(house, guests)]);
    }

    private static IEnumerable<Misfit> Misfits(HouseRules house, Guests guests)
    {
        if (!house.Alone && guests is { Adults: 1, Children.Length: 0 }) yield return Misfit.Alone;
        if (!house.Children && guests.Children.Length > 0) yield return Misfit.Children;
        if (!house.ChildrenAlone && guests.Adults == 0) yield return Misfit.ChildrenAlone;
        if (guests.Children.Any(c => c is { Boy: true, Age: { } age } && age > house.BoysUpTo)) yield return Misfit.BoyTooOld;
        if (!house.Pregnant && guests.Pregnant) yield return Misfit.Pregnant;
        if (!house.Wheelchair && guests.Wheelchair) yield return Misfit.Wheelchair;
        if (guests.Nights > house.MaxNights) yield return Misfit.StayTooLong;
        if (!house.Pets && guests.Pets) yield return Misfit.Pets;
    }

    private static IEnumerable<Misfit> Unknowns(HouseRules house, Guests guests)
    {
        if (house.BoysUpTo is { } limit && guests.Children.Any(c => c.Boy is not false && (c.Boy is null || c.Age is null) && !(c.Age <= limit))) yield return Misfit.BoyTooOld;
        if (house.MaxNights is not null && guests.Nights is null) yield return Misfit.StayTooLong;
    }
}
