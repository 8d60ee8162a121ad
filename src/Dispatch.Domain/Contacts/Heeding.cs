using System.Collections.Immutable;

namespace Dispatch.Domain.Contacts;

/// <summary>What the alerts of a number say of her phone, before the machine rings it or writes to it. All of them have to agree; who does not answer does not.</summary>
public static class Heeding
{
    /// <summary>Who writes a mark that an alert made necessary.</summary>
    public const string ByAlert = "alert";

    /// <summary>Those that it is or was tied to: a later alert of the number does not give the phone back to her.</summary>
    public static ImmutableArray<string> Asks(Contact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return [.. contact.FormerTies.Select(t => t.AlertId).Append(contact.Tie?.AlertId).OfType<string>().Distinct()];
    }

    /// <summary>The number as it is marked then: what was silenced is unsafe.</summary>
    public static Contact Heed(Contact contact, ImmutableArray<HerPhone> said)
    {
        ArgumentNullException.ThrowIfNull(contact);
        if (contact.Mark is { Unsafe: true, Hearsay: false } || said.Where(s => s.Silences(contact.Mark)).Max(s => s.SilencedAt) is not { } at) return contact;
        return CallingBack.Stop(contact with { Mark = new ContactMark(false, false, null, null, ByAlert, at) { Unsafe = true } }, CallingBack.ForHuman);
    }

    /// <summary>Whether the machine may ring, which a human decided or it alone.</summary>
    public static bool MayRing(Contact contact, ImmutableArray<HerPhone> said)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return contact.CallBack is { By: not null } ? !said.Any(s => s.Silences(contact.Mark)) : !said.Any(s => s.ForbidsRinging(contact));
    }

    public static bool MayText(Contact contact, ImmutableArray<HerPhone> said, DateTimeOffset now) => Marking.MayText(contact, now) && !said.Any(s => s.ForbidsTexts(contact));

    /// <summary>It was not rung, and will not be for this call: a human decides.</summary>
    public static ContactDecision Stop(Contact contact, ImmutableArray<HerPhone> said, DateTimeOffset now)
    {
        var heeded = Heed(contact, said);
        var next = CallingBack.Stop(heeded, CallingBack.ForHuman);
        return ReferenceEquals(next, contact) ? new ContactDecision.Unchanged() : next.Changed(now, ContactChanges.Noted(ContactEventKind.CallBackFailed, now));
    }
}
