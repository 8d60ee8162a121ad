using Dispatch.Domain.Alerts;

namespace Dispatch.Grains.Tests.BusyHours;

/// <summary>One thing that somebody has to take, as it follows from what women and call-takers did; nothing of it is asked of the line.</summary>
/// <param name="Owner">The number, or the alert.</param>
/// <param name="Since">Since when she waits.</param>
/// <param name="DueAt">By when somebody should have it.</param>
/// <param name="From">Since when this one rings: later than <paramref name="Since"/> where it was given back.</param>
/// <param name="Again">It was given back.</param>
internal sealed record Thing(string Owner, RingReason Reason, DateTimeOffset Since, DateTimeOffset DueAt, DateTimeOffset From, bool Again)
{
    /// <summary>The line's own name of it, learned when it is first shown.</summary>
    public string? ItemId { get; set; }
    public Person? Holder { get; set; }
    public DateTimeOffset HeldSince { get; set; }

    /// <summary>As the queue says; the model only says when it must and when it must not.</summary>
    public DateTimeOffset? LeftAt { get; set; }

    /// <summary>Who was phoned for it and when: while nobody had it, and since its holder is gone.</summary>
    public Dictionary<string, DateTimeOffset> Phoned { get; } = [];

    public override string ToString() => $"{Owner} {Reason} since {Since:HH:mm:ss} {(Holder is null ? "untaken" : $"of {Holder.Name}")}";
}

/// <summary>Somebody at a console.</summary>
internal sealed record Person(string Name)
{
    /// <summary>Her console is open, and she does what she should.</summary>
    public bool There { get; set; } = true;
    public DateTimeOffset? BackAt { get; set; }
    public DateTimeOffset ReadAt { get; set; }

    /// <summary>What she works on, and until when.</summary>
    public List<(Thing Thing, DateTimeOffset Until)> Hands { get; } = [];
}

/// <summary>One woman, and what she does.</summary>
/// <param name="At">When she begins.</param>
/// <param name="Patience">How long she waits for an answer.</param>
internal sealed record Woman(Contacts.Telephone Hers, string Alert, Way Way, DateTimeOffset At, TimeSpan Patience)
{
    public bool Began { get; set; }
    public bool Wrote { get; set; }
    public bool OnTheLine { get; set; }
    public DateTimeOffset? HangsUpAt { get; set; }

    /// <summary>Of her call: when a human first had it, and whether somebody spoke with her.</summary>
    public DateTimeOffset? TakenAt { get; set; }
    public bool Spoken { get; set; }
    public int Closed { get; set; }
}

/// <summary>How she comes: she rings; rings and writes as well; lets it ring once; writes; asks for help by the menu; rings and presses nine.</summary>
internal enum Way { Rings, RingsAndWrites, Misses, Writes, Menu, PressesNine }
