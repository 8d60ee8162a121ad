using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Contacts;

/// <summary>A human has her call and is rung for it. Taken is not spoken with: until somebody picked up she is owed somebody who does.</summary>
internal static class PuttingThrough
{
    public static Contact Take(Contact contact, ReceiveContact command, DateTimeOffset now)
    {
        if (command.Call is not { } id || contact.Call(id) is not { ConnectedAt: null } call) return contact;
        return command.Kind switch
        {
            ContactEventKind.PutThrough => call.PutThroughAt is null ? contact.With(call with { PutThroughAt = now }) : contact,
            ContactEventKind.Connected => Connected(contact.With(call with { ConnectedAt = now }), call, now),
            _ => call.OverAt is null ? RingAgain(contact, command, now) : contact,
        };
    }

    /// <summary>
    /// She hung up while whoever took it was rung: it rings again for everybody, as a call-back. Whoever took it and was never rung for her knows that it is hers to ring.
    /// </summary>
    public static Contact Over(Contact contact, ContactCall call, ReceiveContact command, DateTimeOffset now) =>
        call is { PutThroughAt: not null, ConnectedAt: null, Settled: false } && contact.Items.Any(i => i.Call == call.Id) ? contact.OweCallBack(command, missedAt: null, now) : contact;

    /// <summary>The end may have been said first, and left a call-back behind.</summary>
    private static Contact Connected(Contact contact, ContactCall call, DateTimeOffset now) =>
        call.OverAt is not null && contact.Untaken(RingReason.CallBackOwed) is { } owed && owed.Ring.At >= call.OverAt
            ? contact.Without(owed).Count(ContactClaims.FigureOf(owed) with { AnsweredAt = now })
            : contact;

    /// <summary>Whoever took it does not pick up: it rings for everybody, by its first clock, and counts as answered by none. What else she has stays hers.</summary>
    private static Contact RingAgain(Contact contact, ReceiveContact command, DateTimeOffset now)
    {
        if (contact.Items.FirstOrDefault(i => i.Call == command.Call && i.Taken is not null) is not { } item) return contact;
        if (item.Ring.Reason is not RingReason.CallRinging) return contact.Sound(RingReason.CallRinging, now, command.Within, command.Call);
        return contact.Without(item).Count(ContactClaims.FigureOf(item)).Sound(RingReason.CallRinging, item.Ring.At, item.DueAt - item.Ring.At, command.Call);
    }
}
