using Microsoft.AspNetCore.SignalR;

namespace Dispatch.Web.Live;

/// <summary>One open page.</summary>
/// <param name="areas">For which she looks for beds.</param>
/// <param name="tablet">A house's: it hears of the house and of nobody, and its account is who made it one.</param>
internal sealed class LiveConnection(
    HubCallerContext context, string account, string session, IReadOnlyList<string> lines, IReadOnlyList<string>? houses = null, IReadOnlyList<string>? areas = null, bool tablet = false)
{
    /// <summary>A page that leaves this many messages unread is not reading: it is cut off, comes back and fetches.</summary>
    public const int MaxUnread = 64;

    private int _unread;

    public string Id => context.ConnectionId;
    public string Account => account;
    public string Session => session;
    public bool Tablet => tablet;
    public IReadOnlyList<string> Lines => lines;
    public IReadOnlyList<string> Houses => houses ?? [];
    public IReadOnlyList<string> Areas => areas ?? [];

    public bool Enter()
    {
        if (Interlocked.Increment(ref _unread) <= MaxUnread) return true;
        Leave();
        context.Abort();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _unread);

    public void Abort() => context.Abort();
}
