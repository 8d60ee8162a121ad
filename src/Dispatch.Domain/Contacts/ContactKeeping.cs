using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Survivors;

namespace Dispatch.Domain.Contacts;

/// <summary>
/// How long what came from a number is kept. Once nothing of it is open any more and nothing came from it or was done about it for so long, the number goes with its texts, calls and ties, and
/// whatever comes from it next is a beginning. Only what protects her stays, under a keyed fingerprint that is no number: what the number must not be used for, and who must not learn of it.
/// </summary>
public static class ContactKeeping
{
    /// <summary>As long as the line's figures of it, unless the programme says otherwise.</summary>
    public static readonly TimeSpan For = ContactFigure.KeptFor;

    /// <summary>Longer than a gateway's repeats are known and a notice is taken for the same: what begins anew must not be taken for what was before.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromDays(10);

    public static readonly TimeSpan Most = TimeSpan.FromDays(3650);

    /// <summary>What is still open is looked at again after this.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromDays(1);

    /// <param name="contact">Hers.</param>
    /// <param name="about">The alerts that it is or was tied to (<see cref="Heeding.Asks"/>), as far as there are any. Who cannot ask them all forgets nothing.</param>
    /// <param name="keptFor">As the programme says.</param>
    /// <param name="now">Now.</param>
    public static ContactFate Look(Contact contact, ImmutableArray<Alert> about, TimeSpan keptFor, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(contact);
        if (!contact.Idle || about.Any(a => a.Stage is Stage.Open)) return new ContactFate(now + LookEvery, null);
        // Of a withheld number nothing can ever come again: it was known by one call.
        var until = about.Select(a => a.LastNow).Append(contact.LastNow).Max() + (contact.Number is null && keptFor > Least ? Least : keptFor);
        return until > now ? new ContactFate(until, null) : new ContactFate(null, Left(contact, about));
    }

    /// <summary>Nothing, where nothing of it protects her.</summary>
    private static Contact? Left(Contact contact, ImmutableArray<Alert> about)
    {
        var mark = Protecting(contact, [.. about.Select(HerPhone.Of)]);
        var shut = about.Select(ShutOut.Of).Aggregate(contact.ShutOut ?? ShutOut.Nobody, (all, one) => all.And(one));
        var nobody = shut.IsAs(ShutOut.Nobody) ? null : shut;
        if (mark is null && nobody is null) return null;
        return new Contact
        {
            Id = contact.Id,
            Tenant = contact.Tenant,
            Line = contact.Line,
            Area = contact.Area,
            UtcOffsetMinutes = contact.UtcOffsetMinutes,
            Mark = mark,
            ShutOut = nobody,
            ShutOutBefore = nobody,
            Version = contact.Version + 1,
            LastNow = contact.LastNow,
        };
    }

    /// <summary>What the number is marked with, and what its alerts, which are no longer asked then, know of her phone.</summary>
    private static ContactMark? Protecting(Contact contact, ImmutableArray<HerPhone> said)
    {
        var heeded = Heeding.Heed(contact, said);
        var mark = heeded.Mark;
        if (mark is not { Unsafe: true } && said.FirstOrDefault(s => s.ForbidsRinging(heeded)) is { } no)
        {
            mark = (mark ?? new ContactMark(false, false, null, null, Heeding.ByAlert, no.SaidAt)) with { MayCall = false };
        }

        if (mark is { MayText: true } && said.Any(s => s.ForbidsTexts(heeded))) mark = mark with { MayText = false };
        return mark is not null && Forbids(mark) ? mark with { Kept = true } : null;
    }

    private static bool Forbids(ContactMark mark) =>
        mark is { Unsafe: true } or { MayCall: false } or { MayText: false } or { From: not null } or { Until: not null } or { IfDropped: IfDropped.NeverRing or IfDropped.Text };
}

/// <param name="KeptUntil">When to look again; null: it is forgotten now.</param>
/// <param name="Left">What stays of it then; null: nothing.</param>
public sealed record ContactFate(DateTimeOffset? KeptUntil, Contact? Left);

/// <summary>A number of which something is kept, due when it is looked at to be forgotten.</summary>
public sealed record KeptContact
{
    public const int CurrentSchema = 1;
    public int SchemaVersion { get; init; } = CurrentSchema;
}
