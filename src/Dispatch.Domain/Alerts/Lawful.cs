using Dispatch.Domain.Shelters;

namespace Dispatch.Domain.Alerts;

/// <summary>The hours in which the way to a house is closed, and how long it takes. It says what is lawful and is shown to nobody.</summary>
public sealed record WayThere(TravelHours Hours, int JourneyMinutes)
{
    /// <summary>Null where nothing is ever closed.</summary>
    public static WayThere? Of(HouseCandidate house)
    {
        ArgumentNullException.ThrowIfNull(house);
        return house.House.Travel.Closed.IsEmpty ? null : new(house.House.Travel, (int)house.Journey.TotalMinutes);
    }

    /// <summary>What a journey that would begin now waits for; null where it is lawful, and where no hour within two days would be: then a human decides.</summary>
    public Departure? Waits(DateTimeOffset now) => Hours.Depart(now, TimeSpan.FromMinutes(JourneyMinutes)) is { Waits: not null } later ? later : null;
}

/// <summary>
/// Drivers are asked at any hour, for who can set out when the curfew ends is worth more than nobody. They and the line are told what the way waits for, and nobody is
/// called late for keeping to the law.
/// </summary>
public static class Lawful
{
    public static WayThere? Way(Alert alert, Need need)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return need is Need.Transport ? alert.Beds?.Hers?.Way : null;
    }

    /// <summary>From when on a driver's time runs.</summary>
    internal static DateTimeOffset RunsFrom(Alert alert, Offer offer, DateTimeOffset at) => Way(alert, offer.Need)?.Waits(at)?.At ?? at;

    /// <summary>The way is known, or no longer: whoever drives her, or is asked to, hears of it.</summary>
    internal static Alert TellDrivers(this Alert alert) =>
        alert.Tell(alert.Offers.Where(o => o.Need is Need.Transport && (o.State is OfferState.Open || o.Assignment is { Active: true })).Select(o => Pending.Responder(o.Responder)));
}
