using Dispatch.Domain.Alerts;
using Dispatch.Domain.Survivors;

namespace Dispatch.Domain.Contacts;

/// <summary>
/// The machine rings her after a missed call: within three minutes, from a neutral number, and it says nothing before her word. Afterwards, and wherever her number is not safe,
/// only a human decides; the item stays in the queue for one in any case.
/// </summary>
public static class CallingBack
{
    public const int MaxTries = 2;
    internal const string ForHuman = "human";

    /// <summary>Her own line has to be free again.</summary>
    public static readonly TimeSpan FirstAfter = TimeSpan.FromSeconds(3);

    public static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(15);

    /// <summary>A call that nobody reports on counts as ringing no longer than this.</summary>
    public static readonly TimeSpan RingsAtMost = TimeSpan.FromSeconds(40);

    /// <summary>She rang and nobody had her call yet: a human owes her an answer, and the machine rings where it may.</summary>
    /// <param name="contact">Hers.</param>
    /// <param name="missed">What says so.</param>
    /// <param name="missedAt">
    /// When she was last known to be there. Null where nobody knows, and where she had not rung at all: that a call of the machine ended says nothing of who holds the phone.
    /// </param>
    /// <param name="now">Now.</param>
    internal static Contact OweCallBack(this Contact contact, ReceiveContact missed, DateTimeOffset? missedAt, DateTimeOffset now)
    {
        if (missed.OwedElsewhere) return contact;
        var next = contact.Sound(RingReason.CallBackOwed, now, missed.CallBackWithin);
        if (!missed.RingsBack || contact.Number is null || missedAt is not { } at) return next;
        // The newest missed call says that she holds the phone now; tries start anew with it, unless one rings already.
        if (next.CallBack is { Over: null, RingsUntil: { } rings } && rings > now) return next;
        return next with { CallBack = new CallBack(at < now ? at : now) { NextAt = now + FirstAfter } };
    }

    /// <summary>Whether it may ring her now; asked once more just before it does.</summary>
    public static bool MayRing(Contact contact, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(contact);
        if (contact is not { CallBack: { } back, Number: not null }) return false;
        if (back.By is { } by) return back.RingsUntil > now && contact.Items.Any(i => i.Taken?.By == by) && MarkAllows(contact, now);
        if (contact.Untaken(RingReason.CallBackOwed) is null) return false;
        // She is on the line herself.
        if (contact.Calls.Any(c => c is { OverAt: null, ToHer: false } && c.At > back.MissedAt)) return false;
        return SafeContactRule.For(Said(contact), contact.Mark is { Unsafe: true }, ContactPurpose.CallBack, back.MissedAt, now, contact.LocalOffset).Manner is not null;
    }

    /// <summary>
    /// A human who has one of its items rings her through the line's neutral number, and is put through once she gives a sign. She decides, whatever the time; not against what the
    /// number is marked with.
    /// </summary>
    public static ContactDecision ByHuman(Contact contact, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(contact);
        if (contact.CallBack is { By: { } other, RingsUntil: { } until } && other == by && until > now) return new ContactDecision.Unchanged();
        if (contact.Items.All(i => i.Taken?.By != by)) return new ContactDecision.Refused(Refusal.NotYours);
        if (contact.Number is null || !MarkAllows(contact, now)) return new ContactDecision.Refused(Refusal.NotAllowedHere);
        // Her phone rings already: it is not rung twice, and whoever picks up is put through to who asked last.
        if (contact.CallBack is { RingsUntil: { } rings } ringing && rings > now)
            return (contact with { CallBack = ringing with { By = by, Over = null, NextAt = rings } }).Changed(now, ContactChanges.Noted(ContactEventKind.CalledBack, now, by: by));
        return (contact with { CallBack = new CallBack(now) { By = by, Tries = 1, NextAt = now + RingsAtMost, RingsUntil = now + RingsAtMost } }).Owe(ContactDebts.CallBack)
            .Changed(now, ContactChanges.Noted(ContactEventKind.CalledBack, now, by: by));
    }

    /// <summary>What nobody marked is a human's to decide.</summary>
    private static bool MarkAllows(Contact contact, DateTimeOffset now) => contact.Mark is null
        || SafeContactRule.For(Said(contact)! with { Number = "marked" }, contact.Mark.Unsafe, ContactPurpose.Call, null, now, contact.LocalOffset).Manner is not null;

    /// <summary>Writes down the next try, or that there will be none.</summary>
    public static ContactDecision Tick(Contact contact, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(contact);
        if (contact.CallBack is not { Over: null } back || !(NextAt(contact) is { } at && ContactClock.IsDue(contact, at, now))) return new ContactDecision.Unchanged();
        if (back.By is not null) return Stop(contact, "noAnswer").Changed(now);
        if (!MayRing(contact, now)) return Stop(contact, ForHuman).Changed(now);
        if (back.Tries >= MaxTries) return Stop(contact, "noAnswer").Changed(now);
        var tried = contact with { CallBack = back with { Tries = back.Tries + 1, NextAt = now + RingsAtMost + AgainAfter, RingsUntil = now + RingsAtMost } };
        return tried.Owe(ContactDebts.CallBack).Changed(now, ContactChanges.Noted(ContactEventKind.CalledBack, now));
    }

    internal static DateTimeOffset? NextAt(Contact contact) => contact.CallBack is { Over: null } back ? back.NextAt : null;

    /// <summary>Where a human takes over, a call that went out rings on until it is over; one that did not yet never does.</summary>
    internal static Contact Stop(Contact contact, string why) => contact.CallBack is { Over: null } back
        ? contact with { CallBack = back with { Over = why, RingsUntil = why is ForHuman && contact.Outbox.All(p => p.To != ContactDebts.CallBack) ? back.RingsUntil : null }, Outbox = contact.Outbox.RemoveAll(p => p.To == ContactDebts.CallBack) }
        : contact;

    /// <summary>Nobody picked up, or no gateway took the call.</summary>
    internal static Contact Failed(Contact contact, DateTimeOffset now) => contact.CallBack is { By: not null } ? Stop(contact, "noAnswer") : contact.CallBack is { Over: null } back
        ? contact with { CallBack = back with { RingsUntil = null, NextAt = now + AgainAfter } }
        : contact;

    private static SafeContact? Said(Contact contact) => contact.Mark is { } mark
        ? new SafeContact(mark.MayCall ? ContactChannel.Call : mark.MayText ? ContactChannel.Sms : ContactChannel.None, HoursFrom: mark.From, HoursTo: mark.Until, IfDropped: mark.IfDropped)
        : null;
}
