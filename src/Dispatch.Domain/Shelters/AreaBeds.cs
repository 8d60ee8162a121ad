using System.Collections.Immutable;

namespace Dispatch.Domain.Shelters;

/// <summary>Free beds of several houses together, for pages outside the houses. Over fewer than three houses no count is said: it would tell of one house.</summary>
/// <param name="OldestConfirmedAt">How old the oldest figure in it is; null when a house never confirmed.</param>
public sealed record AreaBeds(int Houses, ImmutableArray<BedCount> Free, DateTimeOffset? OldestConfirmedAt)
{
    public const int FewestHouses = 3;

    /// <returns>Null when they are too few to be counted.</returns>
    public static AreaBeds? Of(IEnumerable<HouseSummary> houses)
    {
        HouseSummary[] all = [.. houses.DistinctBy(h => h.Shelter)];
        if (all.Length < FewestHouses) return null;
        // A kind that fewer houses have would tell of those alone.
        var kinds = Enum.GetValues<BedKind>().Where(kind => all.Count(h => h.Free.Any(b => b.Kind == kind)) >= FewestHouses);
        return new(all.Length, [.. kinds.Select(kind => new BedCount(kind, all.Sum(h => h.Free.Of(kind))))], all.Any(h => h.ConfirmedAt is null) ? null : all.Min(h => h.ConfirmedAt));
    }
}
