using System.Collections.Immutable;
using Dispatch.Domain.ServiceAreas;

namespace Dispatch.Domain.Rosters;

/// <summary>
/// Whether somebody is on duty at a moment: what she said herself while it lasts, and the roster from then on. Worked out each time that it is asked, so that no
/// timer that was missed leaves an area without anybody, and no phone need be signed in.
/// </summary>
public static class PersonOnDuty
{
    /// <summary>The person as she may be asked at that moment, or null when she is off duty.</summary>
    /// <param name="known">As the area stores her.</param>
    /// <param name="rostered">Stretches of the roster, hers and others'.</param>
    public static Candidate? At(Candidate known, IEnumerable<Rostered> rostered, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(rostered);
        if (BySelf(known, at)) return known;
        if (at < known.OffDutyUntil) return null;
        var now = rostered.Where(r => r.Person == known.Responder && r.Covers(at)).ToArray();
        return now is [] ? null : Rostered(known, now);
    }

    /// <summary>The same person whether she is on duty then or not; <see cref="Candidate.OnDuty"/> says which.</summary>
    public static Candidate OrOff(Candidate known, IEnumerable<Rostered> rostered, DateTimeOffset at) => At(known, rostered, at) ?? known with { OnDutyUntil = at };

    /// <summary>The moments at which the answer may change, beside those of the roster.</summary>
    public static IEnumerable<DateTimeOffset> Edges(Candidate known)
    {
        ArgumentNullException.ThrowIfNull(known);
        if (known is { ByRoster: false, OnDutyUntil: { } until }) yield return until;
        if (known.OffDutyUntil is { } off) yield return off;
        if (known.Rest is { } rest) yield return rest.Until;
        if (known.ConductUntil is { } conduct) yield return conduct;
        yield return known.VettedUntil;
    }

    internal static bool BySelf(Candidate known, DateTimeOffset at) => !known.ByRoster && known.OnDuty(at);

    private static Candidate Rostered(Candidate known, Rostered[] now)
    {
        var since = now.Min(r => r.From);
        return known with
        {
            ByRoster = true,
            OnDutySince = known.OffDutyUntil > since ? known.OffDutyUntil.Value : since,
            OnDutyUntil = now.Max(r => r.Until),
            Drill = now.Any(r => r.Drill),
            Needs = now.Any(r => r.Needs is null) ? known.Needs : [.. known.Needs.Intersect(now.SelectMany(r => r.Needs!.Value))],
        };
    }
}
