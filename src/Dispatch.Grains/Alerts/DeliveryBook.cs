using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Protocols;
using Dispatch.Grains.Rows;

namespace Dispatch.Grains.Alerts;

/// <summary>The delivery facts of one alert, in memory and in rows of their own. Facts only ever grow, so writing one twice is harmless.</summary>
internal sealed class DeliveryBook
{
    private readonly SortedDictionary<string, Delivery> _facts = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _unwritten = new(StringComparer.Ordinal);
    private Task? _writing;

    public ImmutableArray<Delivery> All => [.. _facts.Values];

    /// <summary>Something is known that is not yet in its row.</summary>
    public bool Dirty => _unwritten.Count > 0;

    public void Load(IEnumerable<Delivery> facts)
    {
        foreach (var fact in facts) _facts[fact.Key] = fact;
    }

    public Delivery? Find(Offer offer, ChannelKind channel) => _facts.GetValueOrDefault(Delivery.KeyOf(offer.No, offer.Round, channel));

    /// <summary>True when the receipt says something new.</summary>
    public bool Record(Offer offer, Receipt receipt)
    {
        var known = Find(offer, receipt.Channel) ?? new Delivery { Offer = offer.No, Round = offer.Round, Channel = receipt.Channel };
        return Put(known.With(receipt.State, receipt.At), known);
    }

    /// <summary>True when it says something new.</summary>
    public bool Lost(Offer offer, ChannelKind channel, string why, DateTimeOffset at)
    {
        var known = Find(offer, channel) ?? new Delivery { Offer = offer.No, Round = offer.Round, Channel = channel };
        return Put(known.Lost(why, at), known);
    }

    public void Sent(Offer offer, ChannelKind channel, DeliveryResult result, DateTimeOffset at)
    {
        var known = Find(offer, channel) ?? new Delivery { Offer = offer.No, Round = offer.Round, Channel = channel };
        var tried = known with { Attempts = known.Attempts + 1 };
        Put(result switch
        {
            // The network may say that it will not arrive before the gateway has said that it took it.
            DeliveryResult.Sent => tried with { SentAt = known.SentAt ?? at, Partly = null },
            DeliveryResult.Never never => tried with { Partly = null, GaveUp = never.Why, GaveUpAt = at },
            // She was told: what is taken back is taken back here too. And it is tried again for the rest.
            DeliveryResult.Later { Partly: true } => tried with { SentAt = known.SentAt ?? at, Partly = true },
            DeliveryResult.Later => tried,
            _ => throw new System.Diagnostics.UnreachableException("delivery result"),
        }, known);
    }

    /// <summary>What became of an offer on those of these channels that it was sent on.</summary>
    public Heard Heard(Rules rules, Offer offer, IReadOnlyCollection<ChannelKind> channels)
    {
        var facts = channels.Select(kind => (Kind: kind, Fact: Find(offer, kind))).ToArray();
        if (facts.Any(f => f.Fact?.DeliveredAt is not null)) return Domain.Alerts.Heard.Confirmed;
        return facts.All(f => !Climbing.WaitsFor(rules, offer.Rung, f.Kind) || f.Fact?.GaveUp is not null) ? Domain.Alerts.Heard.ByNobody : Domain.Alerts.Heard.NotYet;
    }

    /// <summary>Distinct people whose phone confirmed that it has the offer.</summary>
    public int PeopleReached(Alert alert) =>
        _facts.Values.Where(d => d.DeliveredAt is not null).Select(d => alert.OfferNo(d.Offer)?.Responder).Distinct().Count(r => r is not null);

    /// <summary>Everything known is durable when the task completes. One write at a time, so that an older fact never lands on a newer one.</summary>
    public async Task Flush(IRows rows, string alertId)
    {
        while (_writing is { } before) await before;
        if (!Dirty) return;
        var write = Write(rows, alertId);
        if (write.IsCompleted)
        {
            await write;
            return;
        }

        _writing = write;
        try
        {
            await write;
        }
        finally
        {
            _writing = null;
        }
    }

    private async Task Write(IRows rows, string alertId)
    {
        var changes = _unwritten.Select(k => new RowChange(Tables.Deliveries, alertId, k, _facts[k])).ToArray();
        _unwritten.Clear();
        try
        {
            await rows.Write(changes);
        }
        catch
        {
            _unwritten.UnionWith(changes.Select(c => c.Key));
            throw;
        }
    }

    private bool Put(Delivery next, Delivery known)
    {
        if (_facts.ContainsKey(next.Key) && next == known) return false;
        _facts[next.Key] = next;
        _unwritten.Add(next.Key);
        return true;
    }
}
