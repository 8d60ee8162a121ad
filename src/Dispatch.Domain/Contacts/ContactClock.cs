using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Contacts;

/// <summary>When a contact next has something to do.</summary>
public static class ContactClock
{
    /// <summary>A clock that went back makes nobody wait: then everything pending is due.</summary>
    internal static bool IsDue(Contact contact, DateTimeOffset at, DateTimeOffset now) => at <= now || now < contact.LastNow - Clock.Skew;

    public static DateTimeOffset? NextDue(Contact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        DateTimeOffset? next = null;
        foreach (var item in contact.Items)
        {
            if (item.Taken is null && Ringing.NextAt(item.Ring, null) is { } at && !(next <= at)) next = at;
        }

        if (CallingBack.NextAt(contact) is { } rings && !(next <= rings)) next = rings;
        return next;
    }
}
