using System.Collections.Concurrent;
using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Recording;

/// <summary>Sends nothing and remembers everything, up to a bound: for tests and for looking at what would have left.</summary>
public sealed class RecordingChannel(ChannelKind kind, Func<Notice, DeliveryResult>? answer = null) : IChannel
{
    public const int MaxKept = 10_000;

    private readonly ConcurrentQueue<Notice> _notices = new();

    public ChannelKind Kind => kind;

    public IReadOnlyCollection<Notice> Notices => [.. _notices];

    public Task<DeliveryResult> Send(Notice notice, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(notice);
        _notices.Enqueue(notice);
        while (_notices.Count > MaxKept) _notices.TryDequeue(out _);
        return Task.FromResult(answer?.Invoke(notice) ?? new DeliveryResult.Sent());
    }
}
