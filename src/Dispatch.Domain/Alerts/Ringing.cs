using System.Globalization;
using Dispatch.Domain.Protocols;

namespace Dispatch.Domain.Alerts;

/// <summary>The item in the line's queue: it exists from the raise, rings until a human takes it, and goes when every need is filled.</summary>
public static class Ringing
{
    public static string ItemId(string alertId, RingReason reason, int ordinal)
    {
        var word = EnumWords.Of(reason);
        return ordinal == 1 ? $"{alertId}:{word}" : string.Create(CultureInfo.InvariantCulture, $"{alertId}:{word}.{ordinal}");
    }

    /// <summary>Item ids carry their alert.</summary>
    public static string? AlertOf(string itemId)
    {
        ArgumentNullException.ThrowIfNull(itemId);
        var colon = itemId.LastIndexOf(':');
        return colon > 0 ? itemId[..colon] : null;
    }

    /// <summary>
    /// Rings for a new reason under a new item id: a human who took the first alert has not thereby seen that the nurse fell silent. An
    /// item that nobody has taken yet and that sounds no later stays as it is; duress always gets its own.
    /// </summary>
    internal static Alert RingFor(this Alert alert, RingReason reason, DateTimeOffset at)
    {
        if (alert.Ring is { } open && !alert.Covered && (open.Begun || open.At <= at) && reason is not RingReason.Duress) return alert;
        var ordinal = alert.Rings + 1;
        return (alert with { Ring = new Ring(ItemId(alert.Id, reason, ordinal), reason, at), Rings = ordinal }).Tell(Pending.Queue);
    }

    internal static Alert ClearRing(this Alert alert) =>
        alert.Ring is null ? alert : (alert with { Ring = null }).Tell(Pending.Queue);

    /// <summary>Clears the item when nothing is left to ask and no supervisor has to decide.</summary>
    internal static Alert ClearRingWhenFilled(this Alert alert) =>
        !alert.StandingOff && !alert.Late && alert.Needs.Length > 0 && alert.Needs.All(n => n.Stage is not NeedStage.Asking) && alert.Needs.Any(n => n.Stage is NeedStage.Filled)
            ? alert.ClearRing()
            : alert;

    /// <summary>What comes next for an item that nobody has taken: it begins to ring, then the duty officer's phone, then the backup's; null when all were called.</summary>
    internal static DateTimeOffset? NextAt(Ring ring, Rules? waits)
    {
        if (!ring.Begun) return ring.At;
        if (ring.DutyOfficerToldAt is not { } told) return ring.At.AddSeconds(waits?.DutyOfficerAfterSeconds ?? 60);
        return ring.BackupToldAt is null ? told.AddSeconds(waits?.BackupAfterSeconds ?? 60) : null;
    }

    internal static (Ring Next, HistoryKind Said, string Told) Next(Ring ring, DateTimeOffset now) =>
        !ring.Begun ? (ring with { Begun = true }, HistoryKind.Ringing, Pending.Queue)
        : ring.DutyOfficerToldAt is null ? (ring with { DutyOfficerToldAt = now }, HistoryKind.DutyOfficerTold, Pending.DutyOfficer)
        : (ring with { BackupToldAt = now }, HistoryKind.BackupTold, Pending.Backup);

    /// <summary>Items that nobody has taken and for which this person's turn has come.</summary>
    public static IEnumerable<Ring> Calling(Alert alert, string person)
    {
        ArgumentNullException.ThrowIfNull(alert);
        var untaken = alert.Alarms.Where(a => a.Taken is null).Select(a => a.Ring);
        if (alert is { Stage: Stage.Open, Ring: { } own, Covered: false }) untaken = untaken.Prepend(own);
        return untaken.Where(r => (person == Pending.DutyOfficer ? r.DutyOfficerToldAt : r.BackupToldAt) is not null);
    }
}
