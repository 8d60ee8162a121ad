using System.Collections.Immutable;
using static Dispatch.Domain.Shelters.LedgerChanges;

namespace Dispatch.Domain.Shelters;

/// <param name="Occupied">Everybody who sleeps there, also who came without a hold.</param>
public sealed record BedFigures(BedKind Kind, int Capacity, int Occupied, int OutOfService);

/// <param name="Version">The version of the board that they counted from.</param>
public sealed record ConfirmCounts(long Version, ImmutableArray<BedFigures> Beds, string By);

/// <summary>What staff themselves count. It never touches a hold, a booking or a stay: figures that leave no room for them are refused.</summary>
public static class Counting
{
    public static BedChange Confirm(BedLedger ledger, ConfirmCounts command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(command);
        var known = Expiring.At(ledger, now);
        if (string.IsNullOrEmpty(command.By)) return known.No(BedRefusal.PersonRequired);
        if (!AreFigures(command.Beds)) return known.No(BedRefusal.Invalid);
        if (command.Version < known.CountsVersion || command.Version > known.Version) return new(known, Says(known, command.Beds) ? null : BedRefusal.Stale);
        ImmutableArray<KindCounts> kinds = [.. command.Beds.OrderBy(b => b.Kind).Select(b => new KindCounts(b.Kind, b.Capacity, b.OutOfService, b.Occupied - known.In(HoldStage.Occupied, b.Kind)))];
        var next = known with { Kinds = kinds, ConfirmedAt = now, ConfirmedBy = command.By };
        foreach (var kind in Enum.GetValues<BedKind>())
        {
            if (next.Of(kind).Others < 0 || (next.In(HoldStage.Occupied, kind) > 0 && !kinds.Any(k => k.Kind == kind))) return known.No(BedRefusal.BelowStays);
            if (next.Free(kind) < 0) return known.No(BedRefusal.BelowPromised);
        }

        return new(next.StampCounts(now, Note(BedEventKind.Counted, now, by: command.By)));
    }

    /// <summary>Each kind once. A kind that is not named is not there.</summary>
    private static bool AreFigures(ImmutableArray<BedFigures> beds) =>
        !beds.IsDefaultOrEmpty && beds.DistinctBy(b => b.Kind).Count() == beds.Length
        && beds.All(b => Enum.IsDefined(b.Kind) && b.Capacity is >= 0 and <= BedLedger.MaxOfKind && b.Occupied >= 0 && b.OutOfService >= 0 && b.Occupied <= b.Capacity && b.OutOfService <= b.Capacity);

    /// <summary>A repeat whose answer was lost, or two who counted the same.</summary>
    private static bool Says(BedLedger ledger, ImmutableArray<BedFigures> beds) =>
        beds.Length == ledger.Kinds.Length && beds.All(b => ledger.Of(b.Kind) is var k && (k.Capacity, k.OutOfService, ledger.Occupied(b.Kind)) == (b.Capacity, b.OutOfService, b.Occupied));
}
