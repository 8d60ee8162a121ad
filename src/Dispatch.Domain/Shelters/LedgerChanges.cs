using System.Globalization;

namespace Dispatch.Domain.Shelters;

internal static class LedgerChanges
{
    public static BedEvent Note(BedEventKind kind, DateTimeOffset at, string? hold = null, string? by = null, string? detail = null) => new("", at, kind, hold, by, detail);

    /// <summary>The next version of the ledger, its history lines numbered by that version, without what it need no longer remember.</summary>
    public static BedLedger Stamp(this BedLedger next, DateTimeOffset now, params ReadOnlySpan<BedEvent> events)
    {
        var version = next.Version + 1;
        var trail = next.Trail.ToBuilder();
        for (var i = 0; i < events.Length; i++) trail.Add(events[i] with { Id = string.Create(CultureInfo.InvariantCulture, $"{version:D10}.{i:D3}") });
        // A clock that went back has had its effect on what was pending; from here on it is the clock.
        var at = next.ClockWentBack(now) || now > next.LastNow ? now : next.LastNow;
        return Forgetting.LongOver(next with { Version = version, Trail = trail.ToImmutable(), LastNow = at }, now);
    }

    /// <summary>The same, where what staff count has changed.</summary>
    public static BedLedger StampCounts(this BedLedger next, DateTimeOffset now, params ReadOnlySpan<BedEvent> events) => (next with { CountsVersion = next.Version + 1 }).Stamp(now, events);

    public static BedLedger With(this BedLedger ledger, BedHold hold) =>
        ledger with { Holds = ledger.Find(hold.Id) is { } known ? ledger.Holds.Replace(known, hold) : ledger.Holds.Add(hold), Gone = ledger.Gone.RemoveAll(g => g.Id == hold.Id) };

    public static BedLedger Without(this BedLedger ledger, BedHold hold, GoneHow how, DateTimeOffset now) => ledger with
    {
        Holds = ledger.Holds.Remove(hold),
        Gone = ledger.Gone.Add(new GoneHold(hold.Id, hold.AskedAt, how, now, hold.Beds) { ArrivedAt = hold.ArrivedAt, Nights = hold.Nights, Code = hold.Code }),
    };

    public static BedLedger WithGone(this BedLedger ledger, string hold, Func<GoneHold, GoneHold> change)
    {
        var gone = ledger.FindGone(hold)!;
        return ledger with { Gone = ledger.Gone.Replace(gone, change(gone)) };
    }

    public static BedChange No(this BedLedger ledger, BedRefusal why) => new(ledger, why);
}
