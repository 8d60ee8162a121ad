using Dispatch.Domain.Alerts;
using Dispatch.Domain.Protocols;

namespace Dispatch.Domain.Responders;

/// <param name="Offer">The offer whose assignment gave it.</param>
/// <param name="Why">By which rule.</param>
/// <param name="Rest">From when until when.</param>
public sealed record RestCause(string Offer, RestReason Why, Rest Rest);

/// <summary>
/// Who was out at night, stood off from a woman under duress, or took a third assignment within a day rests. Whoever handed back or was called off
/// before she had done anything does not: in a small place she may be the only one.
/// </summary>
public static class Resting
{
    private const int Many = 3;
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Every reason to rest in what she was told. Drills tire nobody for real.</summary>
    public static IEnumerable<RestCause> Causes(IEnumerable<AlertTold> told)
    {
        ArgumentNullException.ThrowIfNull(told);
        var real = told.Where(t => !t.Exercise)
            .SelectMany(t => t.Offers.Where(o => o.Assignment is not null).Select(o => (Id: new OfferId(t.AlertId, o.No).ToString(), Assignment: o.Assignment!, Rule: t.Rest ?? RestRule.Default)))
            .ToArray();
        foreach (var (id, assignment, rule) in real)
        {
            if (assignment.State is AssignmentState.StandOff) yield return Cause(id, RestReason.Severe, assignment.ProgressAt, rule);
            else if (assignment.State is AssignmentState.Done && rule.IsNight(assignment.ProgressAt)) yield return Cause(id, RestReason.Night, assignment.ProgressAt, rule);
        }

        var taken = real.Where(a => a.Assignment.State is not AssignmentState.Released).OrderBy(a => a.Assignment.AcceptedAt).ThenBy(a => a.Id, StringComparer.Ordinal).ToArray();
        for (var i = Many - 1; i < taken.Length; i++)
        {
            var (id, assignment, rule) = taken[i];
            if (assignment.AcceptedAt - taken[i - Many + 1].Assignment.AcceptedAt < Day) yield return Cause(id, RestReason.Third, assignment.AcceptedAt, rule);
        }
    }

    public static RestCause Cause(string offer, RestReason why, DateTimeOffset at, RestRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return new RestCause(offer, why, new Rest(at, at.AddHours(rule.Hours)));
    }
}
