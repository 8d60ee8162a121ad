using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;

namespace Dispatch.Simulation.Promises;

/// <summary>Holds each stored state of an alert against the one before. Written against the design and not against the rules' own code, which it judges.</summary>
internal static class Transition
{
    /// <summary>What is wrong with this write, or nothing.</summary>
    /// <param name="handedBack">Whether who has an item gave it back.</param>
    public static (Promise Promise, string What)? Fault(Alert? before, Alert now, Predicate<Taker> handedBack) =>
        WithinOne(now) ?? (before is null ? null : Fact(before, now, handedBack) ?? Step(before, now) ?? Offer(before, now) ?? Acceptance(before, now));

    public static bool NeedsBasis(OrganisationFacts o) =>
        o.PoliceRun || o.PolicePresent || o.ArmedForces || o.Kind is OrganisationKind.Police or OrganisationKind.ArmedForces;

    /// <summary>Perhaps under duress, and nobody said that help goes on.</summary>
    public static bool StandingOff(Alert alert) => alert.DuressAt is not null && alert.DuressDecided?.Choice is not DuressChoice.GoOn;

    public static bool HasBasis(Alert alert) => alert.Consents.Any(c => c.WithdrawnAt is null);

    public static bool Excluded(Alert alert, string person, string organisation) =>
        alert.Exclusions.Responders.Contains(person, StringComparer.Ordinal) || alert.Exclusions.Organisations.Contains(organisation, StringComparer.Ordinal);

    public static bool Counted(Offer o) =>
        o is { State: OfferState.Accepted, Assignment: { Silent: false, State: not (AssignmentState.Released or AssignmentState.StandOff or AssignmentState.CallOff) } };

    /// <summary>Somebody is on it, or a house has a bed for her.</summary>
    public static bool HasHelp(Alert alert, Need need) =>
        alert.Offers.Any(o => o.Need == need && Counted(o))
        || (need is Need.Shelter && (alert.Beds?.Requests ?? []).Any(r => r.State is BedState.Booked or BedState.Occupied || r.Over is BedOver.Left));

    private static (Promise, string)? WithinOne(Alert now)
    {
        foreach (var offer in now.Offers.Where(o => o.State is OfferState.Open))
        {
            if (now.Stage is Stage.Ended || StandingOff(now)) return (Promise.EndedAsksNobody, $"offer {offer.No} is open in an alert that has ended or is under duress");
            if (NeedsBasis(offer.Organisation) && !HasBasis(now)) return (Promise.DisclosureHasBasis, $"offer {offer.No} asks {offer.Responder} without a basis");
            if (Excluded(now, offer.Responder, offer.Organisation.Id)) return (Promise.ExcludedNotTold, $"offer {offer.No} asks {offer.Responder}, who is excluded");
            if (now.WomenOnly && !offer.Woman) return (Promise.ExcludedNotTold, $"offer {offer.No} asks {offer.Responder}, who is not a woman");
        }

        foreach (var request in (now.Beds?.Requests ?? []).Where(r => r.State is BedState.Requested or BedState.Held))
        {
            if (now.Stage is Stage.Ended) return (Promise.EndedFreesBeds, $"request {request.No} for beds is open in an alert that has ended");
            if (NeedsBasis(request.Organisation) && !HasBasis(now)) return (Promise.DisclosureHasBasis, $"request {request.No} asks {request.Shelter} without a basis");
        }

        foreach (var need in now.Needs.Where(n => n.Stage is NeedStage.Filled && now.Stage is Stage.Open && !StandingOff(now)))
        {
            if (!HasHelp(now, need.Need)) return (Promise.FactsOnlyGrow, $"{need.Need} counts as filled and nobody is on it");
        }

        return null;
    }

    private static (Promise, string)? Fact(Alert before, Alert now, Predicate<Taker> handedBack)
    {
        (Promise, string)? Lost(string what) => (Promise.FactsOnlyGrow, $"{what} (version {before.Version} to {now.Version})");
        if (now.Version < before.Version) return Lost("the version went back");
        if (now.Id != before.Id || now.KeyMac != before.KeyMac || now.BodyMac != before.BodyMac || now.RaisedAt != before.RaisedAt || now.Line != before.Line) return Lost("what the raise said has changed");
        if (before.Stage is Stage.Ended && (now.Stage is not Stage.Ended || now.Ending != before.Ending)) return Lost("an ended alert changed its end");
        if (before.DuressAt is not null && now.DuressAt != before.DuressAt) return Lost("duress was forgotten");
        if (before.DuressSaidAt is not null && now.DuressSaidAt is null) return Lost("duress that was said was forgotten");
        if (before.WomenOnly && !now.WomenOnly) return Lost("women only was forgotten");
        if (before.Rules is { } rules && now.Rules?.Version != rules.Version) return Lost("the protocol changed under an open alert");
        if (now.Rings < before.Rings) return Lost("a ring was forgotten");
        if (before.Taken is { } had && now.Taken is null && !handedBack(had)) return Lost("a taker was forgotten");
        if (now.AlarmsEver < before.AlarmsEver) return Lost("an item beside its own was forgotten");
        if (before.PhoneUnsafeAt is not null && now.PhoneUnsafeAt != before.PhoneUnsafeAt) return Lost("an unsafe phone was forgotten");
        if (before.DuressDecided is not null && now.DuressDecided != before.DuressDecided) return Lost("what was decided about duress has changed");
        if (before.Exclusions.Responders.Except(now.Exclusions.Responders).Any() || before.Exclusions.Organisations.Except(now.Exclusions.Organisations).Any()) return Lost("an exclusion was forgotten");
        if (!Prefix(before.Consents, now.Consents, SameConsent)) return Lost("a consent was rewritten");
        if (!Prefix(before.Notes, now.Notes, (b, n) => b == n)) return Lost("a note was rewritten");
        if (!Prefix(before.Beds?.Requests ?? [], now.Beds?.Requests ?? [], SameRequest)) return Lost("a request for beds was rewritten");
        if (before.Wished.Except(now.Wished).Any()) return Lost("a wish was forgotten");
        return null;
    }

    private static bool SameRequest(BedRequest before, BedRequest now) =>
        (before.No, before.Shelter, before.Organisation, before.AskedAt, before.By, before.KeyMac) == (now.No, now.Shelter, now.Organisation, now.AskedAt, now.By, now.KeyMac)
        && (before.State is not BedState.Over || (now.State is BedState.Over && now.Over == before.Over) || (now.State is BedState.Occupied && before.MayStillCome));

    private static bool SameConsent(Consent before, Consent now) =>
        before with { WithdrawnAt = null, Review = null } == now with { WithdrawnAt = null, Review = null }
        && (before.WithdrawnAt is null || now.WithdrawnAt == before.WithdrawnAt)
        && (before.Review is null || now.Review == before.Review);

    private static (Promise, string)? Step(Alert before, Alert now)
    {
        foreach (var need in before.Needs)
        {
            var later = now.Needs.FirstOrDefault(n => n.Need == need.Need);
            if (later is null) return (Promise.FactsOnlyGrow, $"{need.Need} is no longer among the needs");
            var openedAgain = need.Stage is NeedStage.Closed && later.Stage is NeedStage.Asking;
            if (later.Quorum != need.Quorum || (later.OpenedAt != need.OpenedAt && !openedAgain)) return (Promise.FactsOnlyGrow, $"{need.Need} was rewritten");
            if (!Prefix(need.Steps, later.Steps, (b, n) => b.Step == n.Step && b.At == n.At && b.Asked == n.Asked && (b.FirstDeliveredAt is null || b.FirstDeliveredAt == n.FirstDeliveredAt)))
            {
                return (Promise.StepsStay, $"{need.Need}: steps [{Words(need)}] became [{Words(later)}]");
            }
        }

        // Each entry asked as many people as it says, and one person is asked for one need once, unless she left and came back.
        foreach (var need in now.Needs)
        {
            var asked = now.Offers.Count(o => o.Need == need.Need);
            if (asked != need.Steps.Sum(s => s.Asked)) return (Promise.StepsStay, $"{need.Need}: {asked} people were asked, its steps say [{Words(need)}]");
            var twice = now.Offers.Where(o => o.Need == need.Need && o.Withdrawn is not WithdrawnFor.OffDuty).GroupBy(o => o.Responder).FirstOrDefault(g => g.Count() > 1);
            if (twice is not null) return (Promise.StepsStay, $"{need.Need}: {twice.Key} is asked twice");
        }

        return null;
    }

    private static (Promise, string)? Offer(Alert before, Alert now)
    {
        if (now.Offers.Length < before.Offers.Length) return (Promise.FactsOnlyGrow, "an offer was forgotten");
        for (var i = 0; i < before.Offers.Length; i++)
        {
            var (b, n) = (before.Offers[i], now.Offers[i]);
            if (n.No != b.No || n.Responder != b.Responder || n.Need != b.Need || n.Step != b.Step || n.Organisation != b.Organisation || n.Round < b.Round) return (Promise.FactsOnlyGrow, $"offer {i} was rewritten");
            var opened = n.State is OfferState.Open && b.State is not OfferState.Open;
            var wentOn = before.DuressDecided is null && now.DuressDecided is { Choice: DuressChoice.GoOn } && (b.Withdrawn is WithdrawnFor.Ended || b.Assignment is { State: AssignmentState.StandOff });
            if (opened && !((wentOn || b.Withdrawn is WithdrawnFor.Filled) && n.Round > b.Round)) return (Promise.FactsOnlyGrow, $"offer {i} of {n.Responder} was opened again after {b.State} {b.Withdrawn}");
            if (n.State is OfferState.Open && n.Round == b.Round && n.At != b.At) return (Promise.FactsOnlyGrow, $"offer {i} was dated anew");
        }

        var covered = before.Taken is { } taken && now.Taken is { } still && (now.Ring is null || now.Ring.ItemId == still.ItemId) && (before.Ring is null || before.Ring.ItemId == taken.ItemId);
        return now.Offers.Length > before.Offers.Length && (now.Late || covered)
            ? (Promise.EndedAsksNobody, "somebody new is asked although the alert came too late for that or a human has it")
            : null;
    }

    /// <summary>One acceptance for each write, and only where there were not enough.</summary>
    private static (Promise, string)? Acceptance(Alert before, Alert now)
    {
        for (var i = 0; i < now.Offers.Length; i++)
        {
            var n = now.Offers[i];
            if (n.State is not OfferState.Accepted || (i < before.Offers.Length && before.Offers[i].State is OfferState.Accepted)) continue;
            if (before.Stage is Stage.Ended || StandingOff(before)) return (Promise.EndedAsksNobody, $"{n.Responder} accepted after the end");
            if (before.PhoneUnsafeAt is not null && n.Assignment!.Mode is Mode.CallsHer) return (Promise.UnsafePhoneQuiet, $"{n.Responder} is to ring a phone that is in the wrong hands");
            if (NeedsBasis(n.Organisation) && !HasBasis(now)) return (Promise.DisclosureHasBasis, $"{n.Responder} accepted without a basis");
            if (Excluded(now, n.Responder, n.Organisation.Id)) return (Promise.ExcludedNotTold, $"{n.Responder} accepted although excluded");
            var quorum = before.Needs.First(s => s.Need == n.Need).Quorum;
            var counted = before.Offers.Where(o => o.Need == n.Need && Counted(o)).ToArray();
            var journeys = before.Verification is Verification.None ? counted.Count(o => o.Assignment!.Mode is Mode.ComesToHer or Mode.Escorts) : 0;
            if ((journeys > 0 ? journeys : counted.Length) >= quorum) return (Promise.FilledOnce, $"{n.Responder} accepted {n.Need}, which {string.Join(", ", counted.Select(o => o.Responder))} had filled ({quorum} needed)");
        }

        return null;
    }

    private static bool Prefix<T>(ImmutableArray<T> before, ImmutableArray<T> now, Func<T, T, bool> same)
    {
        if (now.Length < before.Length) return false;
        for (var i = 0; i < before.Length; i++)
        {
            if (!same(before[i], now[i])) return false;
        }

        return true;
    }

    private static string Words(NeedState need) => string.Join(", ", need.Steps.Select(s => $"{s.Step}: {s.Asked} at {s.At:HH:mm:ss}"));
}
