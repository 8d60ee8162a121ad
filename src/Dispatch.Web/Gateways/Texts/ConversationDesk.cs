using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Conversations;
using Dispatch.Domain.Numbers;
using Dispatch.Domain.Survivors;
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
    ContactDesk contacts, InboundLines lines, LinesSettings settings, NumberTurns turns, TooMuch tooMuch, NamedNumbers named, HerContact hers, HerPhones phones, SmsReplies replies, Vault vault, IGrainFactory grains, TimeProvider clock, ILogger<ConversationDesk> log)
{
    /// <summary>What is kept of one text: more than four texts in one. What is longer is cut, and the human who reads it sees that it was.</summary>
    private const int LongestKept = 600;

    /// <summary>Letters of three bytes come in texts of seventy: three of these, too.</summary>
    private const int MostBytes = 700;

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
        if (!await turns.Take(id, () => Hear(from, id, text))) await tooMuch.Drop(from);
    }

    private async Task Hear(InboundNumber from, string id, IncomingText text)
    {
        var (provider, now) = (from.Provider, clock.GetUtcNow());
        var known = await grains.GetGrain<IContactGrain>(id).View();
        var number = await phones.Ask(known);
        var coded = AlertCode.In(text.Text) is { } code ? await named.ByCode(code, from.Line, id) : null;
        var (tied, answers) = await hers.OpenAlert(known, now);
        var standing = StandingOf(known, coded ?? tied, number.MayText);
        if (Conversing.Hear(Conversation.Of(known?.Step), standing, AlertCode.Without(text.Text), now) is not { } turn)
        {
            await tooMuch.Drop(from);
            return;
        }


        var said = number.IsKnown ? HerContact.Marked(number.Contact, from.Raw) : null;
        var raise = turn.Raise ? contacts.NewRaise(id, $"{provider}\0{text.Id}", from.Line, IntakeChannel.Text, turn.Language, (r, key) => Said(r, key, turn, said, text.Text)) : null;
        if (raise is not null) await hers.Open(raise.Id, said, turn.Language, coded is null ? tied : null);
        // The app may have brought the same: a human sees both, and says whether they are one.
        var perhapsTwo = raise is not null && !standing.Open && await named.Lately(id);
        var result = await contacts.Receive(from, text.Id, turn.CallHer ? ContactEventKind.CallBackAsked : ContactEventKind.TextArrived, command => command with
        {
            Language = turn.Language,
            Text = vault.ContactKey(id).Seal(SealedFields.ContactText, Kept(text.Text)),
            Step = turn.Next.Step,
            NeedsHuman = turn.NeedsHuman || perhapsTwo || !answers,
            NoTexts = turn.Stops,
            // A text may be hours on its way: a human decides whether she still holds the phone.
            RingsBack = false,
            Within = settings.Of(from.Line).TextWithin,
            Raise = raise,
            Into = coded?.Id,
        });

        if (coded is not null) await named.Add(id, coded.Id);
        if (result.First && turn.Reply is { } word && PhoneNumber.TryParse(from.Raw, out var to)) replies.Send(to, turn.Language, word, null, $"{provider}\0{text.Id}");
    }

    private static RaiseAlert Said(RaiseAlert raise, DataKey key, Turn turn, SafeContact? said, string words) => raise with
    {
        Needs = turn.Needs,
        AgeBand = turn.Age,
        Reach = HerContact.ReachOf(said),
        Note = string.IsNullOrWhiteSpace(words) ? null : key.Seal(Fields.NoteName, Kept(words)),
    };

    private static Standing StandingOf(Contact? known, Alert? alert, bool mayText)
    {
        if (known is null) return new Standing(alert is { Stage: Stage.Open }, Child: alert is { Child: true });
        // Owed and not yet there, it is open all the same.
        var open = alert is { Stage: Stage.Open } || (alert is null && !known.Raises.IsEmpty);
        return new Standing(open, mayText, known.Mark?.At, alert is { Child: true }, known.Language);
    }

    /// <summary>Cut at whole letters, so that what is kept of thirty texts fits one row whatever they are written in.</summary>
    private static string Kept(string text)
    {
        var (length, bytes) = (0, 0);
        foreach (var letter in text.EnumerateRunes())
        {
            bytes += letter.Utf8SequenceLength;
            if (length + letter.Utf16SequenceLength > LongestKept || bytes > MostBytes) return string.Concat(text.AsSpan(0, length), "…");
            length += letter.Utf16SequenceLength;
        }

        return text;
    }
}
