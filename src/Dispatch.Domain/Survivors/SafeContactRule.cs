using System.Globalization;

namespace Dispatch.Domain.Survivors;

/// <summary>CallBack: the machine rings back after her missed call. Call and Message: a human decided to.</summary>
public enum ContactPurpose { CallBack = 1, Call = 2, Message = 3 }

public enum ContactRefusal { PhoneUnsafe = 1, NotWanted = 2, NotGiven = 3, OtherChannel = 4, OutsideHours = 5, TooLateToCallBack = 6 }

/// <summary>How she is contacted where she may be: always from a number that says nothing, and nothing is said before she speaks.</summary>
/// <param name="Word">Her word, where she set one: until it is heard nothing is said.</param>
/// <param name="LeaveVoicemail">Only where she allowed it, and never by the machine.</param>
public sealed record ContactManner(string? Word, bool LeaveVoicemail);

/// <summary>Whether she may be contacted now, on this channel and for this purpose. Whatever is not clear is a no.</summary>
public static class SafeContactRule
{
    /// <summary>Later than this somebody else may hold the phone that rang.</summary>
    public static readonly TimeSpan CallBackWithin = TimeSpan.FromMinutes(3);

    /// <param name="contact">What she said about it; null where she said nothing.</param>
    /// <param name="phoneUnsafe">The hotline marked her phone.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="missedCallAt">When she rang and nobody answered, if she did.</param>
    /// <param name="now">In any offset.</param>
    /// <param name="localOffset">Hours are hers: local time.</param>
    public static (ContactManner? Manner, ContactRefusal? Why) For(
        SafeContact? contact, bool phoneUnsafe, ContactPurpose purpose, DateTimeOffset? missedCallAt, DateTimeOffset now, TimeSpan localOffset)
    {
        if (phoneUnsafe) return (null, ContactRefusal.PhoneUnsafe);
        if (contact is { Channel: ContactChannel.None }) return (null, ContactRefusal.NotWanted);
        // The line may have dropped because somebody came in.
        if (purpose is ContactPurpose.CallBack && contact is { IfDropped: IfDropped.NeverRing or IfDropped.Text }) return (null, ContactRefusal.NotWanted);
        if (purpose is ContactPurpose.CallBack && !(now - missedCallAt >= TimeSpan.Zero && now - missedCallAt <= CallBackWithin)) return (null, ContactRefusal.TooLateToCallBack);
        // Her missed call itself says which number; for everything else she has to have given one.
        if (purpose is not ContactPurpose.CallBack && string.IsNullOrWhiteSpace(contact?.Number)) return (null, ContactRefusal.NotGiven);
        if (contact is null) return (new ContactManner(null, LeaveVoicemail: false), null);
        if (contact.Channel != ChannelOf(purpose)) return (null, ContactRefusal.OtherChannel);
        if (!InHours(contact, TimeOnly.FromDateTime(now.ToOffset(localOffset).DateTime))) return (null, ContactRefusal.OutsideHours);
        return (new ContactManner(contact.CodeWord, contact.Voicemail && purpose is ContactPurpose.Call), null);
    }

    private static ContactChannel ChannelOf(ContactPurpose purpose) => purpose switch
    {
        ContactPurpose.CallBack or ContactPurpose.Call => ContactChannel.Call,
        ContactPurpose.Message => ContactChannel.Sms,
        _ => throw new System.Diagnostics.UnreachableException($"purpose {purpose}"),
    };

    /// <summary>From the first minute up to the last one and not beyond, across midnight too. Hours that cannot be read are never.</summary>
    private static bool InHours(SafeContact contact, TimeOnly local)
    {
        if (contact is { HoursFrom: null, HoursTo: null }) return true;
        return Read(contact.HoursFrom, TimeOnly.MinValue) is { } from && Read(contact.HoursTo, TimeOnly.MaxValue) is { } to && local.IsBetween(from, to);
    }

    private static TimeOnly? Read(string? text, TimeOnly open) =>
        text is null ? open : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour) ? hour : null;
}
