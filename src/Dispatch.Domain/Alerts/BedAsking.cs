using System.Collections.Immutable;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <param name="Shelter">The house that the call-taker chose; null for the one that the search would ask next.</param>
/// <param name="Guests">For whom, as she says on the line; null for what is known.</param>
/// <param name="KeyMac">Keyed MAC of the command's key: the same key asks once.</param>
/// <param name="BodyMac">Of its body: the same key with another body is a mistake.</param>
/// <param name="Said">What the command says of them, sealed: it is kept when the search is over, and the clear one is not.</param>
/// <param name="ByTelephone">People of the house said yes to her on the telephone.</param>
public sealed record RequestBed(string By, string KeyMac, string? Shelter = null, Guests? Guests = null, string? BodyMac = null, Sealed<Guests>? Said = null, bool ByTelephone = false);

/// <summary>Asking a house for beds: one decision writes it down, and only then is the house called.</summary>
public static class BedAsking
{
    /// <summary>A call-taker asks, also where a machine searches or has given up.</summary>
    /// <returns>Unchanged where this command stands already. One that was refused is not kept: said again, it asks again.</returns>
    public static Decision Request(Alert alert, RequestBed command, HousesKnown known, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(known);
        if (OfKey(alert, command.KeyMac) is { } earlier)
        {
            if (earlier.BodyMac != command.BodyMac) return Decision.No(Refusal.KeyReused);
            if (!earlier.SaidNo) return new Decision.Unchanged(alert);
        }

        if (alert.Stage is Stage.Ended) return Decision.No(Refusal.Ended);
        if (NotHere(alert)) return Decision.No(Refusal.NotAllowedHere);
        // It would be given back in the decision that asks for it, and whoever asked would tell her of a bed that nobody holds.
        if (alert.Beds?.YesSince is not null) return Decision.No(Refusal.HeldAlready);
        if ((command.Guests ?? BedSearching.GuestsOf(alert)) is not { MakeSense: true } guests) return Decision.No(Refusal.PartyUnknown);
        if (alert.Beds?.Requests.Length >= BedSearch.MaxRequests) return Decision.No(Refusal.TooMany);
        var need = BedSearching.NeedOf(alert, guests);
        if (Chosen(alert, command.Shelter, need, known, now) is not { } house) return Decision.No(Refusal.NoBed);
        if (alert.Beds?.Requests.FirstOrDefault(r => r.Shelter == house.House.Shelter && r.Open) is not null) return Decision.No(Refusal.HeldAlready);
        return alert.WithShelterNeed(now).Ask(house, guests, now, command);
    }

    /// <summary>A drill keeps no real bed from anybody, and nobody searches one for whoever holds her phone.</summary>
    internal static bool NotHere(Alert alert) => alert.Exercise || alert.StandingOff || alert.Rules is null;

    /// <summary>Whoever asks for a bed by hand opens the need for one.</summary>
    internal static Alert WithShelterNeed(this Alert alert, DateTimeOffset now) =>
        BedSearching.ShelterNeedOf(alert) is null ? alert with { Needs = alert.Needs.Add(Asking.NewNeed(alert, Need.Shelter, now)) } : alert;

    /// <summary>What the command with this key asked for last, or null.</summary>
    public static BedRequest? OfKey(Alert alert, string keyMac)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return alert.Beds?.Requests.LastOrDefault(r => r.KeyMac == keyMac);
    }

    internal static Decision.Changed Ask(this Alert alert, HouseCandidate candidate, Guests guests, DateTimeOffset now, RequestBed? command = null)
    {
        var beds = alert.Beds ?? new BedSearch();
        var house = candidate.House;
        var request = new BedRequest { No = beds.Requests.Length, Shelter = house.Shelter, Organisation = house.Organisation, Staff = house.Staff.IsEmpty ? null : house.Staff, AskedAt = now, Way = WayThere.Of(candidate), By = command?.By, KeyMac = command?.KeyMac, BodyMac = command?.BodyMac, ByTelephone = command?.ByTelephone is true };
        return (alert with { Beds = beds.With(request) with { Guests = guests, Said = command?.Said ?? beds.Said } })
            .Changed(now, Note(HistoryKind.BedRequested, now, Need.Shelter, who: command?.By) with { Bed = request.No });
    }

    /// <summary>A human may choose a house whose figure is too old to be asked by machine; its ledger has the last word. Nobody chooses one that may not know of her.</summary>
    private static HouseCandidate? Chosen(Alert alert, string? shelter, ShelterNeed need, HousesKnown known, DateTimeOffset now)
    {
        if (shelter is not null)
        {
            return known.Houses.FirstOrDefault(h => h.House.Shelter == shelter) is { } chosen && HouseMatching.WhyNot(need, chosen, now) is null or NotAskedHouse.NoBed or NotAskedHouse.NoLawfulWay ? chosen : null;
        }

        var tried = (alert.Beds?.Requests ?? []).Where(r => !r.MayBeAskedAgain(known)).Select(r => r.Shelter).ToImmutableHashSet(StringComparer.Ordinal);
        var next = HouseMatching.Order(need, known.Houses, now).Options.FirstOrDefault(o => o.Askable && !tried.Contains(o.Shelter));
        return next is null ? null : known.Houses.First(h => h.House.Shelter == next.Shelter);
    }
}
