using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Conversations;
using Dispatch.Domain.Numbers;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Contacts;
using Dispatch.Web.Contacts;
using Dispatch.Web.Sealing;
using Dispatch.Web.Survivors;
using Orleans;

namespace Dispatch.Web.Gateways.Texts;

/// <summary>
/// Texts of everybody who is not staff: one conversation per number and line. One text is one event of its contact, durable with all that it causes before the gateway is answered; the same
/// again changes nothing.
/// </summary>
internal sealed class ConversationDesk(
    ContactDesk contacts, InboundLines lines, LinesSettings settings, NumberTurns turns, TooMuch tooMuch, Joining joining, HerContact hers, HerPhones phones, SmsReplies replies, Vault vault, IGrainFactory grains, TimeProvider clock, ILogger<ConversationDesk> log)
{
    /// <summary>What is kept of one text: more than four texts in one. What is longer is cut, and the human who reads it sees that it was.</summary>
    private const int LongestKept = 600;

    /// <summary>With fewer digits it is a network's own sender, or a name: nobody is there to be answered or called.</summary>
    private const int ShortestNumber = 7;

    public async Task Take(string gateway, IncomingText text)
    {
        var from = lines.Of($"sms/{gateway}", text.From);
        if (text.From.Count(char.IsAsciiDigit) < ShortestNumber)
        {
            log.LogInformation("A text came from a sender that is no telephone, and was left alone");
            return;
        }

        var id = contacts.IdOf(from);
        if (!await turns.Take(id, () => Hear(from, id, text))) await tooMuch.Say(from);
    }

    private async Task Hear(InboundNumber from, string id, IncomingText text)
    {
        var (provider, now) = (from.Provider, clock.GetUtcNow());
        var known = await grains.GetGrain<IContactGrain>(id).View();
        var number = await phones.Ask(known);
        if (Conversing.Hear(Conversation.Of(known?.Step), await StandingOf(known, number.MayText, now), text.Text, now) is not { } turn) return;

        var said = number.IsKnown ? HerContact.Marked(number.Contact, from.Raw) : null;
        var raise = turn.Raise ? contacts.NewRaise(id, $"{provider}\0{text.Id}", from.Line, IntakeChannel.Text, turn.Language, (r, key) => Said(r, key, turn, said, text.Text)) : null;
        if (raise is not null) await hers.Open(raise.Id, said, turn.Language);
        var result = await contacts.Receive(from, text.Id, turn.CallHer ? ContactEventKind.CallBackAsked : ContactEventKind.TextArrived, command => command with
        {
            Language = turn.Language,
            Text = vault.ContactKey(id).Seal(SealedFields.ContactText, Kept(text.Text)),
            Step = turn.Next.Step,
            NeedsHuman = turn.NeedsHuman || IsTiedByApp(known),
            NoTexts = turn.Stops,
            // A text may be hours on its way: a human decides whether she still holds the phone.
            RingsBack = false,
            Within = settings.Of(from.Line).TextWithin,
            Raise = raise,
        });

        if (raise is not null && result.Contact?.Tie is { } tie && tie.AlertId != raise.Id && !await joining.Add(tie.AlertId, text.Id, IntakeChannel.Text, turn.Needs, Kept(text.Text), said))
        {
            await contacts.Receive(from, $"{text.Id}:alone", ContactEventKind.TextArrived, command => command with { NeedsHuman = true, Within = settings.Of(from.Line).TextWithin });
        }

        if (result.First && turn.Reply is { } word && PhoneNumber.TryParse(from.Raw, out var to)) replies.Send(to, turn.Language, word, null, $"{provider}\0{text.Id}");
    }

    private static RaiseAlert Said(RaiseAlert raise, DataKey key, Turn turn, SafeContact? said, string words) => raise with
    {
        Needs = turn.Needs,
        AgeBand = turn.Age,
        Reach = HerContact.ReachOf(said),
        Note = string.IsNullOrWhiteSpace(words) ? null : key.Seal(Fields.NoteName, Kept(words)),
    };

    private async Task<Standing> StandingOf(Contact? known, bool mayText, DateTimeOffset now)
    {
        if (known is null) return new Standing();
        var alert = known.Tie is { } tie && Tying.IsAboutSame(known, now) ? (await grains.GetGrain<IAlertGrain>(tie.AlertId).HotlineView())?.Alert : null;
        // Owed and not yet there, it is open all the same.
        var open = alert is { Stage: Stage.Open } || (alert is null && !known.Raises.IsEmpty);
        return new Standing(open, mayText, known.Mark?.At, alert is { Child: true }, known.Language);
    }

    /// <summary>Whoever raised an alert in the app named this number, and nobody knows who that was: the first text that is taken for part of it is looked at.</summary>
    private static bool IsTiedByApp(Contact? known) => known?.Tie is { By: Consent.Survivor, Merged: 0 };

    private static string Kept(string text) => text.Length <= LongestKept ? text : string.Concat(text.AsSpan(0, LongestKept), "…");
}
