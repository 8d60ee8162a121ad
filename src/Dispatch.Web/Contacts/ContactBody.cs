using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Survivors;
using Dispatch.Web.Problems;
using Dispatch.Web.Survivors;

namespace Dispatch.Web.Contacts;

/// <summary>One number on one line, as call-takers see it.</summary>
/// <param name="Number">In the clear, because a human has to ring it; absent where the network withheld it. That it was read is audited.</param>
/// <param name="MayText">Whether a text may go there now.</param>
public sealed record LineContactBody(
    string ContactId, string Line, string? Number, string? Language, MarkBody? Mark, bool MayText, ImmutableArray<ContactItemBody> Items, ImmutableArray<ContactCallBody> Calls,
    ImmutableArray<ContactTextBody> Texts, TieBody? Tie, ImmutableArray<TieBody> FormerTies, CallBackBody? CallBack, ImmutableArray<ContactEventBody> Events, long Version)
{
    /// <summary>Enough to tell one number from another; all that is shown where the line itself rings her.</summary>
    public string? Masked { get; init; }

    /// <summary>The line can ring her by its neutral number. Dialled by hand, a call-taker's own telephone would stand in the woman's list of calls.</summary>
    public bool ThroughLine { get; init; }

    /// <summary>How much more came than is kept, at least, since somebody last closed what it rang for.</summary>
    public int NotKept { get; init; }

    /// <summary>What the number asked for since it is tied to that alert, and what waits to be brought to one. Where the alert takes nothing more from her phone it stands here and nowhere else.</summary>
    public ImmutableArray<Need> Asked { get; init; } = [];

    /// <summary>How old she said that she is, with it.</summary>
    public AgeBandWord? AskedAge { get; init; }

    /// <summary>Alerts that name this number without anything having come from it: the same event, perhaps. Tied by a human, or by nobody.</summary>
    public ImmutableArray<HintBody> Hints { get; init; } = [];
}

/// <param name="At">When the number was named.</param>
/// <param name="Open">Somebody still sees to it.</param>
public sealed record HintBody(string AlertId, DateTimeOffset At, IntakeChannel? Channel, bool Open);

public sealed record ContactItemBody(string ItemId, RingReason Reason, DateTimeOffset Since, DateTimeOffset DueAt, PersonBody? TakenBy, bool OnTheLine);

public sealed record ContactCallBody(DateTimeOffset At, DateTimeOffset? ConnectedAt, DateTimeOffset? OverAt, bool ToHer);

public sealed record ContactTextBody(DateTimeOffset At, string Text);

/// <param name="Merged">How many later events were taken as being about the same.</param>
public sealed record TieBody(string AlertId, DateTimeOffset At, bool Raised, int Merged, DateTimeOffset? UntiedAt)
{
    /// <summary>The kind of event that tied it, "staff" where a human did, "over" where the one before it had ended; absent where that is no longer known.</summary>
    public string? How { get; init; }
    public PersonBody? By { get; init; }
}

/// <param name="Over">Why the machine rings no more; absent while it does.</param>
public sealed record CallBackBody(DateTimeOffset MissedAt, int Tries, string? Over)
{
    /// <summary>The human who rings her; absent where the machine does.</summary>
    public PersonBody? By { get; init; }

    /// <summary>Her telephone rings now, at most until then.</summary>
    public DateTimeOffset? RingsUntil { get; init; }
}

public sealed record ContactEventBody(ContactEventKind Kind, DateTimeOffset At, PersonBody? By);

public sealed record MarkBody
{
    public required bool MayCall { get; init; }
    public required bool MayText { get; init; }

    /// <summary>Local time, as 08:00.</summary>
    public string? From { get; init; }
    public string? Until { get; init; }

    /// <summary>Nothing goes to this number any more.</summary>
    public bool Unsafe { get; init; }

    /// <summary>What she wants when the line drops while she talks; absent: as it was.</summary>
    public IfDropped? IfDropped { get; init; }

    /// <summary>Left from before the number was forgotten: what it forbids holds, and nothing is allowed by it until the number is marked anew. Only shown.</summary>
    public bool Kept { get; init; }
}

public sealed record TieAlertBody
{
    public required string AlertId { get; init; }
}

public sealed record UntieBody
{
    public required string AlertId { get; init; }

    /// <summary>What was taken as part of that alert becomes one of its own.</summary>
    public bool Separate { get; init; }
}
