using System.Collections.Immutable;

namespace Dispatch.Domain.Shelters;

/// <summary>Which beds a party gets of those that are free: a family its own room first, everybody a bed of her own otherwise. All of them or none.</summary>
public static class Allotting
{
    /// <summary>A child younger than this sleeps in a cot where one is free.</summary>
    public const int CotBelowAge = 2;

    /// <param name="free">How many there are of each kind.</param>
    /// <returns>Null when they do not all find a bed.</returns>
    public static ImmutableArray<BedCount>? For(Guests guests, HouseRules house, Func<BedKind, int> free)
    {
        ArgumentNullException.ThrowIfNull(guests);
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(free);
        var walking = guests.People - (guests.Wheelchair ? 1 : 0);
        var family = guests.Children.Length > 0 && walking > 1;
        return (family ? InRooms(guests, house, walking, free) : null) ?? InBeds(guests, walking, free) ?? InRooms(guests, house, walking, free);
    }

    private static ImmutableArray<BedCount>? InRooms(Guests guests, HouseRules house, int walking, Func<BedKind, int> free)
    {
        if (walking == 0 || house.FamilyRoomSleeps < 1) return null;
        var rooms = (walking + house.FamilyRoomSleeps - 1) / house.FamilyRoomSleeps;
        return Some(free, (BedKind.FamilyRoom, rooms), (BedKind.AccessibleBed, guests.Wheelchair ? 1 : 0));
    }

    /// <summary>Whoever finds no ordinary bed sleeps in an accessible one: better than no bed at all.</summary>
    private static ImmutableArray<BedCount>? InBeds(Guests guests, int walking, Func<BedKind, int> free)
    {
        var small = Math.Min(walking, guests.Children.Count(c => c.Age < CotBelowAge));
        var cots = Math.Min(small, free(BedKind.Cot));
        var beds = Math.Min(walking - cots, free(BedKind.Bed));
        return Some(free, (BedKind.Bed, beds), (BedKind.Cot, cots), (BedKind.AccessibleBed, walking - cots - beds + (guests.Wheelchair ? 1 : 0)));
    }

    private static ImmutableArray<BedCount>? Some(Func<BedKind, int> free, params ReadOnlySpan<(BedKind Kind, int Count)> beds)
    {
        var some = ImmutableArray.CreateBuilder<BedCount>();
        foreach (var (kind, count) in beds)
        {
            if (count > free(kind)) return null;
            if (count > 0) some.Add(new BedCount(kind, count));
        }

        return some.ToImmutable();
    }
}
