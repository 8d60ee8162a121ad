using System.Collections.Immutable;

namespace Dispatch.Domain.Shelters;

/// <summary>The beds of several houses together, for pages outside the houses. Over fewer than three houses no count is said: it would tell of one house.</summary>
/// <param name="Capacity">All that there are of the same kinds, free or not.</param>
/// <param name="OldestConfirmedAt">How old the oldest figure in it is; null when a house never confirmed.</param>
public sealed record AreaBeds(int Houses, ImmutableArray<BedCount> Free, ImmutableArray<BedCount> Capacity, DateTimeOffset? OldestConfirmedAt)
{
    public const int FewestHouses = 3;

    /// <returns>Null when they are too few to be counted.</returns>
    public static AreaBeds? Of(IEnumerable<HouseSummary> houses)
    {
        HouseSummary[] all = [.. houses.DistinctBy(h => h.Shelter)];
        if (all.Length < FewestHouses) return null;
        var kinds = Countable(all.Select(h => h.Capacity));
        return new(
            all.Length,
            [.. kinds.Select(kind => new BedCount(kind, all.Sum(h => h.Free.Of(kind))))],
            [.. kinds.Select(kind => new BedCount(kind, all.Sum(h => h.Capacity.Of(kind))))],
            all.Any(h => h.ConfirmedAt is null) ? null : all.Min(h => h.ConfirmedAt));
    }

    /// <summary>A kind that fewer houses have would tell of those alone. A house that counts none of a kind does not have it.</summary>
    internal static ImmutableArray<BedKind> Countable(IEnumerable<ImmutableArray<BedCount>> capacities)
    {
        ImmutableArray<BedCount>[] all = [.. capacities];
        return [.. Enum.GetValues<BedKind>().Where(kind => all.Count(capacity => capacity.Of(kind) > 0) >= FewestHouses)];
    }
}
