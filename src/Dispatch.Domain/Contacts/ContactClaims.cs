using System.Diagnostics;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;

namespace Dispatch.Domain.Contacts;

/// <summary>What the line says about a contact's items, as pulled by the contact.</summary>
public static class ContactClaims
{
    public static ContactDecision Apply(Contact contact, Claim claim, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(contact);
        ArgumentNullException.ThrowIfNull(claim);
        if (contact.Item(claim.ItemId) is not { } item) return new ContactDecision.Unchanged();
        return claim.State switch
        {
            ClaimState.Taken when item.Taken?.By == claim.By => new ContactDecision.Unchanged(),
            ClaimState.Taken when item.Taken is { } before => HandOn(contact, item, before, claim, now),
            ClaimState.Taken => Take(contact, item, claim, now),
            ClaimState.Closed => Close(contact, item, claim, now),
            ClaimState.HandedBack when item.Taken is null => new ContactDecision.Unchanged(),
            ClaimState.HandedBack => HandBack(contact, item, claim, now),
            _ => throw new UnreachableException($"claim {claim.State}"),
        };
    }

    private static ContactDecision Take(Contact contact, ContactItem item, Claim claim, DateTimeOffset now)
    {
        var next = contact with { Items = contact.Items.Replace(item, item with { Taken = new Taker(claim.By, claim.At, claim.ItemId) }) };
        next = next.Count(FigureOf(item) with { AnsweredAt = claim.At });
        // Whoever speaks with her has answered the call that was missed before, too.
        if (item.Ring.Reason is RingReason.CallRinging && next.Untaken(RingReason.CallBackOwed) is { } owed) next = next.Without(owed).Count(FigureOf(owed) with { AnsweredAt = claim.At });
        if (item.Ring.Reason is RingReason.CallBackOwed or RingReason.CallRinging) next = CallingBack.Stop(next, CallingBack.ForHuman);
        return next.Owe(Pending.Queue).Changed(now, ContactChanges.Noted(ContactEventKind.Taken, claim.At, item.Ring.ItemId, claim.By));
    }

    /// <summary>
    /// The next person has it. She was answered when the first one took it, and what she missed since then is still owed: whoever it is passed to does not speak with her yet.
    /// </summary>
    private static ContactDecision HandOn(Contact contact, ContactItem item, Taker before, Claim claim, DateTimeOffset now) =>
        (contact with { Items = contact.Items.Replace(item, item with { Taken = before with { By = claim.By } }) }).Owe(Pending.Queue)
            .Changed(now, ContactChanges.Noted(ContactEventKind.Taken, claim.At, item.Ring.ItemId, claim.By));

    private static ContactDecision Close(Contact contact, ContactItem item, Claim claim, DateTimeOffset now)
    {
        var figure = FigureOf(item) with { AnsweredAt = item.HungUp ? null : item.Taken?.At ?? claim.At, Outcome = claim.Outcome ?? EndedHow.Resolved };
        // Whoever closes it has seen how much there was.
        if (item.Ring.Reason is RingReason.TextWaiting or RingReason.CallBackOwed) contact = contact with { NotKept = 0 };
        return contact.Without(item).Count(figure).Changed(now, ContactChanges.Noted(ContactEventKind.Closed, claim.At, EnumWords.Of(figure.Outcome.Value), claim.By));
    }

    /// <summary>
    /// A new item by the first one's clock, so that whoever is called next is called at once. A call that ended meanwhile is owed a call-back: there is nobody on the line to take.
    /// </summary>
    private static ContactDecision HandBack(Contact contact, ContactItem item, Claim claim, DateTimeOffset now)
    {
        var gone = item is { Ring.Reason: RingReason.CallRinging, Call: { } id } && contact.Call(id) is not { OverAt: null };
        var reason = gone ? RingReason.CallBackOwed : item.Ring.Reason;
        var at = item.Ring.At < now ? item.Ring.At : now;
        // Nobody was rung for her, so that her missed call was not counted when she hung up.
        var missed = item is { HungUp: true, Call: { } lost } && contact.Call(lost) is { PutThroughAt: null };
        var next = contact.Without(item).Sound(reason, at, gone ? ContactRinging.CallBackWithin : item.DueAt - item.Ring.At, gone ? null : item.Call, givenBack: !missed);
        return next.Changed(now, ContactChanges.Noted(ContactEventKind.HandedBack, claim.At, item.Ring.ItemId, claim.By));
    }

    internal static ContactFigure FigureOf(ContactItem item) => new(item.Ring.ItemId, item.Ring.Reason, item.Ring.At, item.DueAt) { GivenBack = item.GivenBack, Abandoned = item.HungUp };
}
