using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Hotline;

public enum ClaimState
{
    /// <summary>A named person has it.</summary>
    Taken = 1,

    /// <summary>A named person ended it, with an outcome.</summary>
    Closed = 2,

    /// <summary>The alert no longer needs a human for it; a late take is refused.</summary>
    Cleared = 3,
}

/// <summary>Who has one item of a line's queue. One row per item, decided by compare-and-set.</summary>
public sealed record Claim(string ItemId, ClaimState State, string By, DateTimeOffset At, EndedHow? Outcome = null)
{
    public const int CurrentSchema = 1;
    public int SchemaVersion { get; init; } = CurrentSchema;
}

public static class Claims
{
    /// <summary>Decides a take: the first human has it, the same human has it again, everybody else is told who.</summary>
    public static (Claim? Next, Refusal? Why) Take(Claim? current, string itemId, string by, DateTimeOffset now) => current switch
    {
        null => (new Claim(itemId, ClaimState.Taken, by, now), null),
        { State: ClaimState.Taken } when current.By == by => (current, null),
        { State: ClaimState.Taken } => (null, Refusal.TakenByOther),
        { State: ClaimState.Closed or ClaimState.Cleared } => (null, Refusal.ItemClosed),
        _ => throw new System.Diagnostics.UnreachableException($"claim {current.State}"),
    };

    /// <summary>Decides a close: only the person who has it ends it.</summary>
    public static (Claim? Next, Refusal? Why) Close(Claim? current, string by, EndedHow outcome, DateTimeOffset now) => current switch
    {
        { State: ClaimState.Taken } when current.By == by => (current with { State = ClaimState.Closed, At = now, Outcome = outcome }, null),
        { State: ClaimState.Closed } when current.By == by && current.Outcome == outcome => (current, null),
        { State: ClaimState.Closed or ClaimState.Cleared } => (null, Refusal.ItemClosed),
        null or { State: ClaimState.Taken } => (null, Refusal.NotYours),
        _ => throw new System.Diagnostics.UnreachableException($"claim {current.State}"),
    };
}
