namespace Dispatch.Domain.Alerts;

/// <summary>What a clock that cannot be trusted means: never that somebody waits longer.</summary>
public static class Clock
{
    /// <summary>Clocks of two hosts differ by this much in health; less is no clock that went back.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    public static bool WentBack(Alert alert, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return now < alert.LastNow - Skew;
    }

    /// <summary>
    /// After everything that was due is done, the corrected clock is the clock: what is decided from here on waits its own time again. Steps that nobody
    /// could enter meanwhile, as while a human has it, wait from now and not from a time that the clock has yet to reach.
    /// </summary>
    public static Alert Accept(Alert alert, DateTimeOffset now) =>
        WentBack(alert, now) ? alert with { LastNow = now, Needs = [.. alert.Needs.Select(n => n with { WaitsFrom = now })] } : alert;

    /// <summary>Whatever is due at or before this is due now: everything, when the clock reads earlier than the last decision.</summary>
    public static DateTimeOffset DueUntil(Alert alert, DateTimeOffset now) => WentBack(alert, now) ? DateTimeOffset.MaxValue : now;
}
