using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Dispatch.Domain.Alerts;

/// <summary>One need of one alert and the steps that were really entered for it. A step is a stored fact, never recomputed from a roster.</summary>
public sealed record NeedState
{
    public required Need Need { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public NeedStage Stage { get; init; } = NeedStage.Asking;
    public int Quorum { get; init; } = 1;

    /// <summary>It opened at night.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Night { get; init; }
    public ImmutableArray<StepEntered> Steps { get; init; } = [];

    /// <summary>Set when the current step is over before its wait: everybody in it declined, or the need was opened again.</summary>
    public bool MoveOn { get; init; }

    /// <summary>A supervisor has people asked for it although a human has the alert.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Widened { get; init; }

    /// <summary>When the clock was last found to have been set back: what was noted later than this counts as noted then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DateTimeOffset? WaitsFrom { get; init; }

    [JsonIgnore]
    public int NextStep => Steps.Length;
}

/// <param name="Asked">How many people it asked; 0 means it was empty and skipped at once.</param>
/// <param name="FirstDeliveredAt">The first phone that confirmed; the wait for the next step counts from here.</param>
public sealed record StepEntered(int Step, DateTimeOffset At, int Asked, DateTimeOffset? FirstDeliveredAt = null);
