using System.Collections.Immutable;
using Dispatch.Domain.Responders;
using Dispatch.Domain.ServiceAreas;

namespace Dispatch.Domain.Alerts;

/// <summary>What puts a person before another. It is what they are ordered by, so that a supervisor reads the truth and no story about it.</summary>
/// <param name="WishedMode">She can help in a way that the survivor chose.</param>
/// <param name="Travel">How long somebody is on the way; null where nobody goes anywhere, or where it is not known or too long ago.</param>
/// <param name="Language">She speaks her language.</param>
/// <param name="Load">What she has to do already.</param>
/// <param name="LastAskedAt">When she was asked last, as far as that is remembered.</param>
public sealed record RankedBecause(bool WishedMode, TravelBand? Travel, bool Language, int Load, DateTimeOffset? LastAskedAt);

public sealed record Ranked(Candidate Person, ImmutableArray<Mode> Modes, RankedBecause Because);

/// <summary>
/// Who is asked first among those who may be: first who helps in the way that she chose; where somebody has to be on the way, the nearest, since she waits in danger; then her
/// language, which on the telephone comes first for there nobody travels; then the lighter load and whoever was not asked for longest.
/// </summary>
internal static class Ranking
{
    public static IEnumerable<Ranked> Of(Alert alert, Need need, IEnumerable<Candidate> fit, DateTimeOffset now) => fit
        .Select(person => Rank(alert, person, Matching.ModesFor(alert, need, person), now))
        .OrderByDescending(r => r.Because.WishedMode)
        // Not known is neither near nor far: whoever never said is not sent to the end.
        .ThenBy(r => r.Because.Travel ?? TravelBand.Under60)
        .ThenByDescending(r => r.Because.Language)
        .ThenBy(r => r.Because.Load)
        .ThenBy(r => r.Because.LastAskedAt ?? DateTimeOffset.MinValue)
        .ThenBy(r => r.Person.Responder, StringComparer.Ordinal);

    private static Ranked Rank(Alert alert, Candidate person, ImmutableArray<Mode> modes, DateTimeOffset now) => new(person, modes, new RankedBecause(
        modes.Any(alert.WishedModes.Contains),
        modes is [not Mode.CallsHer, ..] ? person.Declared?.To(alert.Area, now) : null,
        person.Languages.Contains(alert.Language),
        person.Load,
        person.LastAskedAt));
}
