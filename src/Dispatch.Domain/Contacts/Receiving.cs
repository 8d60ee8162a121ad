using System.Diagnostics;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Sealing;
using static Dispatch.Domain.Contacts.ContactChanges;

namespace Dispatch.Domain.Contacts;

/// <summary>One thing that came in. What it may carry depends on its kind; nothing but the kind and who it was is mandatory.</summary>
public sealed record ReceiveContact
{
    /// <summary>A keyed fingerprint of the provider and its own id of this, the same in each repeat.</summary>
    public required string EventId { get; init; }
    public required ContactEventKind Kind { get; init; }
    public required string Tenant { get; init; }
    public required string Line { get; init; }
    public required string Area { get; init; }
    public int UtcOffsetMinutes { get; init; }
    public Sealed<string>? Number { get; init; }

    /// <summary>Which call it is about: a keyed fingerprint.</summary>
    public string? Call { get; init; }
    public string? Language { get; init; }
    public Sealed<string>? Text { get; init; }

    /// <summary>Where the conversation stands now; null leaves it as it is.</summary>
    public string? Step { get; init; }

    /// <summary>Of a text, or a call for help: a human has to look at it.</summary>
    public bool NeedsHuman { get; init; }

    /// <summary>She wants no call, or no text, and says so by a key or a text: that only ever narrows what is marked.</summary>
    public bool NoCalls { get; init; }
    public bool NoTexts { get; init; }

    /// <summary>How much more came that is not kept: it is counted, and a human is told.</summary>
    public int NotKept { get; init; }

    /// <summary>Nobody can ring this number: what was missed here is owed elsewhere.</summary>
    public bool OwedElsewhere { get; init; }

    /// <summary>How the number may be answered, as she said it to whoever wrote it down.</summary>
    public ContactMark? Mark { get; init; }

    /// <summary>Since when, as an alert says that names the number, somebody else may hold the phone.</summary>
    public DateTimeOffset? SilencedAt { get; init; }

    /// <summary>Whether the line lets the machine ring back, and can.</summary>
    public bool RingsBack { get; init; }

    /// <summary>When she was last known to be on the line. Null where nobody can say: what came late must not make the machine ring now.</summary>
    public DateTimeOffset? MissedAt { get; init; }

    /// <summary>By when a human should have it.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>By when a human should have rung her back, where this or what follows is a missed call.</summary>
    public TimeSpan CallBackWithin { get; init; } = ContactRinging.CallBackWithin;

    /// <summary>She asks for help: raised, unless an alert of this number is open that it belongs to.</summary>
    public RaiseAlert? Raise { get; init; }

    /// <summary>The alert that she named by its code: what is raised is part of that one, this once; nothing that comes later is.</summary>
    public string? Into { get; init; }
}

/// <summary>What came in from a number. Doubled, late and reordered events change nothing that is known already.</summary>
public static class Receiving
{
    public static ContactDecision Receive(Contact? existing, string id, ReceiveContact command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (existing?.Events.Any(e => e.Id == command.EventId) is true) return new ContactDecision.Unchanged();
        var contact = existing ?? new Contact { Id = id, Tenant = command.Tenant, Line = command.Line, Area = command.Area };
        contact = contact with
        {
            UtcOffsetMinutes = command.UtcOffsetMinutes,
            Number = contact.Number ?? command.Number,
            Language = command.Language ?? contact.Language,
            Step = command.Step ?? contact.Step,
            StepAt = command.Step is null ? contact.StepAt : now,
            NotKept = contact.NotKept + command.NotKept,
            Texts = command.Text is { } text ? contact.Texts.Add(new ContactText(now, text)) : contact.Texts,
        };
        contact = command.Kind switch
        {
            ContactEventKind.CallArrived => Arrived(contact, command, now),
            ContactEventKind.CallBackAnswered => PickedUp(contact, command, now),
            ContactEventKind.CallOver => Over(contact, command, now),
            ContactEventKind.CallBackAsked => Settle(contact, command, now).OweCallBack(command, Waits(contact, command) ? now : null, now),
            ContactEventKind.CallMissed => Missed(contact, command, now),
            ContactEventKind.CallBackFailed => CallingBack.Failed(contact, now),
            ContactEventKind.PutThrough or ContactEventKind.Connected or ContactEventKind.NotConnected => PuttingThrough.Take(contact, command, now),
            ContactEventKind.TextArrived or ContactEventKind.HelpAsked when command.NeedsHuman => contact.Sound(RingReason.TextWaiting, now, command.Within),
            ContactEventKind.TextArrived or ContactEventKind.LanguageChosen or ContactEventKind.StepTaken or ContactEventKind.HelpAsked or ContactEventKind.Marked => contact,
            _ => throw new UnreachableException($"{command.Kind} does not come in"),
        };
        contact = Marking.Take(contact, command, now);
        if (command.Raise is { } raise) contact = command.Into is { } named ? Tying.Join(contact, raise, named, now) : Tying.Ask(contact, raise, command.EventId, now);
        return contact.Changed(now, new ContactEvent(command.EventId, command.Kind, now, command.Call, command.Mark?.By));
    }

    private static Contact Arrived(Contact contact, ReceiveContact command, DateTimeOffset now)
    {
        if (command.Call is not { } call) return contact;
        // Its end came first: whoever rang is gone, and owed a call by what the end said.
        if (contact.Call(call) is not null) return contact;
        return contact.With(new ContactCall(call, now)).Sound(RingReason.CallRinging, now, command.Within, call);
    }

    /// <summary>She picked up and gave a sign: she is on the line as if she had rung, and nothing is owed to her but a human.</summary>
    private static Contact PickedUp(Contact contact, ReceiveContact command, DateTimeOffset now)
    {
        if (command.Call is not { } call || contact.Call(call) is not null) return contact;
        var owed = contact.Untaken(RingReason.CallBackOwed);
        var by = contact.CallBack is { Over: null, By: { } human } ? human : null;
        contact = CallingBack.Stop(contact, "reached");
        // Whoever decided to ring her has her: she is put through and nobody else is rung.
        if (by is not null && contact.Items.LastOrDefault(i => i.Taken?.By == by) is { } hers)
        {
            contact = contact.With(new ContactCall(call, now, ToHer: true)) with { Items = contact.Items.Replace(hers, hers with { Call = call }) };
            return owed is null ? contact : contact.Without(owed).Count(ContactClaims.FigureOf(owed) with { AnsweredAt = now });
        }

        contact = contact.With(new ContactCall(call, now, ToHer: true)).Sound(RingReason.CallRinging, now, command.Within, call);
        return owed is null ? contact : contact.Without(owed).Count(ContactClaims.FigureOf(owed) with { AnsweredAt = now, ByMachine = true });
    }

    /// <summary>Ended before a human had it, a call is a missed one. One that a human took stays hers until she closes it.</summary>
    private static Contact Over(Contact contact, ReceiveContact command, DateTimeOffset now)
    {
        if (command.Call is not { } id) return contact;
        if (contact.Call(id) is not { } call)
        {
            // She let it ring once, which is free for her, or its beginning never came.
            return contact.With(new ContactCall(id, now) { OverAt = now }).OweCallBack(command, command.MissedAt, now);
        }

        if (call.OverAt is not null) return contact;
        contact = contact.With(call with { OverAt = now });
        if (call is { ConnectedAt: null, Settled: false }) contact = contact.HungUp(call, true);
        var rings = contact.Items.FirstOrDefault(i => i.Call == id && i.Taken is null);
        if (rings is null) return PuttingThrough.Over(contact, call, command, now);
        // The same number on a second line: that call goes on waiting.
        if (contact.Calls.LastOrDefault(c => c is { OverAt: null, Settled: false, ConnectedAt: null }) is { } other) return contact with { Items = contact.Items.Replace(rings, rings with { Call = other.Id }) };
        contact = contact.Without(rings).Count(ContactClaims.FigureOf(rings) with { Abandoned = true });
        // That she rang is known by its time, whenever its end is said. A call of the machine is none of hers.
        return call.Settled ? contact : contact.OweCallBack(command, call.ToHer ? null : command.MissedAt ?? call.At, now);
    }

    /// <summary>On a number that takes no call, or reported as missed: its end, should it be said too, is nothing new.</summary>
    private static Contact Missed(Contact contact, ReceiveContact command, DateTimeOffset now)
    {
        if (command.Call is not { } id) return contact.OweCallBack(command, command.MissedAt, now);
        return contact.Call(id) is not null ? contact : contact.With(new ContactCall(id, now) { OverAt = now }).OweCallBack(command, command.MissedAt, now);
    }

    /// <summary>She asked to be rung: her call need not be answered, and its end is not missed once more.</summary>
    private static Contact Settle(Contact contact, ReceiveContact command, DateTimeOffset now)
    {
        if (command.Call is not { } id || contact.Call(id) is not { } call) return contact;
        var rings = contact.Items.FirstOrDefault(i => i.Call == id && i.Taken is null);
        contact = contact.With(call with { Settled = true, OverAt = call.OverAt ?? now });
        return rings is null ? contact : contact.Without(rings).Count(ContactClaims.FigureOf(rings) with { Abandoned = true });
    }

    /// <summary>She rang and is on the line.</summary>
    private static bool Waits(Contact contact, ReceiveContact command) => command.Call is { } id && contact.Call(id) is { OverAt: null, ToHer: false };
}
