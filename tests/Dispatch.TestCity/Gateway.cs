using Dispatch.Domain.Channels;

namespace Dispatch.TestCity;

/// <summary>A way to reach people beside their open pages: records what it was given and when, and answers as the story says.</summary>
public sealed class Gateway(ChannelKind kind) : IChannel
{
    private readonly List<(DateTimeOffset At, Notice Notice)> _taken = [];

    public ChannelKind Kind => kind;

    public Func<DateTimeOffset> Now { get; set; } = () => default;

    /// <summary>What it answers to everybody for whom <see cref="To"/> says nothing else.</summary>
    public DeliveryResult Answer { get; set; } = new DeliveryResult.Sent();

    /// <summary>What it answers to one person.</summary>
    public Dictionary<string, DeliveryResult> To { get; } = new(StringComparer.Ordinal);

    /// <summary>"Later" is an attempt that was made, too, as a call that nobody picked up.</summary>
    public bool KeepsLater { get; set; }

    /// <summary>Everything but what it put off.</summary>
    public IReadOnlyList<(DateTimeOffset At, Notice Notice)> Taken => _taken;

    public IReadOnlyList<(DateTimeOffset At, Notice Notice)> Offers => [.. _taken.Where(t => t.Notice.Kind is NoticeKind.Offer)];

    public Task<DeliveryResult> Send(Notice notice, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var answer = To.GetValueOrDefault(notice.Recipient, Answer);
        if (answer is not DeliveryResult.Later || KeepsLater) _taken.Add((Now(), notice));
        return Task.FromResult(answer);
    }
}
