using System.Collections.Immutable;
using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Contacts;

/// <summary>
/// A number is known with the last few alerts that it was tied to. One that makes room is asked no more: so what it knows of her phone and who must not learn of it are written down first.
/// </summary>
public static class LettingGo
{
    public const int MaxTies = 4;

    /// <summary>Who has to be asked first. One that is still owed knows nothing yet, and stays.</summary>
    public static ImmutableArray<string> Asked(Contact contact) => [.. Of(contact).Select(t => t.AlertId).Distinct()];

    /// <param name="contact">Hers.</param>
    /// <param name="said">What those of <see cref="Asked"/> know of her phone. Who cannot ask them all lets none of them go.</param>
    /// <param name="shut">Whom they shut out.</param>
    /// <param name="now">Now.</param>
    public static ContactDecision Leave(Contact contact, ImmutableArray<HerPhone> said, ShutOut shut, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(contact);
        ArgumentNullException.ThrowIfNull(shut);
        var leave = Of(contact);
        if (leave.IsEmpty) return new ContactDecision.Unchanged();
        var before = shut.And(contact.ShutOutBefore ?? ShutOut.Nobody);
        var next = contact with { FormerTies = contact.FormerTies.RemoveRange(leave), ShutOutBefore = before.IsAs(ShutOut.Nobody) ? null : before };
        return Heeding.Heed(next.With(contact.ShutOut ?? ShutOut.Nobody), said).Changed(now);
    }

    private static ImmutableArray<AlertTie> Of(Contact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return [.. contact.FormerTies.Take(contact.FormerTies.Length - MaxTies).Where(t => contact.Raises.All(r => r.Command.Id != t.AlertId))];
    }
}
