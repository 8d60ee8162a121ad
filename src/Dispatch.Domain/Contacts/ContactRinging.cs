using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Contacts;

/// <summary>The items of a contact: each rings from its first moment until a human takes it, and leaves the queue only by a human's hand or because she was served in another way that is noted.</summary>
public static class ContactRinging
{
    /// <summary>A missed call is owed an answer within this time, unless its line says another; the machine rings back within it and no later.</summary>
    public static readonly TimeSpan CallBackWithin = Survivors.SafeContactRule.CallBackWithin;

    /// <summary>What nobody expected to need a human is looked at within this time.</summary>
    internal static readonly TimeSpan ReadWithin = TimeSpan.FromMinutes(2);

    /// <summary>More than anybody has of one number at once; a row holds them with everything else.</summary>
    public const int MaxItems = 40;

    /// <summary>In place of an outcome, where nobody closed it.</summary>
    internal const string GaveWay = "gaveWay";

    /// <summary>Rings from now on. What rings already for this reason goes on ringing by its own clock, so that nobody gets ahead of others by ringing often.</summary>
    internal static Contact Sound(this Contact contact, RingReason reason, DateTimeOffset at, TimeSpan within, string? call = null, bool givenBack = false)
    {
        if (contact.Untaken(reason) is { } rings) return call is null || rings.Call == call ? contact : contact with { Items = contact.Items.Replace(rings, rings with { Call = call }) };
        if (contact.Items.Length >= MaxItems) contact = contact.MakeRoom(at);
        var ordinal = contact.ItemsEver + 1;
        var item = new ContactItem(new Ring(Ringing.ItemId(contact.Id, reason, ordinal), reason, at) { Begun = true }, at + within) { Call = call, GivenBack = givenBack };
        // Counted from the start: what nobody ever answers must not be missing from the figures.
        return (contact with { Items = contact.Items.Add(item), ItemsEver = ordinal }).Count(ContactClaims.FigureOf(item)).Owe(Pending.Queue);
    }

    /// <summary>
    /// What rings must ring: whatever somebody took first and never closed makes room, and not while that call goes on. It was answered, and counted so; that it is no longer there is said beside
    /// what else is not kept, and in the history.
    /// </summary>
    private static Contact MakeRoom(this Contact contact, DateTimeOffset at)
    {
        var first = contact.Items.Where(i => i.Taken is not null && !(i.Call is { } call && contact.Call(call) is { OverAt: null })).MinBy(i => i.Taken!.At);
        if (first is null) return contact;
        var gone = ContactChanges.Noted(ContactEventKind.Closed, at, GaveWay, first.Taken!.By) with { Id = $"{first.Ring.ItemId}:{GaveWay}" };
        return contact.Without(first) with { NotKept = contact.NotKept + 1, Events = contact.Events.Add(gone) };
    }

    internal static Contact Without(this Contact contact, ContactItem? item) =>
        item is null ? contact : (contact with { Items = contact.Items.Remove(item) }).Owe(Pending.Queue);

    /// <summary>Whom an item that nobody took is brought to next, all that are due in one decision.</summary>
    public static ContactDecision Tick(Contact contact, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(contact);
        var next = contact;
        foreach (var item in contact.Items)
        {
            if (item.Taken is not null || !(Ringing.NextAt(item.Ring, null) is { } at && ContactClock.IsDue(contact, at, now))) continue;
            var (ring, _, told) = Ringing.Next(item.Ring, now);
            next = (next with { Items = next.Items.Replace(item, item with { Ring = ring }) }).Owe(told);
        }

        return ReferenceEquals(next, contact) ? new ContactDecision.Unchanged() : next.Changed(now);
    }
}
