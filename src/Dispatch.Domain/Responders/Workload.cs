using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Responders;

/// <summary>
/// How much a person has to do, counted from what alerts told her, what she needs after it, what she said beforehand, and which areas have to know. The version grows with
/// every change that an area has to know, so that it never goes back to an older one.
/// </summary>
public sealed record Workload
{
    public const int CurrentSchema = 1;

    /// <summary>More than anybody should have waiting; the oldest one goes.</summary>
    public const int MaxDebriefs = 20;

    public int SchemaVersion { get; init; } = CurrentSchema;
    public long Version { get; init; }

    /// <summary>The service areas where she is on duty.</summary>
    public ImmutableArray<string> Areas { get; init; } = [];

    /// <summary>Active assignments. A drill counts in no figure and keeps nobody from a real alert.</summary>
    public int Active { get; init; }
    public Rest? Rest { get; init; }

    /// <summary>Talks with a colleague that she is owed.</summary>
    public ImmutableArray<DebriefDue> Debriefs { get; init; } = [];

    /// <summary>What she said beforehand; null while she said nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Declared? Declared { get; init; }

    public Workload Saying(Declared declared) => this with { Declared = declared, Version = Version + 1 };

    /// <summary>The workload when what she was told went from <paramref name="before"/> to <paramref name="after"/>; the same object when nothing changed.</summary>
    public Workload After(IReadOnlyCollection<AlertTold> before, IReadOnlyCollection<AlertTold> after)
    {
        var known = Resting.Causes(before).Select(c => (c.Offer, c.Why)).ToHashSet();
        var next = Resting.Causes(after).Where(c => !known.Contains((c.Offer, c.Why))).Aggregate(this, (work, cause) => work.With(cause));
        var active = after.Where(t => !t.Exercise).Sum(t => t.Offers.Count(o => o.Assignment is { Active: true }));
        return active == next.Active && next.Rest == Rest ? next : next with { Active = active, Version = Version + 1 };
    }

    /// <summary>She says herself that it was severe. Said twice, it is the same talk.</summary>
    public Workload Severe(RestCause cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        var next = With(cause);
        return next.Rest == Rest ? next : next with { Version = Version + 1 };
    }

    public Workload Debriefed(string id) => Debriefs.Any(d => d.Id == id) ? this with { Debriefs = [.. Debriefs.Where(d => d.Id != id)] } : this;

    private Workload With(RestCause cause) => this with
    {
        Rest = Rest?.Until >= cause.Rest.Until || cause.Rest.Until <= cause.Rest.From ? Rest : cause.Rest,
        // At the start of an assignment there is nothing to talk about yet.
        Debriefs = cause.Why is RestReason.Third || Debriefs.Any(d => d.Id == cause.Offer)
            ? Debriefs
            : [.. Debriefs.Append(new DebriefDue(cause.Offer, cause.Rest.From, cause.Why)).TakeLast(MaxDebriefs)],
    };
}

/// <summary>Not asked in the usual steps; among everybody only when she came on duty anew after it began.</summary>
public sealed record Rest(DateTimeOffset From, DateTimeOffset Until);

public enum RestReason { Night = 1, Severe = 2, Third = 3 }

/// <param name="Id">The offer it is about.</param>
/// <param name="At">When it was over.</param>
/// <param name="Reason">Why she is owed a talk.</param>
public sealed record DebriefDue(string Id, DateTimeOffset At, RestReason Reason);
