using System.Collections.Immutable;
using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Conversations;

/// <summary>What a text says, as far as a machine can tell.</summary>
public sealed record Heard
{
    /// <summary>What she needs, in the order in which she says it. Police is never among them: a word in a text is no consent.</summary>
    public ImmutableArray<Need> Needs { get; init; } = [];

    /// <summary>She asks for help without saying which.</summary>
    public bool Help { get; init; }

    /// <summary>Police stand in it, wanted or not: a human asks her.</summary>
    public bool NamesPolice { get; init; }

    /// <summary>Her own, and nobody else's of whom she writes.</summary>
    public AgeBand? Age { get; init; }

    /// <summary>The whole text is a yes or a no.</summary>
    public bool? Answer { get; init; }

    /// <summary>The whole text says that nothing more is to be sent to this number.</summary>
    public bool Stop { get; init; }

    /// <summary>She does not need it any more, she says: perhaps she, perhaps somebody who has her phone.</summary>
    public bool Cancel { get; init; }
    public bool CallMe { get; init; }
    public bool DoNotCall { get; init; }

    /// <summary>In which language most of what was understood is; null where nothing says.</summary>
    public string? Language { get; init; }

    /// <summary>More than a word or two: whatever it says, somebody says something.</summary>
    public bool Sentence { get; init; }

    public bool AsksForHelp => Help || !Needs.IsEmpty;

    public bool Nothing => this is { AsksForHelp: false, Answer: null, Stop: false, Cancel: false, CallMe: false, DoNotCall: false };
}
