using System.Collections.Immutable;
using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Contacts;

/// <summary>Whom a contact owes something beside <see cref="Contact.Raises"/>: the consoles, who is called for what nobody took, and her own phone.</summary>
public static class ContactDebts
{
    public const string CallBack = "callBack";

    internal static Contact Owe(this Contact contact, string to)
    {
        var pending = new Pending(to, contact.Version + 1);
        var at = -1;
        for (var i = 0; i < contact.Outbox.Length; i++)
        {
            if (contact.Outbox[i].To == to) at = i;
        }

        return contact with { Outbox = at < 0 ? contact.Outbox.Add(pending) : contact.Outbox.SetItem(at, pending) };
    }

    /// <summary>Without what was done meanwhile. A newer debt to the same stays.</summary>
    public static Contact Settled(this Contact contact, IReadOnlyDictionary<string, long> settled)
    {
        ArgumentNullException.ThrowIfNull(contact);
        ArgumentNullException.ThrowIfNull(settled);
        return contact with { Outbox = contact.Outbox.RemoveAll(p => settled.TryGetValue(p.To, out var version) && version >= p.Version) };
    }

    /// <summary>Items that nobody has taken and for which this person's turn has come.</summary>
    public static ImmutableArray<Ring> Calling(Contact contact, string person)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return [.. contact.Items.Where(i => i.Taken is null).Select(i => i.Ring).Where(r => (person == Pending.DutyOfficer ? r.DutyOfficerToldAt : r.BackupToldAt) is not null)];
    }
}
