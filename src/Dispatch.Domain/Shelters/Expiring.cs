using static Dispatch.Domain.Shelters.LedgerChanges;

namespace Dispatch.Domain.Shelters;

/// <summary>A hold that the house did not answer in time is free again. Every rule looks first, so that a timer that is late, early or lost decides nothing.</summary>
public static class Expiring
{
    /// <summary>The ledger as it is at this moment; the same one when nothing ran out.</summary>
    public static BedLedger At(BedLedger ledger, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        // Times that a wrong clock gave cannot be trusted to come: whatever waits for them is due.
        var wentBack = ledger.ClockWentBack(now);
        BedHold[] over = [.. ledger.Holds.Where(h => h.Stage is HoldStage.Held && (wentBack || h.ExpiresAt <= now))];
        if (over is []) return ledger;
        var next = over.Aggregate(ledger, (l, h) => l.Without(h, GoneHow.Expired, now));
        return next.Stamp(now, [.. over.Select(h => Note(BedEventKind.Expired, now, h.Id))]);
    }

    /// <summary>When the next hold runs out, if nobody answers.</summary>
    public static DateTimeOffset? NextAt(BedLedger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return ledger.Holds.Where(h => h.Stage is HoldStage.Held).Min(h => h.ExpiresAt);
    }
}
