using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Conversations;
using Dispatch.Domain.Numbers;
using Dispatch.Domain.Responders;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Responders;
using Dispatch.Web.Shelters;
using Orleans;

namespace Dispatch.Web.Gateways;

/// <summary>
/// Answers by text; those of staff of a house, which are digits, go to <see cref="HouseTexts"/>. The sender's number is what the network says, and can be forged by whoever knows a number and a code: so a yes is only provisional (<see cref="OfferAnswers"/>).
/// </summary>
internal sealed class AnswerDesk(NumberIndex numbers, NumberLimits limits, IGrainFactory grains, OfferAnswers answers, HouseTexts houses, SmsReplies replies)
{
    /// <summary>False where it is none of staff's: then it is a conversation. Never throws for what somebody wrote. Doing it twice does nothing more.</summary>
    public async Task<bool> Take(IncomingText text)
    {
        if (!PhoneNumber.TryParse(text.From, out var from)) return false;
        var owners = await numbers.Owners(from);
        if (owners.IsEmpty) return false;
        var heard = HouseText.Read(text.Text) is null && TextAnswer.Read(text.Text) is null ? Hearing.Read(text.Text) : null;
        // A colleague's phone may be her own: whoever writes that she needs help is heard, whoever she is.
        if (heard is { AsksForHelp: true }) return false;
        // Others of her house may write on it: a sentence is a human's to read, and explained as well, for she may take it for an answer.
        if (heard is { Sentence: true })
        {
            if (limits.MayExplain(from)) replies.Send(from, owners[0].Language, "sms.how", null, text.Id);
            return false;
        }

        if (!limits.MayAnswer(from)) return true;
        if (HouseText.Read(text.Text) is { } digits && await houses.Take(from, owners, digits, text.Id)) return true;
        if (TextAnswer.Read(text.Text) is not { } answer || await Meant(owners, answer.Code) is not ({ } owner, { } offer))
        {
            limits.Missed(from);
            if (limits.MayExplain(from)) replies.Send(from, owners[0].Language, "sms.how", null, text.Id);
            return true;
        }

        var id = new OfferId(offer.AlertId, offer.Offer);
        var understood = answer.Yes ? await answers.Accept(owner.Account, id, ChannelKind.Sms) : await answers.Decline(owner.Account, id, ChannelKind.Sms);
        if (limits.MayReply(from)) replies.Send(from, owner.Language, $"sms.{EnumWords.Of(understood)}", answer.Code, text.Id);
        return true;
    }

    /// <summary>Whose offer the code names. Where two people share the phone and both have it, neither is meant.</summary>
    private async Task<(NumberOwner Owner, CodedOffer Offer)?> Meant(ImmutableArray<NumberOwner> owners, string code)
    {
        var found = await Task.WhenAll(owners.Select(async o => (Owner: o, Offer: await grains.GetGrain<IResponderGrain>(o.Account).ByCode(code))));
        var known = found.Where(f => f.Offer is not null).ToArray();
        var open = known.Where(f => f.Offer!.State is OfferState.Open).ToArray();
        return (open is [] ? known : open) is [var (owner, offer)] ? (owner, offer!) : null;
    }
}
