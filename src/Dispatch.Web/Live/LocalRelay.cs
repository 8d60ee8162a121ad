using System.Diagnostics;
using Dispatch.Channels.Live;
using Dispatch.Domain.Channels;
using Microsoft.AspNetCore.SignalR;

namespace Dispatch.Web.Live;

/// <summary>
/// Hands notices to the pages open on this host. One send per page, each with its own deadline: an awaited broadcast would wait for a stalled page and hold the
/// others back.
/// </summary>
internal sealed class LocalRelay(Presence presence, IHubContext<LiveHub> hub, TimeProvider clock) : ILiveRelay, IOpenPages
{
    /// <summary>Less than an attempt may take in all, so that who stalls is found out here.</summary>
    public static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(2.5);

    public event Action<string>? Changed
    {
        add => presence.Changed += value;
        remove => presence.Changed -= value;
    }

    public IReadOnlyCollection<string> Addresses => presence.Addresses;

    public bool Listens(string address) => !presence.Listening(address).IsEmpty;

    public void Cut(CutOff cut) => presence.Cut(cut);

    Task ILiveRelay.Cut(CutOff cut)
    {
        presence.Cut(cut);
        return Task.CompletedTask;
    }

    public Task<bool> Announced() => Task.FromResult(false);

    public async Task<LiveReach> Deliver(Notice notice, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var pages = presence.Listening(LiveAddress.Of(notice));
        if (pages.IsEmpty) return LiveReach.NotConnected;
        var handed = await Task.WhenAll(pages.Select(page => Hand(page, notice, deadline)));
        return handed.Contains(true) ? LiveReach.Handed : LiveReach.Stalled;
    }

    private async Task<bool> Hand(LiveConnection page, Notice notice, CancellationToken deadline)
    {
        if (!page.Enter()) return false;
        try
        {
            var said = Say(hub.Clients.Client(page.Id), notice, deadline);
            // A page that reads takes it at once; only for one that does not is there a clock to start.
            if (!said.IsCompletedSuccessfully) await said.WaitAsync(SendWithin, clock, deadline);
            return true;
        }
        catch (TimeoutException)
        {
            // Its buffers are full and it does not read: it is cut off, comes back and fetches. Until then nobody goes on trying.
            page.Abort();
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            page.Leave();
        }
    }

    private static Task Say(ISingleClientProxy client, Notice notice, CancellationToken deadline) => notice.Kind switch
    {
        NoticeKind.Offer => client.SendAsync("offer", notice.Offer, deadline),
        NoticeKind.OfferWithdrawn => client.SendAsync("offerWithdrawn", notice.OfferId, deadline),
        NoticeKind.AlertChanged or NoticeKind.LineAlertChanged => client.SendAsync("alert", notice.AlertId, notice.Version, deadline),
        NoticeKind.QueueChanged => client.SendAsync("queue", notice.Recipient, notice.Version, deadline),
        NoticeKind.BedsChanged or NoticeKind.AreaBedsChanged => client.SendAsync("beds", notice.Recipient, notice.Version, deadline),
        NoticeKind.Untaken => client.SendAsync("queue", notice.Line ?? "", notice.Version, deadline),
        _ => throw new UnreachableException($"notice {notice.Kind}"),
    };
}
