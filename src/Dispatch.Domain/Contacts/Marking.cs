using System.Globalization;
using static Dispatch.Domain.Contacts.ContactChanges;

namespace Dispatch.Domain.Contacts;

/// <summary>A human writes down how a number may be answered, as she said it.</summary>
public static class Marking
{
    public static ContactDecision Mark(Contact contact, ContactMark mark, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(contact);
        ArgumentNullException.ThrowIfNull(mark);
        if (!IsTime(mark.From) || !IsTime(mark.Until)) return new ContactDecision.Refused(Refusal.WrongProgress);
        var next = contact with { Mark = mark with { At = now } };
        if (mark.Unsafe || !mark.MayCall) next = CallingBack.Stop(next, "human");
        return next.Changed(now, Noted(ContactEventKind.Marked, now, by: mark.By));
    }

    /// <summary>Whether a text may go there now. Whatever is not clear is a no.</summary>
    public static bool MayText(Contact contact, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(contact);
        if (contact is not { Number: not null, Mark: { MayText: true, Unsafe: false } mark }) return false;
        var said = new Survivors.SafeContact(Survivors.ContactChannel.Sms, "marked", mark.From, mark.Until);
        return Survivors.SafeContactRule.For(said, phoneUnsafe: false, Survivors.ContactPurpose.Message, null, now, contact.LocalOffset).Manner is not null;
    }

    public static bool IsTime(string? text) => text is null || TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
