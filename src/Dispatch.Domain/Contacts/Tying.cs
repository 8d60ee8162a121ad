using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Contacts;

/// <summary>Which alert what comes from a number is about. Machines take two calls for help within the window for one alert; a human sees it and can part them again.</summary>
public static class Tying
{
    /// <summary>Two calls for help of one number with no longer than this between them are one alert.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(30);

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
            return contact with { Tie = tie with { LastAt = now, Merged = tie.Merged + 1 }, Raises = Add(contact, new OwedRaise(raise, tie.AlertId)) };
        }

        return Former(contact, now) with { Tie = new AlertTie(raise.Id, now, eventId), Raises = Add(contact, new OwedRaise(raise)) };
    }

    /// <summary>The alert is there. Where it was taken as part of one that is over, it is one of its own.</summary>
    /// <param name="contact">Hers.</param>
    /// <param name="owed">What was owed.</param>
    /// <param name="alert">The alert that has it now.</param>
    /// <param name="now">Now.</param>
    public static ContactDecision Raised(Contact contact, OwedRaise owed, string alert, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(contact);
        ArgumentNullException.ThrowIfNull(owed);
        if (contact.Raises.FirstOrDefault(r => r.Command.Id == owed.Command.Id) is not { } still) return new ContactDecision.Unchanged();
        var next = contact with { Raises = contact.Raises.Remove(still) };
        if (alert == owed.Into) return next.Changed(now, ContactChanges.Noted(ContactEventKind.Merged, now, alert));
        var tie = next.Tie is { } known && known.AlertId == alert ? known with { Raised = true } : new AlertTie(alert, now, "over") { Raised = true };
        next = next.Tie?.AlertId == alert ? next : Former(next, now);
        return (next with { Tie = tie }).Owe(Pending.Queue).Changed(now, ContactChanges.Noted(ContactEventKind.Tied, now, alert));
    }

    /// <summary>A human says which alert it is about.</summary>
    public static ContactDecision Tie(Contact contact, string alert, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(contact);
        if (contact.Tie?.AlertId == alert) return new ContactDecision.Unchanged();
        return (Former(contact, now) with { Tie = new AlertTie(alert, now, "staff") { By = by, Raised = true } }).Owe(Pending.Queue)
            .Changed(now, ContactChanges.Noted(ContactEventKind.Tied, now, alert, by));
    }

    /// <summary>A human says that it is not about that alert. With a raise, what was merged into it becomes an alert of its own.</summary>
    public static ContactDecision Untie(Contact contact, string alert, RaiseAlert? raise, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(contact);
        if (contact.Tie is not { } tie || tie.AlertId != alert) return new ContactDecision.Unchanged();
        var next = Former(contact, now);
        if (raise is not null) next = next with { Tie = new AlertTie(raise.Id, now, "staff") { By = by }, Raises = Add(next, new OwedRaise(raise)) };
        return next.Owe(Pending.Queue).Changed(now, ContactChanges.Noted(ContactEventKind.Untied, now, alert, by));
    }

    private static Contact Former(Contact contact, DateTimeOffset now) =>
        contact.Tie is { } tie ? contact with { Tie = null, FormerTies = contact.FormerTies.Add(tie with { UntiedAt = now }) } : contact;

    /// <summary>However often she asks while nothing can be raised, one raise of each kind is owed: the first of them says all that the later would.</summary>
    private static System.Collections.Immutable.ImmutableArray<OwedRaise> Add(Contact contact, OwedRaise owed) =>
        contact.Raises.Any(r => r.Command.Id == owed.Command.Id || (owed.Into is not null && r.Into == owed.Into)) ? contact.Raises : contact.Raises.Add(owed);
}
