using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Channels;

namespace Dispatch.Domain.Alerts;

/// <summary>Somebody was asked, and nothing ever showed that she heard of it. For those who keep the rosters: no alert, no need and no place in it.</summary>
public sealed record Unreached
{
    public const int CurrentSchema = 1;

    /// <summary>What those who keep the rosters look back on.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    /// <summary>Who was asked no longer than this had hardly time to hear of it: three channels, one after the other, and a ring.</summary>
    public static readonly TimeSpan AskedAtLeast = TimeSpan.FromSeconds(30);

    public int SchemaVersion { get; init; } = CurrentSchema;
    public required string Responder { get; init; }
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>What left for her; empty when there was nothing to send on.</summary>
    public required ImmutableArray<ChannelKind> On { get; init; }
    public required bool Exercise { get; init; }

    /// <summary>Asked twice in the same moment, she was not reached once.</summary>
    [JsonIgnore]
    public string Key => $"{NewestFirst.Key(AskedAt)}.{Responder}";

    /// <summary>Of the offers that these lines take back: those of which no phone of hers ever showed a sign.</summary>
    public static IEnumerable<Unreached> In(Alert alert, IEnumerable<HistoryEvent> lines, IReadOnlyCollection<Delivery> facts)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return
            from line in lines
            where line.Kind is HistoryKind.Withdrawn
            let offer = line.Offer is { } no ? alert.OfferNo(no) : null
            where offer is { AnsweredAt: null, Assignment: null } && line.At - offer.At >= AskedAtLeast
            let hers = facts.Where(f => f.Offer == offer.No).ToArray()
            where hers.All(f => f.DeliveredAt is null)
            select new Unreached { Responder = offer.Responder, AskedAt = offer.At, On = [.. hers.Where(f => f.SentAt is not null).Select(f => f.Channel).Distinct().Order()], Exercise = alert.Exercise };
    }
}
