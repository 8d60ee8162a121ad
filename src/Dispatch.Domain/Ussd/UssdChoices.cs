using System.Collections.Immutable;
using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Ussd;

/// <summary>What she chose in a menu so far.</summary>
/// <param name="Language">Null while she has not chosen one.</param>
/// <param name="Reach">Unknown while she has not said; None: she wants no call and no text.</param>
/// <param name="Minor">Under eighteen, she says.</param>
public sealed record UssdChoices(string? Language = null, ImmutableArray<Need> Needs = default, Reach Reach = Reach.Unknown, bool Minor = false)
{
    public ImmutableArray<Need> Needs { get; init; } = Needs.IsDefault ? [] : Needs;

    /// <summary>Nobody is asked for a year by a menu; the oldest band that is a child's makes the child's path hold.</summary>
    public AgeBand? Age => Minor ? AgeBand.From15To17 : null;
}

/// <summary>Where a session stands. Received: the host raises it, and says so only once it is durable. GaveUp: a human looks.</summary>
public enum UssdStage { Language = 1, Needs = 2, Reach = 3, Confirm = 4, Received = 5, GaveUp = 6 }

/// <param name="Again">What came last was none of the keys that were asked for.</param>
public sealed record UssdState(UssdStage Stage, UssdChoices Choices, bool Again = false)
{
    public bool Ends => Stage is UssdStage.Received or UssdStage.GaveUp;
}
