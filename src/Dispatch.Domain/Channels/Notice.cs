using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Channels;

public enum ChannelKind { Live = 1, WebPush = 2, Fcm = 3, Sms = 4, Voice = 5 }

public enum NoticeKind { Offer = 1, OfferWithdrawn = 2, AlertChanged = 3, QueueChanged = 4, Untaken = 5, LineAlertChanged = 6, BedsChanged = 7, AreaBedsChanged = 8, HoldWaiting = 9 }

/// <summary>
/// One message to one person on one channel. It carries no name, no place and nothing that says what this is about beyond what a
/// signed-in responder's own page shows.
/// </summary>
/// <param name="Id">Deterministic, without attempt or time: <c>{offerId}.{round}:{channel}</c>. A receiver that saw it drops the repeat.</param>
/// <param name="Recipient">The responder, or for <see cref="NoticeKind.QueueChanged"/> and <see cref="NoticeKind.LineAlertChanged"/> the line, for <see cref="NoticeKind.BedsChanged"/> the house, and for <see cref="NoticeKind.AreaBedsChanged"/> the service area.</param>
/// <param name="Line">Whose queue it is about, for <see cref="NoticeKind.Untaken"/>: who is told may answer for several lines.</param>
/// <param name="Told">What became of her offer, where the notice is not an offer.</param>
/// <param name="Code">By which she names it in a text, for <see cref="NoticeKind.HoldWaiting"/>.</param>
public sealed record Notice(
    string Id,
    NoticeKind Kind,
    string Recipient,
    string AlertId,
    long Version,
    string? OfferId = null,
    OfferSummary? Offer = null,
    string? Line = null,
    ToldOffer? Told = null,
    string? Code = null);

/// <summary>What became of one attempt.</summary>
public abstract record DeliveryResult
{
    private DeliveryResult()
    {
    }

    /// <summary>Handed over. It has not thereby arrived: only a receipt says that.</summary>
    public sealed record Sent(string? ExternalId = null) : DeliveryResult;

    /// <summary>Not now; the same notice may be tried again after this.</summary>
    /// <param name="Partly">One of her devices has it, and the channel still owes it to another.</param>
    public sealed record Later(TimeSpan RetryAfter, string Why, bool Partly = false) : DeliveryResult;

    /// <summary>Not on this channel: the next one goes at once.</summary>
    public sealed record Never(string Why) : DeliveryResult;
}

/// <summary>
/// One way to reach a person. At least once: a repeat carries the same <see cref="Notice.Id"/>. Never throws for a refusal of the far
/// side, never calls a grain, and ends by the caller's deadline.
/// </summary>
public interface IChannel
{
    ChannelKind Kind { get; }

    Task<DeliveryResult> Send(Notice notice, CancellationToken deadline);
}
