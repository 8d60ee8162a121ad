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
    private static Contact Connected(Contact contact, ContactCall call, DateTimeOffset now)
    {
        contact = contact.HungUp(call, false);
        return call.OverAt is not null && contact.Untaken(RingReason.CallBackOwed) is { } owed && owed.Ring.At >= call.OverAt
            ? contact.Without(owed).Count(ContactClaims.FigureOf(owed) with { AnsweredAt = now })
            : contact;
    }

    /// <summary>Whether it counts as answered that somebody took her call. A call back that a human owes is answered by whoever takes it.</summary>
    public static Contact HungUp(this Contact contact, ContactCall call, bool hungUp)
    {
        foreach (var item in contact.Items.Where(i => i.Call == call.Id && i.Ring.Reason is RingReason.CallRinging && i.Taken is not null && i.HungUp != hungUp))
        {
            var next = item with { HungUp = hungUp };
            contact = (contact with { Items = contact.Items.Replace(item, next) }).Count(ContactClaims.FigureOf(next) with { AnsweredAt = hungUp ? null : next.Taken!.At });
        }

        return contact;
    }

    /// <summary>Whoever took it does not pick up: it rings for everybody, by its first clock. What she took stays hers until she closes it.</summary>
    private static Contact RingAgain(Contact contact, ReceiveContact command, DateTimeOffset now)
    {
        if (contact.Items.LastOrDefault(i => i.Call == command.Call) is not { Taken: not null } item) return contact;
        return item.Ring.Reason is RingReason.CallRinging
            ? contact.Sound(RingReason.CallRinging, item.Ring.At, item.DueAt - item.Ring.At, command.Call, givenBack: true)
            : contact.Sound(RingReason.CallRinging, now, command.Within, command.Call);
    }
}
