using System.Diagnostics;
using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Live;

/// <summary>Notices to pages that are open now. Handed over does not mean seen: only a receipt says that.</summary>
public sealed class LiveChannel(ILiveRelay relay) : IChannel
{
    private static readonly TimeSpan StalledRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UnknownRetry = TimeSpan.FromSeconds(1);

    public ChannelKind Kind => ChannelKind.Live;

    public async Task<DeliveryResult> Send(Notice notice, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return await relay.Deliver(notice, deadline) switch
        {
            LiveReach.Handed => new DeliveryResult.Sent(),
            LiveReach.NotConnected => new DeliveryResult.Never("notConnected"),
            LiveReach.Stalled => new DeliveryResult.Later(StalledRetry, "stalled"),
            LiveReach.Unknown => new DeliveryResult.Later(UnknownRetry, "hostsUnknown"),
            var reach => throw new UnreachableException($"reach {reach}"),
        };
    }
}
