using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Protocols;
using Microsoft.Extensions.Logging;

namespace Dispatch.Grains.Alerts;

/// <param name="Id">The host process that runs these grains; new at each start, so that a lease of a dead one is never mistaken for one's own.</param>
/// <param name="Alone">The store lets in one process at a time: whoever held a lease before is dead, and nobody needs to wait for it to run out.</param>
public sealed record HostInstance(string Id, bool Alone);

/// <summary>What every alert on this host sends through: the channels, each attempt with its own deadline.</summary>
public sealed class AlertSender(IEnumerable<IChannel> channels, HostInstance host, TimeProvider clock, ILogger<AlertSender> log)
{
    /// <summary>An attempt that has not ended by then counts as failed.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);

    private readonly ImmutableArray<IChannel> _channels = [.. channels.OrderBy(c => c.Kind)];
    private int _activations;

    public ImmutableArray<IChannel> Channels => _channels;

    public ImmutableArray<ChannelKind> Kinds { get; } = [.. channels.Select(c => c.Kind).Order()];

    /// <summary>The rules as this installation can follow them.</summary>
    public Rules Able(Rules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return rules.With(texts: Kinds.Contains(ChannelKind.Sms), calls: Kinds.Contains(ChannelKind.Voice));
    }

    public bool Alone => host.Alone;

    public string NewLeaseOwner() => string.Create(CultureInfo.InvariantCulture, $"{host.Id}:{Interlocked.Increment(ref _activations)}");

    /// <summary>One attempt. A channel that throws or hangs is treated as "later", never as sent.</summary>
    public async Task<DeliveryResult> Send(IChannel channel, Notice notice)
    {
        ArgumentNullException.ThrowIfNull(channel);
        using var deadline = new CancellationTokenSource(Deadline, clock);
        try
        {
            return await channel.Send(notice, deadline.Token).WaitAsync(deadline.Token);
        }
#pragma warning disable CA1031 // One channel's failure must not end the attempt on the next one.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("Channel {Channel} failed: {Failure}", channel.Kind, failure.GetType().Name);
            return new DeliveryResult.Later(TimeSpan.FromSeconds(1), failure is OperationCanceledException ? "deadline" : "failed");
        }
    }

    /// <summary>A hint to open pages: worth a try, not worth a repeat, because a page fetches by itself as well.</summary>
    public async Task Hint(Notice notice)
    {
        foreach (var channel in _channels)
        {
            if (channel.Kind is ChannelKind.Live) await Send(channel, notice);
        }
    }
}
