using System.Collections.Immutable;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Protocols;

namespace Dispatch.Domain.Alerts;

/// <summary>
/// Who does not confirm an offer is told on the next kind of channel: data at once, then a text, then a call (design §3, step 3). That an offer climbed is a
/// stored fact, so that a host which dies between two rungs loses nothing.
/// </summary>
public static class Climbing
{
    /// <summary>When the next offer climbs if nobody confirms, or null where the protocol has no rung left for any.</summary>
    public static DateTimeOffset? NextDue(Alert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (alert.Rules is not { } rules || !Climbs(rules)) return null;
        var stopped = Stopped(alert);
        return alert.Offers.Min(o => stopped.Contains(o.Need) ? null : NextAt(rules, o));
    }

    /// <summary>The rung above, and when it is due; null for what is answered, confirmed or at the top.</summary>
    public static DateTimeOffset? NextAt(Rules rules, Offer offer)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(offer);
        return offer is { State: OfferState.Open, Confirmed: false } && Above(rules, offer.Rung) is { } above ? offer.At.AddSeconds(above.AfterSeconds) : null;
    }

    /// <summary>Every offer that is due, in one decision; those who confirmed meanwhile are only marked.</summary>
    /// <param name="known">What the delivery facts say of an offer.</param>
    public static Decision Climb(Alert alert, Func<Offer, Heard> known, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(known);
        if (alert.Rules is not { } rules || !Climbs(rules) || alert.AskingStopped) return new Decision.Unchanged(alert);
        var at = Clock.DueUntil(alert, now);
        var next = alert;
        var climbed = ImmutableArray.CreateBuilder<string>();
        var stopped = Stopped(alert);
        foreach (var offer in alert.Offers)
        {
            if (stopped.Contains(offer.Need)) continue;
            if (NextAt(rules, offer) is not { } due) continue;
            var heard = known(offer);
            if (heard is not Heard.ByNobody && due > at) continue;
            if (heard is Heard.Confirmed)
            {
                next = next.With(offer with { Confirmed = true });
                continue;
            }

            next = next.With(offer with { Rung = Above(rules, offer.Rung)!.Value.Rung });
            climbed.Add(Pending.Responder(offer.Responder));
        }

        return ReferenceEquals(next, alert) ? new Decision.Unchanged(alert) : next.Tell(climbed).Changed(now);
    }

    /// <summary>Whether an offer has climbed far enough for this kind of channel.</summary>
    public static bool Carries(Rules rules, Rung rung, ChannelKind channel)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return channel switch
        {
            ChannelKind.Sms => rules.TextAfterSeconds == 0 || rung >= Rung.Text,
            ChannelKind.Voice => rules.CallAfterSeconds == 0 || rung >= Rung.Call,
            _ => true,
        };
    }

    /// <summary>Whether an offer that climbed this far still waits for this kind of channel: those of the rungs below have had their time, or have failed.</summary>
    public static bool WaitsFor(Rules rules, Rung rung, ChannelKind channel) =>
        Carries(rules, rung, channel) && (rung is Rung.Data || !Carries(rules, rung - 1, channel));

    /// <summary>What a human who has the alert looks after by herself.</summary>
    private static ImmutableArray<Need> Stopped(Alert alert) => alert.Covered ? [.. alert.Needs.Where(alert.AskingStoppedFor).Select(n => n.Need)] : [];

    private static bool Climbs(Rules rules) => rules.TextAfterSeconds > 0 || rules.CallAfterSeconds > 0;

    private static (Rung Rung, int AfterSeconds)? Above(Rules rules, Rung rung)
    {
        if (rung < Rung.Text && rules.TextAfterSeconds > 0) return (Rung.Text, rules.TextAfterSeconds);
        return rung < Rung.Call && rules.CallAfterSeconds > 0 ? (Rung.Call, rules.CallAfterSeconds) : null;
    }
}

/// <summary>Up to which kind of channel an offer is sent.</summary>
public enum Rung { Data = 0, Text = 1, Call = 2 }

/// <summary>What became of an offer on the channels it was sent on.</summary>
public enum Heard
{
    /// <summary>It is under way, or was handed over and nobody confirmed.</summary>
    NotYet = 1,

    /// <summary>A phone has it.</summary>
    Confirmed = 2,

    /// <summary>No channel of this rung reaches her, or none will any more: there is nothing to wait for.</summary>
    ByNobody = 3,
}
