using static Dispatch.Domain.Shelters.LedgerChanges;

namespace Dispatch.Domain.Shelters;

/// <summary>Who comes and who goes. What people at the door see is true, whatever the ledger had expected.</summary>
public static class Staying
{
    /// <summary>She is here. Also without the house's answer, and after the hold ran out or was given back, as long as the beds are still there.</summary>
    public static BedChange Arrive(BedLedger ledger, string holdId, string by, DateTimeOffset now)
    {
        var known = Expiring.At(ledger, now);
        if (string.IsNullOrEmpty(by)) return known.No(BedRefusal.PersonRequired);
        if (known.Find(holdId) is { Stage: HoldStage.Occupied }) return new(known);
        if (known.Find(holdId) is { } expected) return In(known, expected, by, now);
        if (known.FindGone(holdId) is not { } gone) return known.No(BedRefusal.NotFound);
        // Left: somebody repeats an arrival that is over.
        if (gone.How is GoneHow.Left or GoneHow.ReleasedUnseen) return known.No(BedRefusal.HoldOver);
        return Again(known, gone) is { } again ? In(known, again, by, now) : known.No(BedRefusal.NoBed);
    }

    public static BedChange Leave(BedLedger ledger, string holdId, string by, DateTimeOffset now)
    {
        var known = Expiring.At(ledger, now);
        if (string.IsNullOrEmpty(by)) return known.No(BedRefusal.PersonRequired);
        if (known.FindGone(holdId) is { } gone) return new(known, gone.How is GoneHow.Left ? null : BedRefusal.NotThere);
        if (known.Find(holdId) is not { } stay) return known.No(BedRefusal.NotFound);
        if (stay.Stage is not HoldStage.Occupied) return known.No(BedRefusal.NotThere);
        return new(known.Without(stay, GoneHow.Left, now).StampCounts(now, Note(BedEventKind.Left, now, holdId, by)));
    }

    /// <summary>What ended, to be had again; null when its beds are no longer free.</summary>
    private static BedHold? Again(BedLedger ledger, GoneHold gone) => ledger.HasFree(gone.Beds) && ledger.Holds.Length < BedLedger.MaxHolds
        ? new BedHold { Id = gone.Id, Stage = HoldStage.Held, Beds = gone.Beds, AskedAt = gone.AskedAt, ArrivedAt = gone.ArrivedAt, Nights = gone.Nights, Code = gone.Code, EndedBefore = gone.How }
        : null;

    private static BedChange In(BedLedger ledger, BedHold hold, string by, DateTimeOffset now) =>
        new(ledger.With(Occupied(hold, now)).StampCounts(now, Note(BedEventKind.Arrived, now, hold.Id, by)));

    internal static BedHold Occupied(BedHold hold, DateTimeOffset now) =>
        hold with { Stage = HoldStage.Occupied, ExpiresAt = null, Renewed = false, ExpectedAt = null, Until = null, ArrivedAt = hold.ArrivedAt ?? now, MeetAt = null };
}
