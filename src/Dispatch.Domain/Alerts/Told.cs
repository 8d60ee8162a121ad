using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.Shelters;

namespace Dispatch.Domain.Alerts;

/// <summary>Before acceptance a responder sees this and no more: what is needed, how, since when, and a short code to answer with.</summary>
public sealed record OfferSummary(
    string OfferId,
    Need Need,
    Mode Mode,
    ImmutableArray<Mode> Modes,
    string ReplyCode,
    DateTimeOffset RaisedAt,
    DateTimeOffset OfferedAt,
    DateTimeOffset? ExpiresAt,
    long Version,
    bool Exercise)
{
    /// <summary>Before this moment the way is not lawful, and why; null when a driver may set out now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Departure? Departs { get; init; }
}

/// <summary>
/// Everything one responder may know of one alert as of one version, as told by the alert. The newest version wins; an older one is
/// ignored. After the alert ended it stays as a tombstone.
/// </summary>
public sealed record AlertTold
{
    public const int CurrentSchema = 1;

    public int SchemaVersion { get; init; } = CurrentSchema;
    public required string AlertId { get; init; }
    public required long Version { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }
    public required bool Exercise { get; init; }
    public required string Area { get; init; }

    /// <summary>The protocol's rule by which she rests after it.</summary>
    public RestRule? Rest { get; init; }
    public required ImmutableArray<ToldOffer> Offers { get; init; }
}

public sealed record ToldOffer
{
    public required int No { get; init; }
    public required int Round { get; init; }
    public required Need Need { get; init; }
    public required ImmutableArray<Mode> Modes { get; init; }
    public required OfferState State { get; init; }
    public required DateTimeOffset At { get; init; }
    public Assignment? Assignment { get; init; }
    public DateTimeOffset? ProgressDueAt { get; init; }

    public DateTimeOffset? CheckInDueAt { get; init; }

    /// <summary>What is known of the way that a driver is asked for; null where no hour is closed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WayThere? Way { get; init; }

    /// <summary>She is on the way with somebody whose bed is gone: how many are by now. Null while there is one, or never was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? BedsLost { get; init; }

    /// <summary>The short code for an answer by text; given by the responder's own actor, unique among her open offers.</summary>
    public string ReplyCode { get; init; } = "";
}

public static class Telling
{
    /// <summary>What <paramref name="responder"/> is to know of the alert now.</summary>
    public static AlertTold To(Alert alert, string responder)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return To(alert, [.. alert.Offers.Where(o => o.Responder == responder)]);
    }

    /// <summary>The same for who is already known to have just these offers.</summary>
    public static AlertTold To(Alert alert, IReadOnlyCollection<Offer> hers)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return new AlertTold
        {
            AlertId = alert.Id,
            Version = alert.Version,
            RaisedAt = alert.RaisedAt,
            Exercise = alert.Exercise,
            Area = alert.Area,
            // Worth its bytes only where somebody has something to rest from.
            Rest = hers.Any(o => o.Assignment is not null) ? alert.Rules?.Rest : null,
            Offers =
            [
                .. hers.Select(o => new ToldOffer
                {
                    No = o.No,
                    Round = o.Round,
                    Need = o.Need,
                    Modes = o.Modes,
                    State = o.State,
                    At = o.At,
                    Assignment = o.Assignment,
                    ProgressDueAt = Silence.SilentAt(alert, o) ?? Riding.LateAt(alert, o),
                    CheckInDueAt = OnTheWay.CheckInAt(alert, o),
                    Way = Lawful.Way(alert, o.Need),
                    BedsLost = BedNewsTelling.Lost(alert, o),
                }),
            ],
        };
    }

    public static OfferSummary Summary(AlertTold told, ToldOffer offer, DateTimeOffset? now = null)
    {
        ArgumentNullException.ThrowIfNull(told);
        ArgumentNullException.ThrowIfNull(offer);
        return new OfferSummary(
            new OfferId(told.AlertId, offer.No).ToString(), offer.Need, offer.Modes[0], offer.Modes, offer.ReplyCode,
            told.RaisedAt, offer.At, ExpiresAt: null, told.Version, told.Exercise) { Departs = now is { } at ? offer.Way?.Waits(at) : null };
    }
}
