using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Hotline;

namespace Dispatch.Grains.Hotline;

/// <summary>An item goes from one person to another.</summary>
internal sealed partial class HotlineGrain
{
    public async Task<ClaimResult> Offer(string itemId, string by, ImmutableArray<string> to)
    {
        var watch = await Open(itemId);
        return await Decide(watch?.Value, itemId, current => Transfers.Offer(current, by, to, clock.GetUtcNow()));
    }

    public async Task<ClaimResult> Refuse(string itemId, string by)
    {
        var watch = await Open(itemId);
        return await Decide(watch?.Value, itemId, current => Transfers.Refuse(current, by));
    }

    public async Task<ClaimResult> TakeOver(string itemId, string by)
    {
        if (await Open(itemId) is not { } watch) return await Known(itemId, Refusal.NotFound);
        return await Decide(watch.Value, itemId, current => Transfers.TakeOver(current, itemId, by, clock.GetUtcNow()));
    }
}
