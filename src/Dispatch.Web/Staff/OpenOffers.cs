using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Responders;
using Dispatch.Web.Hotline;
using Orleans;

namespace Dispatch.Web.Staff;

/// <summary>Lets the alerts that ask somebody know at once what became of her: they stop, or take another way to her, and their supervisors see it.</summary>
internal sealed class OpenOffers(IGrainFactory grains, Nudges nudges)
{
    /// <summary>She left duty, perhaps.</summary>
    public async Task Look(string account)
    {
        foreach (var alert in (await Of(account)).Select(offer => offer.Alert).Distinct()) nudges.Wake(alert);
    }

    /// <summary>A device of hers is gone. Where another one of its kind is left, what was sent may still arrive there.</summary>
    public async Task Without(string account, ChannelKind kind, string why)
    {
        if ((await grains.GetGrain<IResponderGrain>(account).Devices()).Any(device => device.Kind == kind)) return;
        foreach (var offer in await Of(account)) nudges.Lost(offer.Alert, new LostChannel(offer.No, account, kind, why));
    }

    private async Task<IEnumerable<OfferId>> Of(string account) =>
        (await grains.GetGrain<IResponderGrain>(account).Offers()).Select(offer => OfferId.TryParse(offer.OfferId, out var id) ? id : (OfferId?)null).OfType<OfferId>();
}
