using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Dispatch.Domain.Hotline;

/// <summary>An item that its holder offers to somebody else. It stays hers until one of them takes it, and calls her again when none of them does.</summary>
public sealed record Transfer(ImmutableArray<string> To, DateTimeOffset At)
{
    /// <summary>Long enough to end a sentence; then whoever offered it looks for somebody else.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(60);

    /// <summary>Those who said no.</summary>
    public ImmutableArray<string> Refused { get; init; } = [];

    [JsonIgnore]
    public DateTimeOffset Until => At + AnswerWithin;

    /// <summary>Nobody will take it any more: the time is up, or everybody said no.</summary>
    public bool Over(DateTimeOffset now) => now >= Until || To.All(Refused.Contains);

    public bool MayBeTakenBy(string account, DateTimeOffset now) => To.Contains(account) && !Refused.Contains(account) && !Over(now);
}

/// <summary>How an item goes from one person to another without leaving anybody's sight.</summary>
public static class Transfers
{
    /// <summary>Decides an offer: only the person who has it offers it. The same offer again, while it stands, changes nothing.</summary>
    public static (Claim? Next, Refusal? Why) Offer(Claim? current, string by, ImmutableArray<string> to, DateTimeOffset now) => current switch
    {
        { State: ClaimState.Taken, Offered: { } offered } when current.By == by && !offered.Over(now) && offered.To.SequenceEqual(to) => (current, null),
        { State: ClaimState.Taken } when current.By == by => (current with { Offered = new Transfer(to, now) }, null),
        { State: ClaimState.Closed } => (null, Refusal.ItemClosed),
        null or { State: ClaimState.Taken or ClaimState.HandedBack } => (null, Refusal.NotYours),
        _ => throw new System.Diagnostics.UnreachableException($"claim {current.State}"),
    };

    /// <summary>Decides a no: it stays with whoever offered it.</summary>
    public static (Claim? Next, Refusal? Why) Refuse(Claim? current, string by) => current switch
    {
        { State: ClaimState.Taken, Offered: { } offered } when offered.Refused.Contains(by) => (current, null),
        { State: ClaimState.Taken, Offered: { } offered } when offered.To.Contains(by) => (current with { Offered = offered with { Refused = offered.Refused.Add(by) } }, null),
        { State: ClaimState.Closed } => (null, Refusal.ItemClosed),
        null or { State: ClaimState.Taken or ClaimState.HandedBack } => (null, Refusal.NotYours),
        _ => throw new System.Diagnostics.UnreachableException($"claim {current.State}"),
    };

    /// <summary>Decides a taking over: a supervisor has it from now on, whoever had it.</summary>
    public static (Claim? Next, Refusal? Why) TakeOver(Claim? current, string itemId, string by, DateTimeOffset now) => current switch
    {
        { State: ClaimState.Closed } => (null, Refusal.ItemClosed),
        { State: ClaimState.Taken } when current.By == by => (current, null),
        null or { State: ClaimState.Taken or ClaimState.HandedBack } => (new Claim(itemId, ClaimState.Taken, by, now), null),
        _ => throw new System.Diagnostics.UnreachableException($"claim {current.State}"),
    };
}
