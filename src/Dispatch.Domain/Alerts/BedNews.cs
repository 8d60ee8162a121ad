namespace Dispatch.Domain.Alerts;

public enum BedNewsState { Booked = 1, Arrived = 2, Lost = 3 }

/// <summary>What whoever drives her, or goes with her, is told of her bed: that there is one and when she is expected, never which house.</summary>
/// <param name="Since">When the house or the place said yes.</param>
public sealed record BedNews(BedNewsState State, DateTimeOffset? Since = null, DateTimeOffset? ExpectedAt = null)
{
    /// <summary>Null as long as nobody has said yes.</summary>
    public static BedNews? Of(BedSearch? beds) => beds switch
    {
        null => null,
        { Hers: { } bed } => new BedNews(bed.State is BedState.Occupied ? BedNewsState.Arrived : BedNewsState.Booked, bed.BookedAt, bed.ExpectedAt),
        { Beside: { } place } => new BedNews(place.State is PlaceState.Arrived ? BedNewsState.Arrived : BedNewsState.Booked, place.AnsweredAt),
        // She was there and has left: nobody lost anything.
        { Arrived: true, News: { } last } => last,
        { News: not null } => new BedNews(BedNewsState.Lost),
        _ => null,
    };
}

public static class BedNewsTelling
{
    /// <summary>Part of every decision: whoever is on the way with her must not drive to a bed that is gone.</summary>
    internal static Alert WithBedNews(this Alert alert)
    {
        if (alert.Beds is not { } beds || BedNews.Of(beds) is var news && news == beds.News) return alert;
        return (alert with { Beds = beds with { News = news } }).Tell(alert.Offers.Where(o => o.Assignment is { Active: true } a && Told(o.Need, a.Mode)).Select(o => Pending.Responder(o.Responder)));
    }

    internal static int? Lost(Alert alert, Offer offer) => alert.Beds is { News.State: BedNewsState.Lost } beds && offer.Assignment is { Active: true } a && Told(offer.Need, a.Mode)
        ? beds.Requests.Count(r => r is { BookedAt: not null, State: BedState.Releasing or BedState.Over }) + (beds.Places?.Count(p => p.State is PlaceState.Over) ?? 0)
        : null;

    /// <summary>Whether somebody who accepted this, and helps in this way, is on the way with her.</summary>
    public static bool Told(Need need, Mode mode) => need is Need.Transport || Pairs.Journey(mode);
}
