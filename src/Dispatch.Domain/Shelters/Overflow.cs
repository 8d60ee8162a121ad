using System.Collections.Immutable;
using Dispatch.Domain.Organisations;

namespace Dispatch.Domain.Shelters;

public enum OverflowKind { PartnerHotel = 1, HostFamily = 2, OneStopCentreRoom = 3 }

/// <summary>Where somebody sleeps when every house is full. It keeps no ledger: a human asks, place by place.</summary>
/// <param name="Order">Its place in the protocol's list, from 0.</param>
public sealed record OverflowPlace(
    string Id, OverflowKind Kind, string Tenant, OrganisationFacts Organisation, ImmutableArray<string> Areas, HouseRules Rules, TravelHours Travel, int Order, TimeSpan Journey = default)
{
    /// <summary>Those that may be asked for this party: who may set out now first, then in the protocol's order.</summary>
    public static ImmutableArray<(OverflowPlace Place, DateTimeOffset DepartAt)> For(ShelterNeed need, IEnumerable<OverflowPlace> places, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(need);
        return
        [
            .. places.DistinctBy(p => p.Id).Where(p => p.MayTake(need))
                .Select(p => (Place: p, Departure: p.Travel.Depart(now, p.Journey))).Where(p => p.Departure is not null)
                .OrderBy(p => p.Departure!.At).ThenBy(p => p.Place.Order).ThenBy(p => p.Place.Id, StringComparer.Ordinal)
                .Select(p => (p.Place, p.Departure!.At)),
        ];
    }

    public bool SameAs(OverflowPlace other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { Areas = other.Areas, Travel = other.Travel } == other && Areas.SequenceEqual(other.Areas)
            && Travel.UtcOffsetMinutes == other.Travel.UtcOffsetMinutes && Travel.Closed.SequenceEqual(other.Travel.Closed);
    }

    private bool MayTake(ShelterNeed need) =>
        Tenant == need.Tenant && Areas.Contains(need.Area) && !need.ExcludedOrganisations.Contains(Organisation.Id) && need.MayBeKnownTo(Organisation) && Fit.Of(Rules, need.Guests).Fits;
}
