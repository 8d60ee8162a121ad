using System.Collections.Immutable;

namespace Dispatch.Domain.Shelters;

/// <summary>
/// People of a house said on the telephone that there is room, and its figure is too old to know better. Their word makes room for this one party: who slept there unnoticed
/// has left, a bed is mended, or nobody ever counted it. What is held, booked or slept in by a hold is never touched.
/// </summary>
internal static class Telephoned
{
    /// <returns>Null where the figure is young enough to stand against the word.</returns>
    public static (BedLedger Ledger, ImmutableArray<BedCount> Beds)? Room(BedLedger known, Guests guests, HouseRules house, DateTimeOffset now)
    {
        if (Figures.At(known.ConfirmedAt, now) is not Freshness.RingFirst) return null;
        if (Allotting.For(guests, house, kind => kind is BedKind.Bed or BedKind.AccessibleBed ? BedLedger.MaxOfKind : 0) is not { } beds) return null;
        var kinds = known.Kinds.Where(k => beds.Of(k.Kind) == 0).Concat(beds.Select(bed => WithRoom(known.Of(bed.Kind), bed.Count - known.Free(bed.Kind)))).OrderBy(k => k.Kind).ToImmutableArray();
        return kinds.Any(k => k.Capacity > BedLedger.MaxOfKind) ? null : (known with { Kinds = kinds }, beds);
    }

    private static KindCounts WithRoom(KindCounts counts, int missing)
    {
        if (missing <= 0) return counts;
        var left = Math.Min(missing, counts.Others);
        var mended = Math.Min(missing - left, counts.OutOfService);
        return counts with { Others = counts.Others - left, OutOfService = counts.OutOfService - mended, Capacity = counts.Capacity + missing - left - mended };
    }
}
