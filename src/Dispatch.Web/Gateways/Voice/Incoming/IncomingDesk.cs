using System.Diagnostics;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Grains.Contacts;
using Dispatch.Web.Contacts;
using Orleans;

namespace Dispatch.Web.Gateways.Voice.Incoming;

/// <summary>
/// Calls to a line. From her first ring the call stands in the queue; what she hears meanwhile only fills the wait. Nine asks for help from anywhere, one asks to be rung and costs
/// her nothing, and whoever hangs up before a human had her call is owed one. Everything may come twice, late and in another order.
/// </summary>
internal sealed class IncomingDesk(
    ContactDesk contacts, IncomingLines dialled, IncomingLimits limits, WithheldCalls withheld, LinesSettings lines, CallBackDesk callsBack, IvrWords words, Takers takers, LastHeard heard, IGrainFactory grains, SeenTexts seen,
    TimeProvider clock, ILogger<IncomingDesk> log)
{
    /// <summary>A call that waited this often is rung back: a network ends it sooner or later, and then nobody would know.</summary>
    private const int MaxTurns = 90;

    /// <summary>Null where it is no call of a line.</summary>
    public async Task<TakenCall?> Take(string gateway, IncomingCall call)
    {
        if (call.Reference is not null || call.Ours) return await callsBack.Take(gateway, call);
        var (line, beep) = dialled.Of(gateway, call.To);
        var from = new InboundNumber(line, gateway, call.From, call.Call);
        if (!limits.May(contacts.IdOf(from), begins: call is { Step: null, Fate: CallFate.PickedUp })) return new TakenCall(beep ? Reject : null);
        if (ContactDesk.IsWithheld(from))
        {
            if (beep) return await Beep(from, call);
            if (!await withheld.May(from, call)) return call.Waits ? Anyway(gateway, call) : new TakenCall(null);
        }

        return new TakenCall(await Next(from, call, beep));
    }

    /// <summary>
    /// What she hears while nothing can be read or kept: what she heard last, so that she stays on the line and the next step is tried anew. Before her sign, on a call of the machine,
    /// that is nothing.
    /// </summary>
    public TakenCall Anyway(string gateway, IncomingCall call)
    {
        if ((call.Reference is not null || call.Ours) && call.Step is null or CallBackDesk.Word) return new TakenCall(new IvrStep(CallBackDesk.Word, call.Turn) { Reference = call.Reference, Asks = true });
        var (line, _) = dialled.Of(gateway, call.To);
        var first = lines.Of(line).Languages.Length > 1 ? "language" : "menu";
        return new TakenCall(call.Step is null ? words.Say(line, null, first, 0) : words.Say(line, null, call.Step is "language" or "menu" or "noted" or "hello" ? call.Step : "wait", call.Turn + 1, call.Reference));
    }

    /// <summary>On a number that takes no call, and without one of her own: all that is left is that somebody rang.</summary>
    private async Task<TakenCall> Beep(InboundNumber from, IncomingCall call)
    {
        if (call.Fate is CallFate.PickedUp) await Once(from, $"call:{call.Call}", () => withheld.Missed(from, call.Call));
        return new TakenCall(call.Waits ? Reject : null);
    }

    private static IvrStep Reject => new("", 0) { Rejects = true };

    private async Task<IvrStep?> Next(InboundNumber from, IncomingCall call, bool beep)
    {
        switch (call.Fate)
        {
            case CallFate.Rings or CallFate.Machine:
                return null;
            case CallFate.Over or CallFate.Dead:
                await Over(from, call);
                return null;
            case CallFate.PickedUp when beep:
                await Once(from, $"call:{call.Call}", () => contacts.Receive(
                    from, $"{call.Call}:missed", ContactEventKind.CallMissed, c => c with { RingsBack = callsBack.May(from.Line), MissedAt = call.At ?? clock.GetUtcNow() }));
                return Reject;
            case CallFate.PickedUp:
                return await Begin(from, call);
            case CallFate.Key:
                await Known(from, call);
                return await Key(from, call);
            case CallFate.Connected or CallFate.NotConnected or CallFate.Talked:
                return await PutThrough(from, call);
            default:
                throw new UnreachableException($"fate {call.Fate}");
        }
    }

    /// <summary>What became of a call that was put through. Where nobody picked up she is still there, and waits on.</summary>
    public async Task<IvrStep?> PutThrough(InboundNumber from, IncomingCall call, string? reference = null)
    {
        if (call.Fate is CallFate.NotConnected)
        {
            await contacts.Receive(from, $"{call.Call}:notConnected:{call.Turn}", ContactEventKind.NotConnected, c => c with { Within = lines.Of(from.Line).AnswerWithin });
            return await Wait(from, call, reference);
        }

        await contacts.Receive(from, $"{call.Call}:connected", ContactEventKind.Connected);
        return null;
    }

    private Task Over(InboundNumber from, IncomingCall call) => Once(from, $"over:{call.Call}", async () =>
    {
        // Whoever took it just now has it: it is not a missed one because the number did not hear of her yet.
        await Wake(grains.GetGrain<IContactGrain>(contacts.IdOf(from)));
        if (call.WasConnected) await contacts.Receive(from, $"{call.Call}:connected", ContactEventKind.Connected);
        var elsewhere = ContactDesk.IsWithheld(from) && await withheld.Leaves(from, call.Call);
        await contacts.Receive(
            from, $"{call.Call}:over", ContactEventKind.CallOver, c => c with { RingsBack = callsBack.May(from.Line), MissedAt = call.At ?? heard.Of(contacts.CallOf(from)), OwedElsewhere = elsewhere });
    });

    /// <summary>Said again, however long after, it is nothing new. Kept only once it is done.</summary>
    private async Task Once(InboundNumber from, string what, Func<Task> act)
    {
        if (await seen.Known(from.Provider, what)) return;
        await act();
        await seen.Keep(from.Provider, what);
    }

    /// <summary>Her contact while she is on the line; a call whose beginning could not be kept begins now. Null: it is over.</summary>
    private async Task<Contact?> Known(InboundNumber from, IncomingCall call)
    {
        var (grain, id) = (grains.GetGrain<IContactGrain>(contacts.IdOf(from)), contacts.CallOf(from));
        var contact = await grain.View();
        // Said again long after: that call is over, and whoever says it is not on the line.
        if (contact?.Call(id) is null && !await seen.Known(from.Provider, $"call:{call.Call}"))
        {
            contact = (await contacts.Receive(from, $"{call.Call}:arrived", ContactEventKind.CallArrived, c => c with { Within = lines.Of(from.Line).AnswerWithin })).Contact;
            await seen.Keep(from.Provider, $"call:{call.Call}");
        }

        if (contact?.Call(id) is not { OverAt: null }) return null;
        heard.Note(id);
        return contact;
    }

    private async Task<IvrStep?> Begin(InboundNumber from, IncomingCall call)
    {
        if (await Known(from, call) is not { } contact) return null;
        var languages = lines.Of(from.Line).Languages;
        return contact.Language is null && languages.Length > 1 ? words.Say(from.Line, null, "language", 0) : words.Say(from.Line, contact.Language ?? languages[0], "menu", 0);
    }

    /// <summary>A key, or none within the seconds that she had.</summary>
    public async Task<IvrStep?> Key(InboundNumber from, IncomingCall call, string? reference = null)
    {
        var id = $"{call.Call}:{call.Step}:{call.Turn}:{call.Digits}";
        var languages = lines.Of(from.Line).Languages;
        switch (call.Step, call.Digits)
        {
            case (_, "9"):
                var helped = await contacts.Receive(from, id, ContactEventKind.HelpAsked, c => c with { Raise = contacts.NewRaise(contacts.IdOf(from), id, from.Line, IntakeChannel.Call) });
                return words.Say(from.Line, helped.Contact?.Language, "noted", call.Turn + 1, reference);
            case ("language", { Length: 1 } digit) when digit[0] - '1' is >= 0 and var at && at < languages.Length:
                await contacts.Receive(from, id, ContactEventKind.LanguageChosen, c => c with { Language = languages[at] });
                return words.Say(from.Line, languages[at], "menu", 0, reference);
            case ("menu" or "wait" or "noted" or "hello", "1") when !ContactDesk.IsWithheld(from):
                var asked = await contacts.Receive(from, id, ContactEventKind.CallBackAsked, c => c with { RingsBack = callsBack.May(from.Line) });
                return words.Say(from.Line, asked.Contact?.Language, "rungBack", 0, reference);
            default:
                return await Wait(from, call, reference);
        }
    }

    /// <summary>Whether a human has her call by now: then she is put through.</summary>
    private async Task<IvrStep?> Wait(InboundNumber from, IncomingCall call, string? reference)
    {
        var (grain, id) = (grains.GetGrain<IContactGrain>(contacts.IdOf(from)), contacts.CallOf(from));
        await Wake(grain);
        if (await grain.View() is not { } contact || contact.Call(id) is not { OverAt: null }) return null;
        // The last of them: it rings anew where whoever took it before did not pick up.
        if (contact.Items.LastOrDefault(i => i.Call == id)?.Taken is { } taker && await takers.NumberOf(taker.By, from.Line) is { } number)
        {
            await contacts.Receive(from, $"{call.Call}:putThrough:{call.Turn}", ContactEventKind.PutThrough);
            return new IvrStep("wait", call.Turn + 1) { Reference = reference, Connect = number, CallerId = IsHers(from, call.To) ? null : call.To };
        }

        // Who cannot be rung is not told that she will be.
        if (call.Turn >= MaxTurns && !ContactDesk.IsWithheld(from))
        {
            // No human is free: the machine would only make her wait once more.
            await contacts.Receive(from, $"{call.Call}:waited", ContactEventKind.CallBackAsked);
            return words.Say(from.Line, contact.Language, "rungBack", 0, reference);
        }

        return call.Step is "language" && call.Turn < 2
            ? words.Say(from.Line, null, "language", call.Turn + 1, reference)
            : words.Say(from.Line, contact.Language, "wait", call.Turn + 1, reference);
    }

    /// <summary>For speed only: what the line decided is in the contact sooner or later, and she hears the same words meanwhile.</summary>
    private async Task Wake(IContactGrain grain)
    {
        try
        {
            await grain.Wake();
        }
#pragma warning disable CA1031 // She is on the line.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("A contact could not do what is due while its call waits or ends: {Failure}", failure.GetType().Name);
        }
    }

    private bool IsHers(InboundNumber caller, string? number) => number is not null && contacts.IdOf(caller with { Raw = number }) == contacts.IdOf(caller);
}
