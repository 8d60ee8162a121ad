using System.Collections.Immutable;

namespace Dispatch.Domain.Shelters;

/// <param name="Serves">It serves the area today. Of a house that no longer does nothing is said after its last change.</param>
/// <param name="Hours">In any order.</param>
public sealed record OccupancyOfHouse(bool Serves, ImmutableArray<HouseOccupancy> Hours);

/// <param name="Until">The figures are those of this moment.</param>
/// <param name="Lines">Kind by kind, over all houses; empty when they were too few to be counted.</param>
public sealed record OccupancyPoint(DateTimeOffset Until, ImmutableArray<BoardLine> Lines);

/// <summary>How the beds of an area stood, added up over its houses: over fewer than three nothing is said, for any moment and any kind (<see cref="AreaBeds"/>).</summary>
public static class OccupancyHistory
{
    /// <param name="moments">What to say the figures of, each the end of an hour or a day, or now.</param>
    public static ImmutableArray<OccupancyPoint> At(IEnumerable<OccupancyOfHouse> houses, IEnumerable<DateTimeOffset> moments)
    {
        ArgumentNullException.ThrowIfNull(houses);
        ArgumentNullException.ThrowIfNull(moments);
        OccupancyOfHouse[] all = [.. houses.Select(h => h with { Hours = h.Hours.Sort((a, b) => a.Hour.CompareTo(b.Hour)) })];
        return [.. moments.Select(until => new OccupancyPoint(until, Sum([.. all.Select(h => Known(h, until)).OfType<HouseOccupancy>().Select(o => o.Lines)])))];
    }

    /// <summary>What holds until it changes again.</summary>
    private static HouseOccupancy? Known(OccupancyOfHouse house, DateTimeOffset until)
    {
        var last = -1;
        for (var i = 0; i < house.Hours.Length && house.Hours[i].Hour < until; i++) last = i;
        return last < 0 || (!house.Serves && last == house.Hours.Length - 1 && house.Hours[last].Hour + HouseOccupancy.Step < until) ? null : house.Hours[last];
    }

    private static ImmutableArray<BoardLine> Sum(ImmutableArray<ImmutableArray<BoardLine>> houses) =>
    [
        .. AreaBeds.Countable(houses.Select(lines => lines.Select(l => new BedCount(l.Kind, l.Capacity)).ToImmutableArray())).Select(kind =>
            houses.SelectMany(lines => lines).Where(l => l.Kind == kind).Aggregate((a, b) => new BoardLine(
                kind, a.Capacity + b.Capacity, a.Free + b.Free, a.Held + b.Held, a.Booked + b.Booked, a.Occupied + b.Occupied, a.OutOfService + b.OutOfService))),
    ];
}
