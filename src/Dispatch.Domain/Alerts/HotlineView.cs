using System.Collections.Immutable;
using Dispatch.Domain.Sealing;

namespace Dispatch.Domain.Alerts;

/// <summary>The whole alert as the line's staff may see it, sealed parts still sealed: who was asked, told, saw, answered, and what comes next.</summary>
public sealed record HotlineView
{
    public required Alert Alert { get; init; }
    public required ImmutableArray<Delivery> Deliveries { get; init; }
    public required ImmutableArray<HistoryEvent> History { get; init; }
}

/// <summary>How far an offer got, for a person to read: the decision where there is one, the delivery otherwise.</summary>
public enum OfferProgress { Planned = 1, Sent = 2, Delivered = 3, Seen = 4, Accepted = 5, Declined = 6, Withdrawn = 7 }

public static class OfferProgresses
{
    public static OfferProgress Of(Offer offer, IEnumerable<Delivery> deliveries)
    {
        ArgumentNullException.ThrowIfNull(offer);
        return offer.State switch
        {
            OfferState.Accepted => OfferProgress.Accepted,
            OfferState.Declined => OfferProgress.Declined,
            OfferState.Withdrawn => OfferProgress.Withdrawn,
            OfferState.Open => deliveries.Where(d => d.Offer == offer.No && d.Round == offer.Round).Aggregate(OfferProgress.Planned, (best, d) => Max(best, Of(d))),
            _ => throw new System.Diagnostics.UnreachableException($"offer {offer.State}"),
        };
    }

    private static OfferProgress Of(Delivery d) =>
        d.SeenAt is not null ? OfferProgress.Seen : d.DeliveredAt is not null ? OfferProgress.Delivered : d.SentAt is not null ? OfferProgress.Sent : OfferProgress.Planned;

    private static OfferProgress Max(OfferProgress a, OfferProgress b) => a > b ? a : b;
}
