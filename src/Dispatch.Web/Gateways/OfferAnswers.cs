using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Grains.Alerts;
using Dispatch.Web.Audit;
using Orleans;

namespace Dispatch.Web.Gateways;

/// <summary>
/// A yes or a no that came by a telephone network. Who held the phone nobody knows: so a yes fills the need and opens nothing, until the responder confirms it in her own
/// session. Doing it twice does nothing more.
/// </summary>
internal sealed class OfferAnswers(IGrainFactory grains, IAudit audit)
{
    /// <param name="via">Stands in the audit too: who did it is the person whose number it is, as far as a number says.</param>
    public async Task<Understood> Accept(string account, OfferId offer, ChannelKind via)
    {
        await audit.Write(account, "offer.accept", offer.Alert, offer.ToString(), EnumWords.Of(via));
        var answer = await grains.GetGrain<IAlertGrain>(offer.Alert).Accept(new AcceptOffer(offer.No, account, null, null, via));
        return answer.Refused switch
        {
            null => Understood.Accepted,
            Refusal.AlreadyFilled => Understood.Taken,
            _ => Understood.TakenBack,
        };
    }

    public async Task<Understood> Decline(string account, OfferId offer, ChannelKind via)
    {
        await audit.Write(account, "offer.decline", offer.Alert, offer.ToString(), EnumWords.Of(via));
        var answer = await grains.GetGrain<IAlertGrain>(offer.Alert).Decline(new DeclineOffer(offer.No, account, DeclineReason.Other, via));
        // What she confirmed in the app she gives back there.
        return answer.Refused is Refusal.WrongProgress ? Understood.Accepted : Understood.Declined;
    }
}

/// <summary>What became of it; the approved words of each channel are called so.</summary>
internal enum Understood { Accepted = 1, Declined = 2, Taken = 3, TakenBack = 4 }
