using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Contacts;

/// <summary>Whoever must not know of an alert must not learn of the number that it came from, nor be rung for it.</summary>
public static class Shutting
{
    /// <summary>Alerts that the number is or was tied to. One that was not raised yet shuts out nobody.</summary>
    public static IEnumerable<string> Asked(Contact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return contact.FormerTies.Append(contact.Tie).OfType<AlertTie>().Where(t => t.Raised).Select(t => t.AlertId).Distinct();
    }

    /// <param name="contact">Hers.</param>
    /// <param name="shut">As the alerts say now; null where they do not say, and then what was known holds.</param>
    public static Contact With(this Contact contact, ShutOut? shut)
    {
        ArgumentNullException.ThrowIfNull(contact);
        if (contact.ShutOutBefore is { } before) shut = shut?.And(before);
        return shut is null || shut.IsAs(contact.ShutOut ?? ShutOut.Nobody) ? contact : (contact with { ShutOut = shut }).Owe(Pending.Queue);
    }

    public static ContactDecision Learn(Contact contact, ShutOut? shut, DateTimeOffset now)
    {
        var next = contact.With(shut);
        return ReferenceEquals(next, contact) ? new ContactDecision.Unchanged() : next.Changed(now);
    }
}
