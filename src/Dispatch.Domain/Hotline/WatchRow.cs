using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;

namespace Dispatch.Domain.Hotline;

/// <summary>
/// Written with the alert, swept by every host: from it alone the item rings in the queue, without one line of the alert's own code running.
/// </summary>
public sealed record WatchRow
{
    public const int CurrentSchema = 1;

    public int SchemaVersion { get; init; } = CurrentSchema;
    public required string AlertId { get; init; }
    public required string Line { get; init; }
    public required string Area { get; init; }
    public required long Version { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }
    public required bool Exercise { get; init; }
    public ImmutableArray<Need> Needs { get; init; } = [];

    /// <summary>The item in the queue; null when the alert needs no human now.</summary>
    public string? ItemId { get; init; }
    public RingReason? Reason { get; init; }
    public DateTimeOffset? HumanAt { get; init; }

    /// <summary>Items beside the alert's own, also of an ended one.</summary>
    public ImmutableArray<WatchItem> Alarms { get; init; } = [];
    /// <summary>The ringing has begun. A clock that is set back afterwards does not silence it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Begun { get; init; }

    /// <summary>Over; the row stays until everybody who is owed that news has it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Ended { get; init; }

    /// <summary>Who took an item of this alert last, and which.</summary>
    public string? TakenBy { get; init; }
    public string? TakenItem { get; init; }

    /// <summary>Who may not even see the item, by opaque id, and whether police recipients may.</summary>
    public ImmutableArray<string> ExcludedPeople { get; init; } = [];
    public ImmutableArray<string> ExcludedOrganisations { get; init; } = [];
    public bool PoliceMayKnow { get; init; }

    /// <summary>Set where it is no alert but a number that somebody rang or wrote from; <see cref="AlertId"/> is then its id.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WatchedContact? Contact { get; init; }

    /// <summary>When the alert itself next has something to do.</summary>
    public DateTimeOffset? NextDue { get; init; }

    /// <summary>Everything of this alert that needs a human, or has one.</summary>
    [JsonIgnore]
    public IEnumerable<WatchItem> Items => ItemId is { } id && HumanAt is { } at ? Alarms.Prepend(new WatchItem(id, Reason ?? RingReason.NewAlert, at, Begun: Begun)) : Alarms;

    /// <summary>As <see cref="Reading.Allows"/>, from the row alone.</summary>
    public bool MayBeSeenBy(string account, OrganisationFacts organisation)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        return !ExcludedPeople.Contains(account) && !ExcludedOrganisations.Contains(organisation.Id) && (PoliceMayKnow || !organisation.NeedsBasis);
    }

    public static WatchRow Of(Alert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return new WatchRow
        {
            AlertId = alert.Id,
            Line = alert.Line,
            Area = alert.Area,
            Version = alert.Version,
            RaisedAt = alert.RaisedAt,
            Exercise = alert.Exercise,
            Needs = alert.Needs.IsEmpty ? alert.Wished : [.. alert.Needs.Where(n => n.Stage is not NeedStage.Closed).Select(n => n.Need)],
            ItemId = alert.Ring?.ItemId,
            Reason = alert.Ring?.Reason,
            Alarms = [.. alert.Alarms.Select(a => new WatchItem(a.Ring.ItemId, a.Ring.Reason, a.Ring.At, a.Offer is { } no ? new OfferId(alert.Id, no).ToString() : null, a.Ring.Begun))],
            Ended = alert.Stage is Stage.Ended,
            HumanAt = alert.Ring?.At,
            Begun = alert.Ring is { Begun: true },
            ExcludedPeople = alert.Exclusions.Responders,
            ExcludedOrganisations = alert.Exclusions.Organisations,
            PoliceMayKnow = Disclosure.HasBasis(alert),
            TakenBy = alert.Taken?.By,
            TakenItem = alert.Taken?.ItemId,
            NextDue = Silence.NextDue(alert),
        };
    }
}

/// <param name="OfferId">Whom it is about, where it is about somebody on the way.</param>
/// <param name="Begun">It rings, whatever a clock says later.</param>
public sealed record WatchItem(
    string ItemId,
    RingReason Reason,
    DateTimeOffset At,
    string? OfferId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Begun = false)
{
    /// <summary>By when a human should have it, where that is later than the moment it began to ring.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DueAt { get; init; }
}

/// <param name="AlertId">The alert that it is about, where there is one.</param>
/// <param name="Language">As it was chosen.</param>
public sealed record WatchedContact(string? AlertId, string? Language);

public enum QueueState { Waiting = 1, Ringing = 2, Taken = 3, Closed = 4 }

/// <summary>One line of the queue, made of a watch row and its claim.</summary>
public sealed record QueueItem(
    string ItemId,
    string? AlertId,
    RingReason Reason,
    QueueState State,
    DateTimeOffset RaisedAt,
    DateTimeOffset RingsAt,
    ImmutableArray<Need> Needs,
    string Area,
    bool Exercise,
    string? TakenBy,
    DateTimeOffset? TakenAt,
    long Version,
    string? OfferId = null,
    Transfer? Offered = null)
{
    /// <summary>The number that rang or wrote; null for what is about an alert alone.</summary>
    public string? ContactId { get; init; }
    public string? Language { get; init; }

    /// <summary>Its one clock: by then a human should have it.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>Since when whoever has it is gone from her console: it is hers, and rings for everybody.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>Its phones' turn had come, and there was nobody who may know of it.</summary>
    public bool NobodyToCall { get; init; }

    /// <summary>It needs somebody now: nobody has it, or whoever has it is gone.</summary>
    [JsonIgnore]
    public bool Calls => State is QueueState.Ringing or QueueState.Waiting || LeftAt is not null;

    public static QueueItem Of(WatchRow row, WatchItem item, Claim? claim, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(item);
        var state = claim?.State switch
        {
            null => item.Begun || item.At <= now ? QueueState.Ringing : QueueState.Waiting,
            ClaimState.HandedBack => QueueState.Ringing,
            ClaimState.Taken => QueueState.Taken,
            ClaimState.Closed => QueueState.Closed,
            _ => throw new System.Diagnostics.UnreachableException($"claim {claim.State}"),
        };
        return new QueueItem(item.ItemId, row.Contact is { } contact ? contact.AlertId : row.AlertId, item.Reason, state, row.RaisedAt, item.At, row.Needs, row.Area, row.Exercise,
            claim?.State is ClaimState.Taken or ClaimState.Closed ? claim.By : null, claim?.State is ClaimState.Taken or ClaimState.Closed ? claim.At : null, row.Version, item.OfferId, claim?.Offered)
        {
            ContactId = row.Contact is null ? null : row.AlertId,
            Language = row.Contact?.Language,
            DueAt = item.DueAt ?? item.At,
            LeftAt = claim is { State: ClaimState.Taken, Left: { } left } ? left.At : null,
        };
    }
}

/// <summary>An alert that is open and needs no human now: somebody has accepted. The line goes on seeing it.</summary>
/// <param name="TakenItem">The item with which a human once took it; closing that item ends the alert.</param>
public sealed record OpenAlert(
    string AlertId,
    DateTimeOffset RaisedAt,
    ImmutableArray<Need> Needs,
    string Area,
    bool Exercise,
    string? TakenBy,
    string? TakenItem,
    long Version)
{
    public static OpenAlert Of(WatchRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new OpenAlert(row.AlertId, row.RaisedAt, row.Needs, row.Area, row.Exercise, row.TakenBy, row.TakenItem, row.Version);
    }
}
