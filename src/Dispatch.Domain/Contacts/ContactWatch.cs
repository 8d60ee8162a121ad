using Dispatch.Domain.Hotline;

namespace Dispatch.Domain.Contacts;

/// <summary>The row from which a contact's items ring in the queue, without one line of the contact's own code running.</summary>
public static class ContactWatch
{
    /// <summary>Null: nobody waits and nobody is owed anything.</summary>
    /// <param name="contact">Hers.</param>
    /// <param name="owesAt">When another host looks again whether what is owed was done.</param>
    public static WatchRow? RowOf(Contact contact, DateTimeOffset owesAt)
    {
        ArgumentNullException.ThrowIfNull(contact);
        if (contact.Idle) return null;
        var due = ContactClock.NextDue(contact);
        if ((!contact.Outbox.IsEmpty || !contact.Raises.IsEmpty || !contact.Trail.IsEmpty) && !(due <= owesAt)) due = owesAt;
        return new WatchRow
        {
            AlertId = contact.Id,
            Line = contact.Line,
            Area = contact.Area,
            Version = contact.Version,
            RaisedAt = contact.Items.IsEmpty ? contact.LastNow : contact.Items.Min(i => i.Ring.At),
            Exercise = false,
            Alarms = [.. contact.Items.Select(i => new WatchItem(i.Ring.ItemId, i.Ring.Reason, i.Ring.At, Begun: i.Ring.Begun) { DueAt = i.DueAt })],
            ExcludedPeople = contact.ShutOut?.People ?? [],
            ExcludedOrganisations = contact.ShutOut?.Organisations ?? [],
            Contact = new WatchedContact(contact.Tie?.AlertId, contact.Language),
            NextDue = due,
        };
    }
}
