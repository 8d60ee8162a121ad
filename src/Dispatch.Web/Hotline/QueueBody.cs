using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Hotline;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;
using Dispatch.Web.Tenancy;

namespace Dispatch.Web.Hotline;

/// <param name="Items">What needs a human, or has one.</param>
/// <param name="Open">Alerts of the line that are open and need no human now.</param>
public sealed record QueueBody(string Line, DateTimeOffset Now, long Version, ImmutableArray<ItemBody> Items, ImmutableArray<OpenAlertBody> Open);

public sealed record OpenAlertBody(
    string AlertId, string? ItemId, DateTimeOffset RaisedAt, ImmutableArray<Need> Needs, AreaBody Area, PersonBody? TakenBy, bool Exercise, long Version);

public sealed record ItemBody(
    string ItemId, string? AlertId, RingReason Reason, QueueState State, DateTimeOffset RaisedAt, DateTimeOffset RingsAt, ImmutableArray<Need> Needs, AreaBody Area,
    PersonBody? TakenBy, DateTimeOffset? TakenAt, bool Exercise, long Version, string? OfferId = null, TransferredBody? Offered = null)
{
    /// <summary>The number that rang or wrote; absent for what is about an alert alone.</summary>
    public string? ContactId { get; init; }

    /// <summary>As it was chosen on the telephone.</summary>
    public string? Language { get; init; }

    /// <summary>The item's one clock: by then a human should have it. What is untaken comes in this order.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Since when whoever has it is gone from her console. It rings for everybody, and anybody may take it.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>The phones' turn had come, and neither the duty officer nor the backup may know of it: it rings on the consoles alone. Absent otherwise.</summary>
    public bool? NobodyToCall { get; init; }
}

/// <summary>Its holder offers it to others; nobody else may take it, and it calls her again when it is over.</summary>
/// <param name="To">The first of them who takes it has it.</param>
/// <param name="Until">Nobody takes it after that.</param>
/// <param name="Over">Nobody takes it any more: the time is up, or everybody said no.</param>
public sealed record TransferredBody(ImmutableArray<PersonBody> To, DateTimeOffset At, DateTimeOffset Until, bool Over);

/// <summary>Queue items as the consoles show them, with names.</summary>
internal sealed class ItemReading(People people, Tenant tenant, TimeProvider clock)
{
    public async Task<ItemBody> Read(QueueItem item) => new(
        item.ItemId, item.AlertId, item.Reason, item.State, item.RaisedAt, item.RingsAt, item.Needs, new AreaBody(item.Area, tenant.AreaName(item.Area)),
        await people.PersonOrNull(item.TakenBy), item.TakenAt, item.Exercise, item.Version, item.OfferId, await Read(item.Offered))
    {
        ContactId = item.ContactId, Language = item.Language, DueAt = item.DueAt, LeftAt = item.LeftAt, NobodyToCall = item.NobodyToCall ? true : null,
    };

    private async Task<TransferredBody?> Read(Transfer? offered) => offered is null ? null : new TransferredBody(
        [.. await Task.WhenAll(offered.To.Where(to => !offered.Refused.Contains(to)).Select(people.Person))], offered.At, offered.Until, offered.Over(clock.GetUtcNow()));

    public async Task<OpenAlertBody> Read(OpenAlert open) => new(
        open.AlertId, open.TakenItem, open.RaisedAt, open.Needs, new AreaBody(open.Area, tenant.AreaName(open.Area)), await people.PersonOrNull(open.TakenBy), open.Exercise, open.Version);

    /// <summary>An item that has left the queue already, as its claim and its alert know it.</summary>
    public async Task<ItemBody> Read(Alert alert, Claim claim) => new(
        claim.ItemId, alert.Id, RingReason.NewAlert, StateOf(claim), alert.RaisedAt, alert.Ring?.At ?? alert.RaisedAt,
        [.. alert.Needs.Select(n => n.Need)], new AreaBody(alert.Area, tenant.AreaName(alert.Area)), claim.State is ClaimState.HandedBack ? null : await people.Person(claim.By), claim.State is ClaimState.HandedBack ? null : claim.At, alert.Exercise, alert.Version);

    public async Task<ItemBody> Read(Contact contact, Claim claim) => new(
        claim.ItemId, contact.Tie?.AlertId, RingReason.CallRinging, StateOf(claim), claim.At, claim.At, [], new AreaBody(contact.Area, tenant.AreaName(contact.Area)),
        claim.State is ClaimState.HandedBack ? null : await people.Person(claim.By), claim.State is ClaimState.HandedBack ? null : claim.At, false, contact.Version)
    {
        ContactId = contact.Id, Language = contact.Language,
    };

    private static QueueState StateOf(Claim claim) => claim.State switch
    {
        ClaimState.Taken => QueueState.Taken,
        ClaimState.Closed => QueueState.Closed,
        ClaimState.HandedBack => QueueState.Ringing,
        _ => throw new System.Diagnostics.UnreachableException($"claim {claim.State}"),
    };
}
