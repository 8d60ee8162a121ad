using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Dispatch.Channels.Voice;

/// <summary>
/// Everything that is known of the calls to one person about one thing, as rules: facts only grow, so that reports which come doubled, late or in another order change nothing
/// that is known already. No number and nothing that was said is in it.
/// </summary>
public sealed record CallRecord
{
    public const int CurrentSchema = 1;

    public int SchemaVersion { get; init; } = CurrentSchema;
    public required string Recipient { get; init; }

    /// <summary>Key of the approved words that are said when somebody picks up.</summary>
    public required string Words { get; init; }
    public string? Language { get; init; }

    /// <summary>Set where a key answers that offer; otherwise something is only said.</summary>
    public string? OfferId { get; init; }
    public int Round { get; init; }
    public ImmutableArray<CallAttempt> Attempts { get; init; } = [];

    /// <summary>Key of the words that were said to the first key that meant something. No later one means anything.</summary>
    public string? Answered { get; init; }

    /// <summary>A person had it in her ear.</summary>
    [JsonIgnore]
    public bool Heard => Answered is not null || Attempts.Any(a => a.PickedUpAt is not null);

    [JsonIgnore]
    public bool UsedUp => Attempts.Count(a => a.Placed) >= CallTimes.MaxAttempts;

    public CallAttempt? Attempt(int no) => no >= 0 && no < Attempts.Length ? Attempts[no] : null;

    public CallRecord With(int no, CallAttempt attempt) => this with { Attempts = no < Attempts.Length ? Attempts.SetItem(no, attempt) : Attempts.Add(attempt) };

    /// <summary>The next attempt's number: that of the last one where no gateway took it, so that a gateway which did knows it again.</summary>
    [JsonIgnore]
    public int NextNo => Attempts is [.., { Placed: false }] ? Attempts.Length - 1 : Attempts.Length;
}

/// <summary>One call.</summary>
public sealed record CallAttempt
{
    /// <summary>As the gateway knows it.</summary>
    public required string Reference { get; init; }
    public required string Device { get; init; }
    public required DateTimeOffset DeviceAt { get; init; }

    /// <summary>A keyed fingerprint of the called number: whoever answers for another one is not heard.</summary>
    public required string Number { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Until when it counts as under way where nobody says that it is over.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>A gateway took it, or it ended in some other way; one that none took is tried again under the same name.</summary>
    public bool Placed { get; init; }
    public string? Gateway { get; init; }
    public string? ExternalId { get; init; }

    /// <summary>By a person, as far as the gateway can tell.</summary>
    public DateTimeOffset? PickedUpAt { get; init; }

    /// <summary>How often a key was asked for.</summary>
    public int Asked { get; init; }

    /// <summary>A code; set once it is over.</summary>
    public string? Over { get; init; }

    public bool UnderWay(DateTimeOffset now) => Over is null && now < Until;

    public bool Rings(DateTimeOffset now) => UnderWay(now) && PickedUpAt is null;

    public CallAttempt PickedUp(DateTimeOffset now) => PickedUpAt is null ? this with { PickedUpAt = now, Placed = true, Until = now + CallTimes.TalksAtMost } : this;

    public CallAttempt Ended(string why) => Over is null ? this with { Over = why, Placed = true } : this;
}
