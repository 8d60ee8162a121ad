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
    ContactDesk contacts, IncomingLines dialled, IncomingLimits limits, LinesSettings lines, CallBackDesk callsBack, IvrWords words, Takers takers, IGrainFactory grains, SeenTexts seen)
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
        return new TakenCall(await Next(from, call, beep));
    }

    private static IvrStep Reject => new("", 0) { Rejects = true };

    private async Task<IvrStep?> Next(InboundNumber from, IncomingCall call, bool beep)
    {
        switch (call.Fate)
        {
            case CallFate.Rings or CallFate.Machine:
                return null;
            case CallFate.Over or CallFate.Dead:
                await contacts.Receive(from, $"{call.Call}:over", ContactEventKind.CallOver, c => c with { RingsBack = callsBack.May(from.Line) });
                return null;
            case CallFate.PickedUp when beep:
                await contacts.Receive(from, $"{call.Call}:missed", ContactEventKind.CallMissed, c => c with { RingsBack = callsBack.May(from.Line) });
                return Reject;
            case CallFate.PickedUp:
                return await Begin(from, call);
            case CallFate.Key:
                return await Key(from, call);
            default:
                throw new UnreachableException($"fate {call.Fate}");
        }
    }

    private async Task<IvrStep?> Begin(InboundNumber from, IncomingCall call)
    {
        // Said again long after: that call is over, and whoever says it is not on the line.
        var known = await seen.Known(from.Provider, $"call:{call.Call}");
        var contact = known
            ? await grains.GetGrain<IContactGrain>(contacts.IdOf(from)).View()
            : (await contacts.Receive(from, $"{call.Call}:arrived", ContactEventKind.CallArrived, c => c with { Within = lines.Of(from.Line).AnswerWithin })).Contact;
        if (!known) await seen.Keep(from.Provider, $"call:{call.Call}");
        if (contact?.Call(contacts.CallOf(from)) is not { OverAt: null }) return null;
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
            case ("menu" or "wait" or "noted" or "hello", "1"):
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
        await grain.Wake();
        if (await grain.View() is not { } contact || contact.Call(id) is not { OverAt: null }) return null;
        if (contact.Items.FirstOrDefault(i => i.Call == id)?.Taken is { } taker && await takers.NumberOf(taker.By, from.Line) is { } number)
        {
            await contacts.Receive(from, $"{call.Call}:connected:{taker.By}", ContactEventKind.Connected);
            return new IvrStep("wait", call.Turn) { Connect = number };
        }

        if (call.Turn >= MaxTurns)
        {
            await contacts.Receive(from, $"{call.Call}:waited", ContactEventKind.CallBackAsked, c => c with { RingsBack = callsBack.May(from.Line) });
            return words.Say(from.Line, contact.Language, "rungBack", 0, reference);
        }

        return call.Step is "language" && call.Turn < 2
            ? words.Say(from.Line, null, "language", call.Turn + 1, reference)
            : words.Say(from.Line, contact.Language, "wait", call.Turn + 1, reference);
    }
}
