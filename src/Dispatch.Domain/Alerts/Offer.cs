using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Organisations;

namespace Dispatch.Domain.Alerts;

/// <summary>One question to one person about one need. Its number within the alert never changes and is never reused.</summary>
public sealed record Offer
{
    public required int No { get; init; }
    public required string Responder { get; init; }
    public required OrganisationFacts Organisation { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Woman { get; init; }

    public required Need Need { get; init; }
    public required int Step { get; init; }

    /// <summary>The modes this person may accept with, the preferred one first.</summary>
    public required ImmutableArray<Mode> Modes { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What put her before others when she was chosen; null where everybody fit was asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RankedBecause? Because { get; init; }

    /// <summary>How often this offer was opened again after its need had been filled; each round is delivered anew.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Round { get; init; }

    /// <summary>How far it has climbed in this round.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Rung Rung { get; init; }

    /// <summary>A phone of hers was known to have it when it would have climbed: it climbs no more in this round.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Confirmed { get; init; }

    public OfferState State { get; init; } = OfferState.Open;
    public DateTimeOffset? AnsweredAt { get; init; }
    public DeclineReason? Declined { get; init; }
    public WithdrawnFor? Withdrawn { get; init; }
    public Assignment? Assignment { get; init; }

    /// <summary>What she had accepted before everybody was asked anew: she may still be out there because of it.</summary>
    public Assignment? Former { get; init; }

    /// <summary>True while this person is counted on for the need: accepted, not handed back, not called off, not silent.</summary>
    [JsonIgnore]
    public bool Counts =>
        State is OfferState.Accepted && Assignment is { Silent: false, State: not (AssignmentState.Released or AssignmentState.StandOff or AssignmentState.CallOff) };
}

/// <summary>What follows an acceptance.</summary>
public sealed record Assignment
{
    public required Mode Mode { get; init; }
    public required DateTimeOffset AcceptedAt { get; init; }
    public required DateTimeOffset ProgressAt { get; init; }
    public int? EtaMinutes { get; init; }

    /// <summary>When the ETA was given; the promise runs from here.</summary>
    public DateTimeOffset? EtaFrom { get; init; }

    public AssignmentState State { get; init; } = AssignmentState.Accepted;

    /// <summary>The limit passed without a sign of life; the need was opened again.</summary>
    public bool Silent { get; init; }

    /// <summary>With her in the car, and not arrived by then; the line was called.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Late { get; init; }

    /// <summary>She said on the way that she is well.</summary>
    public DateTimeOffset? CheckedInAt { get; init; }

    /// <summary>The moment for that passed and the queue was rung; any sign of life takes it back.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool CheckInMissed { get; init; }

    /// <summary>She called for help for herself.</summary>
    public DateTimeOffset? PanicAt { get; init; }

    /// <summary>The alert's version in which it ended for her, or changed last after that.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long OverIn { get; init; }

    /// <summary>How she accepted, where that was not in her own signed-in session.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ChannelKind? Via { get; init; }

    /// <summary>When she said in her own session that it was she.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>
    /// Accepted by a way that anybody could forge, as a text from her number or a key on her phone, and not yet confirmed. It fills the need and its limits run as any other's; it is
    /// told nothing beyond what the offer said, and makes nobody's pair.
    /// </summary>
    [JsonIgnore]
    public bool Provisional => Via is not null && ConfirmedAt is null;

    [JsonIgnore]
    public DateTimeOffset? EtaAt => EtaMinutes is { } minutes && EtaFrom is { } from ? from.AddMinutes(minutes) : null;

    [JsonIgnore]
    public bool Active => State is AssignmentState.Accepted or AssignmentState.NoConflict or AssignmentState.EnRoute or AssignmentState.PickedUp or AssignmentState.Arrived;
}

/// <summary>Offer ids carry their alert, so that an answer can be routed without a look-up.</summary>
public readonly record struct OfferId(string Alert, int No)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Alert}.{No}");

    public static bool TryParse(string? text, out OfferId id)
    {
        id = default;
        var dot = text?.LastIndexOf('.') ?? -1;
        if (dot <= 0 || !int.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var no)) return false;
        id = new OfferId(text![..dot], no);
        return true;
    }
}
