namespace Dispatch.Domain.Hotline;

/// <summary>
/// Whoever has an item reads the line's queue no more: her browser died, or her network. It stays hers, and rings for everybody beside it until she reads again or somebody else takes it.
/// </summary>
/// <param name="At">When that was found.</param>
public sealed record Left(DateTimeOffset At)
{
    /// <summary>When the duty officer's phone was rung for it, and then the backup's.</summary>
    public DateTimeOffset? DutyOfficerToldAt { get; init; }
    public DateTimeOffset? BackupToldAt { get; init; }
}

/// <summary>Whether whoever has an item still looks at her console, judged by the reading of the queue alone: a connection may live on in a page that shows nothing any more.</summary>
public static class Leaving
{
    /// <summary>Unless the line says otherwise. An open page asks every ten seconds, and a hidden one whenever the line sends a hint.</summary>
    public static readonly TimeSpan GoneAfter = TimeSpan.FromSeconds(60);

    /// <summary>From one leg of the chain to the next, as for what nobody took.</summary>
    private static readonly TimeSpan NextAfter = Alerts.Raising.HumanAfter;

    /// <summary>The claim as it stands by what the line knows of her reading; the same where nothing changes.</summary>
    /// <param name="claim">Hers.</param>
    /// <param name="readAt">When she last read the queue; null where this line's memory, which a restart ends, does not say.</param>
    /// <param name="knownSince">Since when that memory lasts: who did not read before it may have read all the time.</param>
    /// <param name="goneAfter">As the line says.</param>
    /// <param name="now">Now.</param>
    public static Claim Judge(Claim claim, DateTimeOffset? readAt, DateTimeOffset knownSince, TimeSpan goneAfter, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (claim.State is not ClaimState.Taken) return claim;
        // Who never had the queue on a page, as a program has not, has none that could go.
        if (readAt is null && !claim.Read) return claim;
        var judged = claim.Read ? claim : claim with { Read = true };
        // Once she is gone only her reading says that she is back.
        var gone = judged.Left is { } left ? !(readAt >= left.At) : now - Latest(readAt ?? knownSince, claim.At) >= goneAfter;
        return gone == judged.Left is not null ? judged : judged with { Left = gone ? new Left(now) : null };
    }

    /// <summary>Somebody else has to be rung for it, by phone: null while nobody's turn has come.</summary>
    /// <returns>Whether it is the backup's turn.</returns>
    public static bool? Calls(Claim claim, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (claim is not { State: ClaimState.Taken, Left: { } left }) return null;
        if (left.DutyOfficerToldAt is not { } told) return now - left.At >= NextAfter ? false : null;
        return left.BackupToldAt is null && now - told >= NextAfter ? true : null;
    }

    /// <summary>That leg was rung.</summary>
    public static Claim Told(Claim claim, bool backup, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return claim.Left is not { } left ? claim : claim with { Left = backup ? left with { BackupToldAt = now } : left with { DutyOfficerToldAt = now } };
    }

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
