using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Responders;
using Dispatch.Domain.ServiceAreas;

namespace Dispatch.Domain.Alerts;

/// <summary>What puts a person before another. It is what they are ordered by, so that a supervisor reads the truth and no story about it.</summary>
public sealed record RankedBecause
{
    /// <summary>She can help in a way that the survivor chose.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool WishedMode { get; init; }

    /// <summary>She is on duty in a neighbouring area only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool NextDoor { get; init; }

    /// <summary>How long somebody is on the way; null where nobody goes anywhere, or where it is not known or too long ago.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TravelBand? Travel { get; init; }

    /// <summary>She speaks her language.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Language { get; init; }

    /// <summary>What she has to do already.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Load { get; init; }

    /// <summary>When she was asked last, as far as that is remembered.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LastAskedAt { get; init; }
}

public sealed record Ranked(Candidate Person, ImmutableArray<Mode> Modes, RankedBecause Because);

/// <summary>
/// Who is asked first among those who may be: first who helps in the way that she chose; her own area before the next, whose people know what there is for her; where somebody has
/// to be on the way, the nearest, since she waits in danger; then her language, which on the telephone comes before that, for there nobody travels; then the lighter load and
/// whoever was not asked for longest.
/// </summary>
internal static class Ranking
{
    public static IEnumerable<Ranked> Of(Alert alert, Need need, IEnumerable<Candidate> fit, DateTimeOffset now) => fit
        .Select(person => Rank(alert, person, Matching.ModesFor(alert, need, person), now))
        .OrderByDescending(r => r.Because.WishedMode)
        .ThenBy(r => r.Because.NextDoor)
        // Not known is neither near nor far: whoever never said is not sent to the end.
        .ThenBy(r => r.Because.Travel ?? TravelBand.Under60)
        .ThenByDescending(r => r.Because.Language)
        .ThenBy(r => r.Because.Load)
        .ThenBy(r => r.Because.LastAskedAt ?? DateTimeOffset.MinValue)
        .ThenBy(r => r.Person.Responder, StringComparer.Ordinal);

    private static Ranked Rank(Alert alert, Candidate person, ImmutableArray<Mode> modes, DateTimeOffset now) => new(person, modes, new RankedBecause
    {
        WishedMode = modes.Any(alert.WishedModes.Contains),
        NextDoor = person.NextDoor,
        Travel = modes is [not Mode.CallsHer, ..] ? person.Declared?.To(alert.Area, now) : null,
        Language = person.Languages.Contains(alert.Language),
        Load = person.Load,
        LastAskedAt = person.LastAskedAt,
    });
}
