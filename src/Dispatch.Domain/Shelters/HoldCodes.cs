namespace Dispatch.Domain.Shelters;

/// <summary>
/// Three digits that name a hold in a text. They are no secret and open nothing: the PIN does that. No two holds that a house knows have the same, also not one that ended within a
/// day, so that a late answer meets the hold that it was meant for or none.
/// </summary>
public static class HoldCodes
{
    public const int First = 100;
    public const int Last = 999;

    /// <summary>The same for the same history, so that a simulation repeats itself; far from the one before, so that a slip of the thumb is not the other's.</summary>
    public static int For(BedLedger ledger, string holdId)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        const int all = Last - First + 1;
        var start = (int)(Spread(holdId) % all);
        return Enumerable.Range(0, all).Select(i => First + ((start + i) % all)).First(code => ledger.Holds.All(h => h.Code != code) && ledger.Gone.All(g => g.Code != code));
    }

    /// <summary>FNV-1a: the platform's own hash of a string is another at each start.</summary>
    private static uint Spread(string text) => text.Aggregate(2166136261u, (hash, c) => unchecked((hash ^ c) * 16777619u));
}
