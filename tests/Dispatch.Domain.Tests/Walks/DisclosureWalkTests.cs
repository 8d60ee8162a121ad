using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;

namespace Dispatch.Domain.Tests.Walks;

/// <summary>Promise 2 over many lives: police and army learn nothing without a basis that holds at that moment, the excluded nothing at all.</summary>
public sealed class DisclosureWalkTests
{
    [Fact]
    public void Nobody_without_a_basis_is_asked() =>
        Walks.Keep(s => First(s, o => o.State is OfferState.Open && !MayKnow(s.After, o.Organisation)));

    [Fact]
    public void Nobody_without_a_basis_is_on_it_or_counted_on() =>
        Walks.Keep(s => First(s, o => (o.Counts && o.Assignment!.State is not AssignmentState.Done || o.Assignment is { Active: true }) && !MayKnow(s.After, o.Organisation)));

    [Fact]
    public void Nobody_without_a_basis_reads_the_sealed_parts() =>
        Walks.Keep(s => First(s, o => !MayKnow(s.After, o.Organisation) && Slices.For(s.After, o.No, o.Responder) is { } slice
            && (slice.Open || slice.WrappedKey is not null || slice.Place is not null || slice.Party is not null || !slice.Notes.IsEmpty)));

    [Fact]
    public void Nobody_without_a_basis_can_accept() =>
        Walks.Keep(s => First(s, o => !MayKnow(s.After, o.Organisation) && Answering.Accept(s.After, o.No, o.Responder, null, null, s.Now) is Decision.Changed));

    [Fact]
    public void What_is_told_to_somebody_without_a_basis_is_only_that_it_is_over() =>
        Walks.Keep(s => First(s, o => !MayKnow(s.After, o.Organisation)
            && Telling.To(s.After, o.Responder).Offers.Any(t => t.State is OfferState.Open || t.Assignment is { Active: true })));

    [Fact]
    public void Nobody_who_never_had_an_offer_is_told_anything() =>
        Walks.Keep(s => s.After.Outbox.FirstOrDefault(p => p.ResponderId is { } id && s.After.Offers.All(o => o.Responder != id))?.To);

    [Fact]
    public void The_decision_that_takes_the_basis_away_tells_everybody_who_had_it()
    {
        Walks.Keep(s => !HasBasis(s.Before) || HasBasis(s.After) ? null
            : s.Before.Offers.Where(o => !MayKnow(s.After, o.Organisation) && (o.State is OfferState.Open || o.Assignment is { Active: true }))
                .Select(o => s.After.Outbox.Any(p => p.ResponderId == o.Responder && p.Version == s.After.Version) ? null : $"{o.Responder} was not told")
                .FirstOrDefault(d => d is not null));
    }

    [Fact]
    public void Without_a_basis_the_police_need_is_closed() =>
        Walks.Keep(s => !HasBasis(s.After) && s.After.Needs.Any(n => n.Need is Need.Police && n.Stage is not NeedStage.Closed) ? "police is open" : null);

    [Fact]
    public void Police_are_a_need_only_where_somebody_asked_for_them() =>
        Walks.Keep(s => s is { Command: var c, Before.Rules: null, After.Rules: not null } && c.Contains("open", StringComparison.Ordinal)
            && !s.Before.Wished.Contains(Need.Police) && s.After.Needs.Any(n => n.Need is Need.Police) ? "police by default" : null);

    [Fact]
    public void A_consent_is_never_deleted_or_rewritten() =>
        Walks.Keep(s => s.Before.Consents.Where((c, i) => i >= s.After.Consents.Length || s.After.Consents[i] with { WithdrawnAt = null } != c with { WithdrawnAt = null })
            .Select(c => $"{c.Basis} at {c.At:T}").FirstOrDefault());

    [Fact]
    public void Nobody_excluded_is_asked_or_on_it() =>
        Walks.Keep(s => First(s, o => (s.After.Exclusions.Responders.Contains(o.Responder) || s.After.Exclusions.Organisations.Contains(o.Organisation.Id))
            && (o.State is OfferState.Open || o.Assignment is { Active: true })));

    [Fact]
    public void Who_was_excluded_or_declared_a_conflict_beforehand_never_hears_of_it() =>
        Walks.Keep(s => First(s, o => s.Never.Contains(o.Responder)) ?? s.After.Outbox.FirstOrDefault(p => p.ResponderId is { } id && s.Never.Contains(id))?.To);

    /// <summary>Her answer to the question about the people of this very alert counts for what she accepted before.</summary>
    [Fact]
    public void Nobody_is_asked_whose_declaration_covers_it_now() =>
        Walks.Keep(s => First(s, o => o.State is OfferState.Open && s.People.First(p => p.Responder == o.Responder) is { Declared: { } said }
            && (said.ConflictAreas.Contains("XX/demo") || (said.ConflictOrganisations.Contains("mac-1") && s.After.RelayOrganisations.Contains("mac-1")))));

    [Fact]
    public void Nobody_is_asked_anew_for_whom_nobody_vouches_any_more() =>
        Walks.Keep(s => First(s, o => o.State is OfferState.Open && s.Before.OfferNo(o.No) is not { State: OfferState.Open }
            && s.People.First(p => p.Responder == o.Responder) is var person && (person.VettedUntil <= s.Now || person.ConductUntil <= s.Now)));

    /// <summary>What the alert withdraws when its area is asked; what nobody withdrew may be accepted, however late.</summary>
    [Fact]
    public void Who_was_withdrawn_for_what_an_area_knows_of_her_can_not_accept() =>
        Walks.Keep(s => First(s, o => o.Withdrawn is WithdrawnFor.OffDuty or WithdrawnFor.Conflict or WithdrawnFor.NotVetted
            && Answering.Accept(s.After, o.No, o.Responder, null, null, s.Now) is Decision.Changed));

    [Fact]
    public void Somebody_off_duty_is_never_asked_anew() =>
        Walks.Keep(s => First(s, o => o.State is OfferState.Open && s.Before.OfferNo(o.No) is not { State: OfferState.Open } && LeftDuty(s, o)));

    /// <summary>What the alert itself knows of duty: it withdrew, or would have withdrawn, an offer of hers for leaving and she was not asked since.</summary>
    private static bool LeftDuty(Step s, Offer o) => s.Before.OfferNo(o.No) is { Withdrawn: WithdrawnFor.OffDuty };

    private static string? First(Step s, Func<Offer, bool> which) =>
        s.After.Offers.FirstOrDefault(which) is { } o ? $"{o.Responder} of {o.Organisation.Id}, offer {o.No} {o.State} {o.Assignment?.State}" : null;

    private static bool HasBasis(Alert alert) => alert.Consents.Any(c => c.WithdrawnAt is null);

    /// <summary>Said again here, apart from the rules, on purpose.</summary>
    private static bool MayKnow(Alert alert, OrganisationFacts o) =>
        !(o.PoliceRun || o.PolicePresent || o.ArmedForces || o.Kind == OrganisationKind.Police || o.Kind == OrganisationKind.ArmedForces) || HasBasis(alert);
}
