using System.Collections.Immutable;

namespace Dispatch.Domain.Shelters;

/// <summary>What a house counts. A family room is given as a whole, to one party.</summary>
public enum BedKind { Bed = 1, Cot = 2, AccessibleBed = 3, FamilyRoom = 4 }

public sealed record BedCount(BedKind Kind, int Count);

public static class Beds
{
    public static int Of(this ImmutableArray<BedCount> beds, BedKind kind)
    {
        foreach (var bed in beds)
        {
            if (bed.Kind == kind) return bed.Count;
        }

        return 0;
    }

    /// <summary>Some beds, each kind once.</summary>
    public static bool AreSome(ImmutableArray<BedCount> beds) =>
        !beds.IsDefaultOrEmpty && beds.All(b => b is { Count: > 0 and <= BedLedger.MaxOfKind } && Enum.IsDefined(b.Kind)) && beds.DistinctBy(b => b.Kind).Count() == beds.Length;

    public static bool Same(ImmutableArray<BedCount> a, ImmutableArray<BedCount> b) => Enum.GetValues<BedKind>().All(kind => a.Of(kind) == b.Of(kind));
}
