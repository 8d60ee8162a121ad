using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Numbers;
using Dispatch.Domain.Responders;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Responders;
using Dispatch.Web.Audit;
using Orleans;

namespace Dispatch.Web.Gateways;

/// <summary>
/// Answers by text. The sender's number is what the network says, and can be forged by whoever knows a number and a code: so a yes fills the need and opens nothing, until
/// the responder confirms it in her own session.
/// </summary>
internal sealed class AnswerDesk(NumberIndex numbers, NumberLimits limits, IGrainFactory grains, IAudit audit, SmsReplies replies)
{
    /// <summary>Who did it in the audit is the person whose number it is, as far as a number says.</summary>
    private const string ByText = "sms";

    /// <summary>Never throws for what somebody wrote. Doing it twice does nothing more.</summary>
    public async Task Take(IncomingText text)
    {
        // Nobody we know is answered: neither a short code nor a machine nor somebody who wants to find out.
        if (!PhoneNumber.TryParse(text.From, out var from) || !limits.MayAnswer(from)) return;
        var owners = await numbers.Owners(from);
        if (owners.IsEmpty) return;
        if (TextAnswer.Read(text.Text) is not { } answer || await Meant(owners, answer.Code) is not ({ } owner, { } offer))
        {
            limits.Missed(from);
            if (limits.MayExplain(from)) replies.Send(from, owners[0].Language, "sms.how", null, text.Id);
            return;
        }

        var words = answer.Yes ? await Accept(owner.Account, offer) : await Decline(owner.Account, offer);
        if (limits.MayReply(from)) replies.Send(from, owner.Language, words, answer.Code, text.Id);
    }

    /// <summary>Whose offer the code names. Where two people share the phone and both have it, neither is meant.</summary>
    private async Task<(NumberOwner Owner, CodedOffer Offer)?> Meant(ImmutableArray<NumberOwner> owners, string code)
    {
        var found = await Task.WhenAll(owners.Select(async o => (Owner: o, Offer: await grains.GetGrain<IResponderGrain>(o.Account).ByCode(code))));
        var known = found.Where(f => f.Offer is not null).ToArray();
        var open = known.Where(f => f.Offer!.State is OfferState.Open).ToArray();
        return (open is [] ? known : open) is [var (owner, offer)] ? (owner, offer!) : null;
    }

    private async Task<string> Accept(string account, CodedOffer offer)
    {
        await audit.Write(account, "offer.accept", offer.AlertId, Id(offer), ByText);
        var answer = await grains.GetGrain<IAlertGrain>(offer.AlertId).Accept(new AcceptOffer(offer.Offer, account, null, null, ChannelKind.Sms));
        return answer.Refused switch
        {
            null => "sms.accepted",
            Refusal.AlreadyFilled => "sms.taken",
            _ => "sms.takenBack",
        };
    }

    private async Task<string> Decline(string account, CodedOffer offer)
    {
        await audit.Write(account, "offer.decline", offer.AlertId, Id(offer), ByText);
        var answer = await grains.GetGrain<IAlertGrain>(offer.AlertId).Decline(new DeclineOffer(offer.Offer, account, DeclineReason.Other, ChannelKind.Sms));
        // What she confirmed in the app she gives back there.
        return answer.Refused is Refusal.WrongProgress ? "sms.accepted" : "sms.declined";
    }

    private static string Id(CodedOffer offer) => new OfferId(offer.AlertId, offer.Offer).ToString();
}
