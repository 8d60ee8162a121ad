using System.Text.Json.Serialization;
using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Contacts;

/// <summary>What the line's figures keep of one item: times and an outcome, and nothing of whom it was.</summary>
/// <param name="ItemId">The same item again takes the place of what was known of it.</param>
/// <param name="Reason">Null for what never stood in the queue.</param>
public sealed record ContactFigure(string ItemId, RingReason? Reason, DateTimeOffset At, DateTimeOffset DueAt)
{
    public const int CurrentSchema = 1;

    /// <summary>Long enough for a month and its report.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(40);

    public int SchemaVersion { get; init; } = CurrentSchema;

    /// <summary>When a human had it, or she had picked up.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>The machine reached her.</summary>
    public bool ByMachine { get; init; }

    /// <summary>She hung up before anybody had it, or spoke with her.</summary>
    public bool Abandoned { get; init; }
    public EndedHow? Outcome { get; init; }

    /// <summary>Rings once more because a human gave it back: how it ended counts, and that it rang is counted already.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool GivenBack { get; init; }

    /// <summary>Advice to somebody who never stood in the queue, in this hour and no nearer.</summary>
    /// <param name="key">The same again is the same advice.</param>
    /// <param name="hour">When it began.</param>
    public static ContactFigure Advised(string key, DateTimeOffset hour) => new($"advice:{key}", null, hour, hour) { Outcome = EndedHow.Advice };

    [JsonIgnore]
    public string Key => $"{NewestFirst.Key(At)}.{ItemId}";
}
