namespace Dispatch.Domain.Shelters;

/// <summary>
/// When the ledger may forget that a hold ended. A tombstone stands against one thing: the same hold arriving, or arriving again, after its release. Its release
/// says when it was asked for, in the asker's own words; whatever is forgotten leaves that time behind as a floor, and a hold that nobody here knows and that was
/// asked for no later is refused. So forgetting is safe at any age and at any bound, whatever networks and clocks do: it can only refuse too much, and whoever is
/// refused asks anew.
/// </summary>
public static class Forgetting
{
    /// <summary>Long enough to answer repeats and to put mistakes right.</summary>
    public static readonly TimeSpan After = TimeSpan.FromDays(1);

    /// <summary>An asker's clock runs ahead of ours by no more than this; or one wrong clock would push the floor up and shut the house.</summary>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(10);

    public static BedLedger LongOver(BedLedger ledger, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        var tooMany = ledger.Gone.Length - BedLedger.MaxGone;
        var over = ledger.Gone.Where(g => g.At + After <= now).ToHashSet();
        if (tooMany > over.Count) over.UnionWith(ledger.Gone.Except(over).OrderBy(g => g.AskedAt).Take(tooMany - over.Count));
        if (over.Count == 0) return ledger;
        var floor = over.Max(g => g.AskedAt < now + MaxAhead ? g.AskedAt : now + MaxAhead);
        return ledger with { Gone = ledger.Gone.RemoveAll(over.Contains), AskedFloor = ledger.AskedFloor > floor ? ledger.AskedFloor : floor };
    }
}
