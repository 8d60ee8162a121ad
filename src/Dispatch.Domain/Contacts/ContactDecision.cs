using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Contacts;

/// <summary>What the rules answer to something that happened to a contact.</summary>
public abstract record ContactDecision
{
    private ContactDecision()
    {
    }

    /// <summary>Store it before anything else happens.</summary>
    public sealed record Changed(Contact Contact) : ContactDecision;

    /// <summary>It already was so.</summary>
    public sealed record Unchanged : ContactDecision;

    public sealed record Refused(Refusal Why) : ContactDecision;
}

internal static class ContactChanges
{
    /// <summary>More than a long conversation has; what is older is in the alert's own history, where there is one.</summary>
    internal const int MaxEvents = 48;
    internal const int MaxCalls = 4;
    internal const int MaxTexts = 12;

    /// <summary>As many as a number is listened to in an hour: while a human has to read them, none gives way to a later one.</summary>
    internal const int MaxTextsUnread = Conversations.Conversing.MaxTexts + 2;

    /// <summary>Beyond <see cref="LettingGo.MaxTies"/> they leave one by one, as soon as their alerts answer. So many that do not are no conversation.</summary>
    internal const int MostTies = 16;
    internal const int MaxTrail = 16;

    public static ContactDecision Changed(this Contact next, DateTimeOffset now, params ReadOnlySpan<ContactEvent> events)
    {
        var version = next.Version + 1;
        var kept = next.Events.ToBuilder();
        for (var i = 0; i < events.Length; i++)
        {
            kept.Add(events[i].Id.Length > 0 ? events[i] : events[i] with { Id = string.Create(CultureInfo.InvariantCulture, $"{version}.{i}") });
        }

        return new ContactDecision.Changed(next with
        {
            Version = version,
            LastNow = next.LastNow > now ? next.LastNow : now,
            Events = Last(kept.ToImmutable(), MaxEvents),
            Calls = LastCalls(next.Calls),
            Texts = Last(next.Texts, next.Items.IsEmpty ? MaxTexts : MaxTextsUnread),
            FormerTies = Last(next.FormerTies, MostTies),
        });
    }

    public static ContactEvent Noted(ContactEventKind kind, DateTimeOffset at, string? what = null, string? by = null) => new("", kind, at, what, by);

    public static Contact With(this Contact contact, ContactCall call) =>
        contact.Calls.FirstOrDefault(c => c.Id == call.Id) is { } old ? contact with { Calls = contact.Calls.Replace(old, call) } : contact with { Calls = contact.Calls.Add(call) };

    /// <summary>The newest fact of an item takes the place of an earlier one that was not counted yet.</summary>
    public static Contact Count(this Contact contact, ContactFigure figure)
    {
        var trail = contact.Trail.FirstOrDefault(f => f.ItemId == figure.ItemId) is { } old ? contact.Trail.Replace(old, figure) : contact.Trail.Add(figure);
        return contact with { Trail = Last(trail, MaxTrail) };
    }

    /// <summary>Those that are over make room first: a call that goes on is never forgotten for one that ended.</summary>
    private static ImmutableArray<ContactCall> LastCalls(ImmutableArray<ContactCall> calls)
    {
        while (calls.Length > MaxCalls) calls = calls.Remove(calls.FirstOrDefault(c => c.OverAt is not null) ?? calls[0]);
        return calls;
    }

    private static ImmutableArray<T> Last<T>(ImmutableArray<T> all, int most) => all.Length <= most ? all : [.. all.TakeLast(most)];
}
