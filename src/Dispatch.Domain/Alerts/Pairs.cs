namespace Dispatch.Domain.Alerts;

/// <summary>Nobody makes a journey alone to an alert that may be a trap.</summary>
public static class Pairs
{
    /// <summary>Somebody goes to her or with her.</summary>
    public static bool Journey(Mode mode) => mode is Mode.ComesToHer or Mode.Escorts;

    /// <summary>
    /// Whether a journey for this need takes two. A need that opened at night keeps the night's rule, so that nobody who accepted alone is
    /// kept waiting for a second person whom nobody asks.
    /// </summary>
    public static bool Needed(Alert alert, NeedState need)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(need);
        return alert.Verification is Verification.None || (need.Night && alert.Verification <= alert.Rules!.NightPairsUpTo);
    }

    /// <summary>Enough people count, or a house has given her a bed. Where a journey takes two, only others on that journey make the pair.</summary>
    internal static bool HasEnough(this Alert alert, NeedState need)
    {
        if (need.Need is Need.Shelter && alert.Beds is { HasBed: true }) return true;
        var counted = alert.Offers.Where(o => o.Need == need.Need && o.Counts).ToArray();
        var journeys = Needed(alert, need) ? counted.Count(o => Journey(o.Assignment!.Mode)) : 0;
        return journeys > 0 ? journeys >= Math.Max(2, need.Quorum) : counted.Length >= need.Quorum;
    }

    /// <summary>Would set out alone although it takes two. Whoever only texted is nobody to set out with.</summary>
    internal static bool Alone(Alert alert, Offer offer) =>
        Journey(offer.Assignment!.Mode)
        && Needed(alert, alert.Needs.First(n => n.Need == offer.Need))
        && alert.Offers.Count(o => o.Need == offer.Need && o.Counts && Journey(o.Assignment!.Mode) && !o.Assignment.Provisional) < 2;

    /// <summary>When the last of those with whom she makes a pair accepted for good; null where it takes no pair, or she has nobody yet.</summary>
    internal static DateTimeOffset? CompleteSince(Alert alert, Offer offer) =>
        Journey(offer.Assignment!.Mode) && Needed(alert, alert.Needs.First(n => n.Need == offer.Need))
            ? alert.Offers.Where(o => o.No != offer.No && o.Need == offer.Need && o.Counts && Journey(o.Assignment!.Mode) && !o.Assignment.Provisional).Max(o => o.Assignment!.ConfirmedAt ?? (DateTimeOffset?)o.Assignment.AcceptedAt)
            : null;

    /// <summary>She wished for a journey that takes two: both are asked for from the start.</summary>
    internal static bool Wished(Alert alert, NeedState need) =>
        Needed(alert, need) && alert.WishedModes.Any(m => Journey(m) && alert.Rules!.For(need.Need).Modes.Contains(m));
}
