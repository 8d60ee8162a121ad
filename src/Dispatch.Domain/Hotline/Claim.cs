using System.Text.Json.Serialization;
using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Hotline;

public enum ClaimState
{
    /// <summary>A named person has it.</summary>
    Taken = 1,

    /// <summary>A named person ended it, with an outcome.</summary>
    Closed = 2,

    /// <summary>The person who had it gave it back; the next one may take it.</summary>
    HandedBack = 3,
}

/// <summary>Who has one item of a line's queue. One row per item, decided by compare-and-set.</summary>
public sealed record Claim(string ItemId, ClaimState State, string By, DateTimeOffset At, EndedHow? Outcome = null)
{
    public const int CurrentSchema = 1;
    public int SchemaVersion { get; init; } = CurrentSchema;

    /// <summary>To whom its holder offers it; null while she does not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Transfer? Offered { get; init; }

    /// <summary>Its holder had the line's queue on a page when she took it, or since.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Read { get; init; }

    /// <summary>Its holder reads the queue no more; null while she does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Left? Left { get; init; }
}

public static class Claims
{
    /// <summary>Decides a take: the first human has it, the same human has it again and offers it no more, whoever it is offered to gets it, as does anybody while its holder is gone, and everybody else is told who.</summary>
    public static (Claim? Next, Refusal? Why) Take(Claim? current, string itemId, string by, DateTimeOffset now) => current switch
    {
        null or { State: ClaimState.HandedBack } => (new Claim(itemId, ClaimState.Taken, by, now), null),
        { State: ClaimState.Taken } when current.By == by => (current.Offered is null ? current : current with { Offered = null }, null),
        { State: ClaimState.Taken, Offered: { } offered } when offered.MayBeTakenBy(by, now) => (new Claim(itemId, ClaimState.Taken, by, now), null),
        { State: ClaimState.Taken, Left: not null } => (new Claim(itemId, ClaimState.Taken, by, now), null),
        { State: ClaimState.Taken } => (null, Refusal.TakenByOther),
        { State: ClaimState.Closed } => (null, Refusal.ItemClosed),
        _ => throw new System.Diagnostics.UnreachableException($"claim {current.State}"),
    };

    /// <summary>Decides a close: only the person who has it ends it.</summary>
    public static (Claim? Next, Refusal? Why) Close(Claim? current, string by, EndedHow outcome, DateTimeOffset now) => current switch
    {
        { State: ClaimState.Taken } when current.By == by => (current with { State = ClaimState.Closed, At = now, Outcome = outcome, Offered = null, Left = null }, null),
        { State: ClaimState.Closed } when current.By == by && current.Outcome == outcome => (current, null),
        { State: ClaimState.Closed } => (null, Refusal.ItemClosed),
        null or { State: ClaimState.Taken or ClaimState.HandedBack } => (null, Refusal.NotYours),
        _ => throw new System.Diagnostics.UnreachableException($"claim {current.State}"),
    };

    /// <summary>Decides a hand-back: only the person who has it gives it back.</summary>
    public static (Claim? Next, Refusal? Why) HandBack(Claim? current, string by, DateTimeOffset now) => current switch
    {
        { State: ClaimState.Taken } when current.By == by => (current with { State = ClaimState.HandedBack, At = now, Offered = null, Left = null }, null),
        { State: ClaimState.HandedBack } when current.By == by => (current, null),
        { State: ClaimState.Closed } => (null, Refusal.ItemClosed),
        null or { State: ClaimState.Taken or ClaimState.HandedBack } => (null, Refusal.NotYours),
        _ => throw new System.Diagnostics.UnreachableException($"claim {current.State}"),
    };
}
