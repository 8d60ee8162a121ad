using System.Collections.Immutable;
using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Conversations;

/// <summary>What is done about one text. One text is one event, whatever stands in it.</summary>
public sealed record Turn(Conversation Next)
{
    public string? Language { get; init; }

    /// <summary>She asks for help: raised, or part of the alert that is open.</summary>
    public bool Raise { get; init; }
    public ImmutableArray<Need> Needs { get; init; } = [];
    public AgeBand? Age { get; init; }

    /// <summary>A human reads it: nobody understood it, or a machine must not decide it.</summary>
    public bool NeedsHuman { get; init; }

    /// <summary>She wants no texts, or somebody who has her phone says so: the number is no longer marked for them.</summary>
    public bool Stops { get; init; }

    /// <summary>She wants to be called; by a human, for a text may be hours on its way and the phone in other hands by then.</summary>
    public bool CallHer { get; init; }

    /// <summary>Which of the approved words goes back; null for none.</summary>
    public string? Reply { get; init; }
}
