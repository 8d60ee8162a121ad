using System.Collections.Immutable;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.ServiceAreas;

namespace Dispatch.Domain.Alerts;

/// <summary>Why a person on call was not asked; a supervisor can read it.</summary>
public enum NotAsked
{
    OtherTenant = 1, OtherNeed = 2, OffDuty = 3, VettingExpired = 4, NoDisclosureBasis = 5, Excluded = 6, NotAWoman = 7, ChildPath = 8,
    AskedBefore = 9, LoadCap = 10, NotInDrill = 11, NoMode = 12, Resting = 13, OtherOrganisation = 14,
    ConflictDeclared = 15, ConductExpired = 16,
}

public static class Matching
{
    /// <summary>The people one step asks for one need, best first, at most <see cref="StepRule.PerNeed"/>.</summary>
    public static ImmutableArray<Ranked> Choose(
        Alert alert, Need need, StepRule step, IEnumerable<Candidate> onCall, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(onCall);
        var asked = alert.Offers.Where(o => o.Need == need).ToLookup(o => o.Responder, StringComparer.Ordinal);
        return
        [
            .. Ranking.Of(alert, need, onCall.DistinctBy(c => c.Responder).Where(c => WhyNot(alert, need, c, now, step.Everybody, asked[c.Responder]) is null), now)
                .Take(Math.Min(step.Everybody ? Rules.MaxPerStep : step.PerNeed, Alert.MaxOffers - alert.Offers.Length)),
        ];
    }

    /// <summary>Everybody whom this need's next step may ask, best first, and what puts each in her place.</summary>
    public static ImmutableArray<Ranked> NextAsked(Alert alert, Need need, IEnumerable<Candidate> people, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(people);
        var everybody = NextAsksEverybody(alert, need);
        return [.. Ranking.Of(alert, need, people.DistinctBy(p => p.Responder).Where(p => WhyNot(alert, need, p, now, everybody) is null), now)];
    }

    /// <summary>Why each of these people would not be asked for this need by its next step; whoever would be is left out. In the order of their ids.</summary>
    public static ImmutableArray<(string Responder, NotAsked Why)> WhyNot(Alert alert, Need need, IEnumerable<Candidate> people, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(people);
        var everybody = NextAsksEverybody(alert, need);
        return
        [
            .. people.Select(p => (p.Responder, Why: WhyNot(alert, need, p, now, everybody)))
                .Where(p => p.Why is not null)
                .Select(p => (p.Responder, p.Why!.Value))
                .OrderBy(p => p.Responder, StringComparer.Ordinal),
        ];
    }

    /// <summary>The first rule that keeps this person from being asked, or null when she may be.</summary>
    /// <param name="everybody">In the step that asks everybody fit.</param>
    public static NotAsked? WhyNot(Alert alert, Need need, Candidate person, DateTimeOffset now, bool everybody = false)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return WhyNot(alert, need, person, now, everybody, alert.Offers.Where(o => o.Need == need && o.Responder == person.Responder));
    }

    private static NotAsked? WhyNot(Alert alert, Need need, Candidate person, DateTimeOffset now, bool everybody, IEnumerable<Offer> asked)
    {
        if (person.Tenant != alert.Tenant) return NotAsked.OtherTenant;
        if (!person.Needs.Contains(need)) return NotAsked.OtherNeed;
        if (alert.Rules?.For(need).Asks(person.Organisation.Kind) is false) return NotAsked.OtherOrganisation;
        if (!person.OnDuty(now)) return NotAsked.OffDuty;
        if (person.VettedUntil <= now) return NotAsked.VettingExpired;
        if (person.ConductUntil <= now) return NotAsked.ConductExpired;
        if (!Disclosure.Allows(alert, person.Organisation)) return NotAsked.NoDisclosureBasis;
        if (Excludes(alert, person.Responder, person.Organisation.Id)) return NotAsked.Excluded;
        if (person.Declared?.ConflictsWith(alert.Area, alert.RelayOrganisations) is true) return NotAsked.ConflictDeclared;
        if (alert.WomenOnly && !person.Woman) return NotAsked.NotAWoman;
        if (alert.Child && !person.Children) return NotAsked.ChildPath;
        if (asked.Any(o => !CameBack(o, person))) return NotAsked.AskedBefore;
        if (person.Load >= person.LoadCap) return NotAsked.LoadCap;
        if (person.Resting(now, everybody)) return NotAsked.Resting;
        if (alert.Exercise && !person.Drill) return NotAsked.NotInDrill;
        return ModesFor(alert, need, person).IsEmpty ? NotAsked.NoMode : null;
    }

    private static bool NextAsksEverybody(Alert alert, Need need)
    {
        var steps = alert.Rules?.StepsOf(need) ?? [];
        var next = alert.Needs.FirstOrDefault(n => n.Need == need)?.NextStep ?? 0;
        return steps.Length > 0 && steps[Math.Min(next, steps.Length - 1)].Everybody;
    }

    /// <summary>Left duty after she was asked, and has come on duty anew since.</summary>
    private static bool CameBack(Offer offer, Candidate person) => offer.Withdrawn is WithdrawnFor.OffDuty && person.OnDutySince > offer.At;

    public static bool Excludes(Alert alert, string responder, string organisation)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return alert.Exclusions.Responders.Contains(responder) || alert.Exclusions.Organisations.Contains(organisation);
    }

    /// <summary>
    /// Modes that the protocol allows, the person offers and safety permits. Unverified, nobody sets a meeting point; and nobody comes to
    /// her or escorts her unless she asked for just that.
    /// </summary>
    public static ImmutableArray<Mode> ModesFor(Alert alert, Need need, Candidate person)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(person);
        var allowed = (alert.Rules?.For(need).Modes ?? [Mode.CallsHer])
            .Where(person.Modes.Contains)
            .Where(m => m switch
            {
                Mode.CallsHer => alert.Reach is not Reach.None,
                Mode.ReceivesHer => true,
                Mode.MeetsAt => alert.Verification is not Verification.None,
                Mode.Escorts => alert.Verification is not Verification.None || alert.WishedModes.Contains(Mode.Escorts),
                Mode.ComesToHer => alert.WishedModes.Contains(Mode.ComesToHer),
                _ => throw new System.Diagnostics.UnreachableException($"mode {m}"),
            });
        return [.. allowed.OrderByDescending(alert.WishedModes.Contains)];
    }
}
