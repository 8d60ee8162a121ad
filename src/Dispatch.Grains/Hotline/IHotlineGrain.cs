using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.Organisations;
using Orleans;
using Orleans.Concurrency;

namespace Dispatch.Grains.Hotline;

/// <summary>One toll-free line: who has taken which item. The queue itself is made of the watch rows, so it rings without any alert's help.</summary>
[Alias("dispatch.hotline")]
public interface IHotlineGrain : IGrainWithStringKey
{
    /// <summary>Compare-and-set: one human gets it, everybody else is told who. Nudge the alert afterwards.</summary>
    [Alias("take"), ResponseTimeout("00:00:05")]
    Task<ClaimResult> Take(string itemId, string by);

    /// <summary>Ends an item one has taken, with an outcome.</summary>
    [Alias("close"), ResponseTimeout("00:00:05")]
    Task<ClaimResult> Close(string itemId, string by, EndedHow outcome);

    /// <summary>Gives back an item one has taken; it rings again. Nudge the alert afterwards.</summary>
    [Alias("handBack"), ResponseTimeout("00:00:05")]
    Task<ClaimResult> HandBack(string itemId, string by);

    /// <summary>Whoever has it offers it to these people: the first of them who takes it has it. Nobody does within <see cref="Transfer.AnswerWithin"/>: it calls its holder again.</summary>
    [Alias("offer"), ResponseTimeout("00:00:05")]
    Task<ClaimResult> Offer(string itemId, string by, ImmutableArray<string> to);

    /// <summary>Somebody it is offered to does not take it.</summary>
    [Alias("refuse"), ResponseTimeout("00:00:05")]
    Task<ClaimResult> Refuse(string itemId, string by);

    /// <summary>A supervisor has it from now on, whoever had it. Nudge the alert afterwards.</summary>
    [Alias("takeOver"), ResponseTimeout("00:00:05")]
    Task<ClaimResult> TakeOver(string itemId, string by);

    /// <summary>Called by alerts: who has these items; items nobody claimed are absent. Whoever has one and reads the queue no more is found out here.</summary>
    [Alias("claims"), ResponseTimeout("00:00:05")]
    Task<ImmutableArray<Claim>> Claims(ImmutableArray<string> itemIds);

    /// <summary>Called by a number of which nothing is open and nothing is kept any more: who had what of it is forgotten too, and its items may be counted from the first again. Idempotent.</summary>
    [Alias("forget"), ResponseTimeout("00:00:05")]
    Task Forget(string contact);

    /// <summary>Called by alerts after a change of their item; tells the consoles to fetch.</summary>
    [Alias("changed"), ResponseTimeout("00:00:05")]
    Task Changed();

    /// <summary>Called by alerts and numbers whose phones' turn has come, where nobody of the chain may know of it: the consoles say so. Said again while that is so.</summary>
    [Alias("nobodyToCall"), ResponseTimeout("00:00:05")]
    Task NobodyToCall(ImmutableArray<string> itemIds);

    /// <summary>What this person of this organisation may see of the queue; without one, all of it. Who reads it as somebody is there: what she has rings for nobody else.</summary>
    [Alias("queue"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<QueueView> Queue(Reader? reader = null);
}

[Immutable]
public sealed record ClaimResult(Refusal? Refused, Claim? Claim, QueueItem? Item = null);

[Immutable]
public sealed record Reader(string Account, OrganisationFacts Organisation);

[Immutable]
public sealed record QueueView(ImmutableArray<QueueItem> Items, ImmutableArray<OpenAlert> Open, DateTimeOffset Now, long Version);
