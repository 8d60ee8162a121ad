using System.Globalization;
using Dispatch.Domain.Alerts;
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
        return With(contact, mark with { HersSince = mark.Unsafe ? null : now }, now).Changed(now, Noted(ContactEventKind.Marked, now, by: mark.By));
    }

    /// <summary>
    /// What came in may say it too: a call-taker who wrote down elsewhere how this number may be answered, and she herself by a key or a text. Whoever holds the phone narrows what is
    /// marked and never widens it; and that somebody else has it is only taken back by marking the number itself.
    /// </summary>
    internal static Contact Take(Contact contact, ReceiveContact command, DateTimeOffset now)
    {
        var known = contact.Mark ?? Nothing;
        if (command.SilencedAt is { } at && !known.Unsafe && !(known.HersSince > at)) return With(contact, known with { Unsafe = true, Hearsay = true, By = Heeding.ByAlert, Kept = false }, now);
        if (command.Mark is { } said && IsTime(said.From) && IsTime(said.Until)) return With(contact, said with { Unsafe = said.Unsafe || known.Unsafe, Hearsay = known.Hearsay && !said.Unsafe, HersSince = known.HersSince }, now);
        // What was left from long ago allows nothing; said today, a no is of today.
        if (command.NoCalls) return With(contact, known with { MayCall = false, MayText = known is { MayText: true, Kept: false } && !command.NoTexts, By = Consent.Survivor, Kept = false }, now);
        return command.NoTexts && contact.Mark is { MayText: true } mark ? With(contact, mark with { MayText = false, By = Consent.Survivor }, now) : contact;
    }

    private static ContactMark Nothing { get; } = new(false, false, null, null, Consent.Survivor, default);

    private static Contact With(Contact contact, ContactMark mark, DateTimeOffset now)
    {
        var next = contact with { Mark = mark with { At = now } };
        return mark.Unsafe || !mark.MayCall || mark.IfDropped is Survivors.IfDropped.NeverRing or Survivors.IfDropped.Text ? CallingBack.Stop(next, CallingBack.ForHuman) : next;
    }

    /// <summary>Whether a text may go there now. Whatever is not clear is a no.</summary>
    public static bool MayText(Contact contact, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(contact);
        if (contact is not { Number: not null, Mark: { MayText: true, Unsafe: false, Kept: false } mark }) return false;
        var said = new Survivors.SafeContact(Survivors.ContactChannel.Sms, "marked", mark.From, mark.Until);
        return Survivors.SafeContactRule.For(said, phoneUnsafe: false, Survivors.ContactPurpose.Message, null, now, contact.LocalOffset).Manner is not null;
    }

    public static bool IsTime(string? text) => text is null || TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
