using System.Collections.Immutable;
using Dispatch.Domain.Organisations;

namespace Dispatch.Domain.Shelters;

/// <summary>A party that needs a bed, and what its alert lets others know.</summary>
/// <param name="PoliceMayKnow">There is a recorded basis to tell police or the army.</param>
public sealed record ShelterNeed(string Tenant, string Area, Guests Guests, ImmutableArray<string> ExcludedOrganisations = default, bool PoliceMayKnow = false)
{
    public ImmutableArray<string> ExcludedOrganisations { get; init; } = ExcludedOrganisations.IsDefault ? [] : ExcludedOrganisations;

    /// <summary>The accounts of the people whom she shut out.</summary>
    public ImmutableArray<string> ExcludedPeople { get; init; } = [];

    public bool MayBeKnownTo(OrganisationFacts organisation)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        return PoliceMayKnow || !organisation.NeedsBasis;
    }
}

/// <param name="Order">Its place in the protocol's list, from 0.</param>
/// <param name="Journey">How long the way there takes. It decides what is lawful and is never shown.</param>
public sealed record HouseCandidate(HouseSummary House, int Order, TimeSpan Journey = default);

/// <summary>Why a house stands where it stands, for a call-taker to read.</summary>
public enum HouseNote { ToConfirm = 1, RingFirst = 2, WaitForCurfew = 3, WaitForRoad = 4, AskBoysAge = 5, AskNights = 6, NoBedKnown = 7 }

/// <summary>Why a house is not asked.</summary>
public enum NotAskedHouse { OtherTenant = 1, OutsideArea = 2, Excluded = 3, NoDisclosureBasis = 4, DoesNotFit = 5, NoBed = 6, NoLawfulWay = 7 }

/// <param name="DepartAt">The first moment from which the way there is lawful.</param>
/// <param name="Askable">A hold can be asked for; otherwise only a voice on the telephone knows more than its old figure.</param>
public sealed record HouseOption(string Shelter, int Order, Freshness Freshness, DateTimeOffset DepartAt, bool Askable, ImmutableArray<HouseNote> Notes);

public sealed record HouseLeftOut(string Shelter, NotAskedHouse Why, ImmutableArray<Misfit> Misfits);

public sealed record HouseOrder(ImmutableArray<HouseOption> Options, ImmutableArray<HouseLeftOut> LeftOut);

/// <summary>Which houses to try for a party, and in which order.</summary>
public static class HouseMatching
{
    /// <summary>
    /// Houses whose figure is over twelve hours old last; of the others those that she may set out for now, then as the protocol orders them, then those that surely
    /// take her, then the freshest figure.
    /// </summary>
    public static HouseOrder Order(ShelterNeed need, IEnumerable<HouseCandidate> houses, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(need);
        ArgumentNullException.ThrowIfNull(houses);
        HouseCandidate[] all = [.. houses.DistinctBy(c => c.House.Shelter)];
        return new(
            [
                .. all.Where(c => WhyNot(need, c, now) is null)
                    .Select(c => (Option: Option(need, c, now), Unsure: !Fit.Of(c.House.Rules, need.Guests).ToAsk.IsEmpty))
                    .OrderBy(o => o.Option.Freshness is Freshness.RingFirst)
                    .ThenBy(o => !o.Option.Askable)
                    .ThenBy(o => o.Option.DepartAt)
                    .ThenBy(o => o.Option.Order)
                    .ThenBy(o => o.Unsure)
                    .ThenBy(o => o.Option.Freshness)
                    .ThenBy(o => o.Option.Shelter, StringComparer.Ordinal)
                    .Select(o => o.Option),
            ],
            [
                .. all.Select(c => (c.House, Why: WhyNot(need, c, now))).Where(c => c.Why is not null)
                    .Select(c => new HouseLeftOut(c.House.Shelter, c.Why!.Value, c.Why is NotAskedHouse.DoesNotFit ? Fit.Of(c.House.Rules, need.Guests).Against : []))
                    .OrderBy(c => c.Shelter, StringComparer.Ordinal),
            ]);
    }

    /// <summary>The first rule that keeps this house from being asked, or null.</summary>
    public static NotAskedHouse? WhyNot(ShelterNeed need, HouseCandidate candidate, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(need);
        ArgumentNullException.ThrowIfNull(candidate);
        var house = candidate.House;
        if (house.Tenant != need.Tenant) return NotAskedHouse.OtherTenant;
        if (!house.Areas.Contains(need.Area)) return NotAskedHouse.OutsideArea;
        if (need.ExcludedOrganisations.Contains(house.Organisation.Id) || need.ExcludedPeople.Any(person => house.Staff.Contains(person))) return NotAskedHouse.Excluded;
        if (!need.MayBeKnownTo(house.Organisation)) return NotAskedHouse.NoDisclosureBasis;
        if (!Fit.Of(house.Rules, need.Guests).Fits) return NotAskedHouse.DoesNotFit;
        if (house.Travel.Depart(now, candidate.Journey) is null) return NotAskedHouse.NoLawfulWay;
        return !HasRoom(need, house) && house.Freshness is not Freshness.RingFirst ? NotAskedHouse.NoBed : null;
    }

    private static HouseOption Option(ShelterNeed need, HouseCandidate candidate, DateTimeOffset now)
    {
        var departure = candidate.House.Travel.Depart(now, candidate.Journey)!;
        return new(candidate.House.Shelter, candidate.Order, candidate.House.Freshness, departure.At, HasRoom(need, candidate.House), [.. Notes(need, candidate.House, departure)]);
    }

    private static IEnumerable<HouseNote> Notes(ShelterNeed need, HouseSummary house, Departure departure)
    {
        if (house.Freshness is Freshness.ToConfirm) yield return HouseNote.ToConfirm;
        if (house.Freshness is Freshness.RingFirst) yield return HouseNote.RingFirst;
        if (departure.Waits is ClosedFor.Curfew) yield return HouseNote.WaitForCurfew;
        if (departure.Waits is ClosedFor.Road) yield return HouseNote.WaitForRoad;
        foreach (var unknown in Fit.Of(house.Rules, need.Guests).ToAsk) yield return unknown is Misfit.BoyTooOld ? HouseNote.AskBoysAge : HouseNote.AskNights;
        if (!HasRoom(need, house)) yield return HouseNote.NoBedKnown;
    }

    private static bool HasRoom(ShelterNeed need, HouseSummary house) => Allotting.For(need.Guests, house.Rules, kind => house.Free.Of(kind)) is not null;
}
