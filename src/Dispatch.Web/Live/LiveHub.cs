using Dispatch.Channels.Live;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Grains.Accounts;
using Dispatch.Grains.Alerts;
using Dispatch.Web.Responders;
using Dispatch.Web.Shelters.Tablets;
using Dispatch.Web.Staff;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Orleans;

namespace Dispatch.Web.Live;

/// <summary>Open pages of staff, and the tablets of houses. What it sends are hints; what it receives are receipts, and nothing else.</summary>
[Authorize(Policy = Policies.LivePage)]
internal sealed class LiveHub(Presence presence, ILiveRelay relay, ReceiptDesk receipts, IGrainFactory grains, TimeProvider clock) : Hub
{
    public const string Path = "/live";
    private const string PageItem = "page";

    public override async Task OnConnectedAsync()
    {
        var user = Context.User!;
        var page = new LiveConnection(
            Context, user.Account(), user.FindFirst(StaffMembers.SessionClaim)!.Value, [.. user.FindAll(StaffMembers.LineClaim).Select(c => c.Value)],
            [.. user.FindAll(StaffMembers.HouseClaim).Select(c => c.Value)], [.. user.FindAll(StaffMembers.AreaClaim).Select(c => c.Value)],
            user.HasClaim(c => c.Type == TabletAuthentication.TabletClaim));
        Context.Items[PageItem] = page;
        presence.Add(page);
        try
        {
            // A sign-out between the handshake and this line found no page to close.
            if (await grains.GetGrain<IAccountGrain>(page.Account).Session(page.Session) is null) Context.Abort();
            // What this page fetched while another host did not know of it yet may have missed a notice from there. Any hint makes it fetch.
            else if (await relay.Announced()) await Clients.Caller.SendAsync("alert", "", 0L);
        }
        catch
        {
            // A page refused here is never reported as disconnected.
            presence.Remove(page);
            throw;
        }
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        if (Context.Items[PageItem] is LiveConnection page) presence.Remove(page);
        return Task.CompletedTask;
    }

    [Authorize(Policy = Policies.Responder)]
    public async Task Receipt(string offerId, ReceiptState state)
    {
        if (!OfferIds.TryRead(offerId, out var offer)) throw new HubException(Problems.Code.NotFound);
        try
        {
            await receipts.Record(offer.Alert, new Receipt(offer.No, Context.User!.Account(), ChannelKind.Live, state, clock.GetUtcNow()));
        }
        catch (ReceiptsFullException)
        {
            throw new HubException(Problems.Code.Busy);
        }
    }
}
