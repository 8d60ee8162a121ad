using System.Collections.Immutable;
using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Contacts;

/// <summary>
/// Which alert what comes from a number is about. Machines take two calls for help of the number itself within the window for one alert; a human sees it and can part them again. That somebody
/// typed the number elsewhere ties nothing.
/// </summary>
public static class Tying
{
    /// <summary>Two calls for help of one number with no longer than this between them are one alert.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(30);

    /// <summary>What she asked for goes along to another alert within a night, and not from long ago.</summary>
    public static readonly TimeSpan CarriedWithin = TimeSpan.FromHours(12);

    /// <summary>More than this many at once is no conversation: what was asked for before stands with them, in other words.</summary>
    public const int MaxAsked = 6;

    /// <summary>Where an alert cannot be reached for so long that more are owed, a human reads the rest.</summary>
    public const int MaxRaises = 6;

    public static bool IsAboutSame(Contact contact, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return contact.Tie is { } tie && now - tie.LastAt <= Window;
    }

    /// <summary>She asked for help: a new alert, or once more the one that is there. Either is owed until it is done.</summary>
    internal static Contact Ask(Contact contact, RaiseAlert raise, string eventId, DateTimeOffset now)
    {
        if (IsAboutSame(contact, now))
        {
            var tie = contact.Tie!;
            return Add(contact with { Tie = tie with { LastAt = now, Merged = tie.Merged + 1, Asked = Remember(tie.Asked, raise) } }, new OwedRaise(raise, tie.AlertId), now);
        }

        return Add(Former(contact, now) with { Tie = new AlertTie(raise.Id, now, eventId) { Asked = [raise] } }, new OwedRaise(raise), now);
    }

    /// <summary>She named the alert by its code. Whoever made her do so must not have what she asks for later: nothing is tied.</summary>
    internal static Contact Join(Contact contact, RaiseAlert raise, string alert, DateTimeOffset now) => Add(contact, new OwedRaise(raise, alert), now);

    /// <summary>The alert is there. Where it was taken as part of one that is over, it is one of its own.</summary>
    /// <param name="contact">Hers.</param>
    /// <param name="owed">What was owed.</param>
    /// <param name="alert">The alert that has it now; null where nothing had to be done any more.</param>
    /// <param name="forHuman">Not all of it was taken there: somebody has to read it.</param>
    /// <param name="now">Now.</param>
    public static ContactDecision Raised(Contact contact, OwedRaise owed, string? alert, bool forHuman, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(contact);
        ArgumentNullException.ThrowIfNull(owed);
        if (contact.Raises.FirstOrDefault(r => r.Key == owed.Key) is not { } still) return new ContactDecision.Unchanged();
        var next = contact with { Raises = contact.Raises.Remove(still) };
        if (forHuman) next = next.Sound(RingReason.TextWaiting, now, ContactRinging.ReadWithin);
        if (alert is null) return next.Changed(now);
        if (alert == owed.Into) return next.Changed(now, ContactChanges.Noted(ContactEventKind.Merged, now, alert));
        // What else was to be part of the one that is over is part of this one.
        if (owed.Into is { } over) next = next with { Raises = [.. next.Raises.Select(r => r.Into == over && !r.Carried ? r with { Into = alert } : r)] };
        // Tied since to another one, by a human or by what she asked for later: what comes next from the number is about that.
        if (next.Tie is { } later && later.AlertId != alert && later.At > owed.At) return Before(next, alert, now).Owe(Pending.Queue).Changed(now);
        var tie = next.Tie is { } known && known.AlertId == alert ? known with { Raised = true } : new AlertTie(alert, now, "over") { Raised = true, Asked = [owed.Command] };
        next = next.Tie?.AlertId == alert ? next : Former(next, now);
        return (next with { Tie = tie }).Owe(Pending.Queue).Changed(now, ContactChanges.Noted(ContactEventKind.Tied, now, alert));
    }

    /// <summary>Its alert does not answer for so long that a human has to know of it; it is tried again all the same.</summary>
    public static ContactDecision Unreached(Contact contact, OwedRaise owed, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(contact);
        ArgumentNullException.ThrowIfNull(owed);
        if (contact.Raises.All(r => r.Key != owed.Key)) return new ContactDecision.Unchanged();
        var next = contact.Sound(RingReason.TextWaiting, now, ContactRinging.ReadWithin);
        return ReferenceEquals(next, contact) ? new ContactDecision.Unchanged() : next.Changed(now);
    }

    /// <summary>A human says which alert it is about.</summary>
    /// <param name="contact">Hers.</param>
    /// <param name="alert">Which.</param>
    /// <param name="carry">What the number asked for lately is asked there, too: it is the same event. Not where the alert is a new one, for which a call-taker wrote down what she asks for now.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="now">Now.</param>
    public static ContactDecision Tie(Contact contact, string alert, bool carry, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(contact);
        if (contact.Tie?.AlertId == alert) return new ContactDecision.Unchanged();
        ImmutableArray<RaiseAlert> asked = carry && contact.Tie is { } tie && now - tie.LastAt <= CarriedWithin ? tie.Asked : [];
        var next = Former(contact, now) with { Tie = new AlertTie(alert, now, "staff") { By = by, Raised = true, Asked = asked } };
        next = asked.Aggregate(next, (c, command) => Add(c, new OwedRaise(command, alert) { Carried = true }, now));
        return next.Owe(Pending.Queue).Changed(now, ContactChanges.Noted(ContactEventKind.Tied, now, alert, by));
    }

    /// <summary>A human says that it is not about that alert. With a raise, what was merged into it becomes an alert of its own, with all that she asked for and wrote.</summary>
    public static ContactDecision Untie(Contact contact, string alert, RaiseAlert? raise, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(contact);
        if (contact.Tie is not { } tie || tie.AlertId != alert) return new ContactDecision.Unchanged();
        var next = Former(contact, now);
        if (raise is not null)
        {
            ImmutableArray<RaiseAlert> asked = [.. tie.Asked.Where(a => a.Id != alert)];
            var own = All(raise, asked);
            // What is still owed there is brought here instead.
            next = Add(next with { Raises = next.Raises.RemoveAll(r => r.Into == alert), Tie = new AlertTie(own.Id, now, "staff") { By = by, Asked = [own, .. asked] } }, new OwedRaise(own), now);
            // Her words are sealed one by one, and each follows by itself.
            next = asked.Where(a => a.Note is not null).Aggregate(next, (c, command) => Add(c, new OwedRaise(command, own.Id) { Carried = true }, now));
        }

        return next.Owe(Pending.Queue).Changed(now, ContactChanges.Noted(ContactEventKind.Untied, now, alert, by));
    }

    private static Contact Former(Contact contact, DateTimeOffset now) =>
        contact.Tie is { } tie ? contact with { Tie = null, FormerTies = contact.FormerTies.Add(tie with { UntiedAt = now, Asked = [] }) } : contact;

    /// <summary>One that it is no longer tied to is there by now, or never was its own.</summary>
    private static Contact Before(Contact contact, string alert, DateTimeOffset now) => contact with
    {
        FormerTies = contact.FormerTies.FirstOrDefault(t => t.AlertId == alert) is { } known
            ? contact.FormerTies.Replace(known, known with { Raised = true })
            : contact.FormerTies.Add(new AlertTie(alert, now, "over") { Raised = true, UntiedAt = now }),
    };

    private static ImmutableArray<RaiseAlert> Remember(ImmutableArray<RaiseAlert> asked, RaiseAlert raise)
    {
        if (asked.Any(a => Says(a, raise))) return asked;
        return asked.Length < MaxAsked ? asked.Add(raise) : [.. asked.Take(MaxAsked - 1), All(raise, [asked[^1]])];
    }

    /// <summary>Everything that was asked for together; the words are those of the first.</summary>
    private static RaiseAlert All(RaiseAlert raise, ImmutableArray<RaiseAlert> more) => raise with
    {
        Needs = [.. raise.Needs.Concat(more.SelectMany(a => a.Needs)).Distinct()],
        // Whoever said that she is younger: the path of a child holds.
        AgeBand = more.Select(a => a.AgeBand).Append(raise.AgeBand).Where(a => a is not null).Min(),
        Channel = more.FirstOrDefault()?.Channel ?? raise.Channel,
    };

    /// <summary>However often she asks while nothing can be raised, what says nothing new is owed once.</summary>
    private static Contact Add(Contact contact, OwedRaise owed, DateTimeOffset now)
    {
        if (contact.Raises.Any(r => r.Key == owed.Key || (owed.Into is not null && r.Into == owed.Into && Says(r.Command, owed.Command)))) return contact;
        return contact.Raises.Length < MaxRaises || owed.Into is null ? contact with { Raises = contact.Raises.Add(owed with { At = now }) } : contact.Sound(RingReason.TextWaiting, now, ContactRinging.ReadWithin);
    }

    private static bool Says(RaiseAlert all, RaiseAlert part) =>
        part.Note is null && part.Needs.All(all.Needs.Contains) && (part.AgeBand is null || part.AgeBand == all.AgeBand) && (part.Reach is Reach.Unknown || part.Reach == all.Reach);
}
