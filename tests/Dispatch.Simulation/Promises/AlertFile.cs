using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;

namespace Dispatch.Simulation.Promises;

/// <summary>What the checkers know of one alert.</summary>
internal sealed class AlertFile
{
    /// <summary>As last written to the disk.</summary>
    public Alert? Stored { get; set; }
    public bool Watched { get; set; }
    public bool Reminded { get; set; }

    /// <summary>She has read "received", and for when.</summary>
    public DateTimeOffset? Answered { get; set; }
    public long AnsweredVersion { get; set; }

    /// <summary>Since when nobody has filled it and nobody has taken it, in time that really passed.</summary>
    public DateTimeOffset? UnmetSince { get; set; }

    /// <summary>When its version last changed, in time that really passed.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Offers whose people called for help for themselves and whose item no human has ended.</summary>
    public SortedSet<int> Panics { get; } = [];

    /// <summary>Since when each item beside its own is there, in time that really passed.</summary>
    public SortedDictionary<string, DateTimeOffset> Alarms { get; } = new(StringComparer.Ordinal);

    /// <summary>Its own item that a human handed back and nobody has taken since.</summary>
    public (string Item, string By, DateTimeOffset At)? HandedBack { get; set; }

    /// <summary>When a supervisor said that help goes on, and how far each need had got.</summary>
    public (DateTimeOffset At, ImmutableArray<NeedState> Needs)? WentOn { get; set; }

    /// <summary>For whom each request for beds was, from when it was written down until its house answered.</summary>
    public Dictionary<int, List<Guests>> Guests { get; } = [];

    /// <summary>Since when each house owes an answer, in time that really passed.</summary>
    public SortedDictionary<int, (BedState For, DateTimeOffset Since)> BedsOwed { get; } = [];

    public HashSet<int> EverAccepted { get; } = [];
    public HashSet<string> Trail { get; } = new(StringComparer.Ordinal);
    public HashSet<string> History { get; } = new(StringComparer.Ordinal);

    /// <summary>What each person's own page was last told of it.</summary>
    public Dictionary<string, AlertTold> Told { get; } = new(StringComparer.Ordinal);
}
