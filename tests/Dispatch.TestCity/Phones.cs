using Dispatch.Domain.Channels;

namespace Dispatch.TestCity;

/// <summary>Everybody's phone and console: records what arrived and when, and can be off.</summary>
public sealed class Phones(TimeProvider clock) : IChannel
{
    private readonly List<(DateTimeOffset At, Notice Notice)> _arrived = [];
    private readonly HashSet<string> _expected = [];

    public ChannelKind Kind => ChannelKind.Live;

    /// <summary>Phones that are off: the channel says that nobody is connected.</summary>
    public HashSet<string> Off { get; } = new(StringComparer.Ordinal);

    /// <summary>Phones whose connection is open and takes nothing: the send ends only with its deadline.</summary>
    public HashSet<string> Hang { get; } = new(StringComparer.Ordinal);

    /// <summary>Runs before a notice is taken in; may throw, or answer something else than "sent".</summary>
    public Func<Notice, DeliveryResult?>? Before { get; set; }

    public IReadOnlyList<(DateTimeOffset At, Notice Notice)> Arrived => _arrived;

    public Task<DeliveryResult> Send(Notice notice, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(notice);
        if (Before?.Invoke(notice) is { } other) return Task.FromResult(other);
        if (Hang.Contains(notice.Recipient)) return Forever(deadline);
        if (Off.Contains(notice.Recipient)) return Task.FromResult<DeliveryResult>(new DeliveryResult.Never("notConnected"));
        _arrived.Add((clock.GetUtcNow(), notice));
        return Task.FromResult<DeliveryResult>(new DeliveryResult.Sent());
    }

    private static Task<DeliveryResult> Forever(CancellationToken deadline)
    {
        var never = new TaskCompletionSource<DeliveryResult>();
        deadline.Register(() => never.TrySetCanceled(deadline));
        return never.Task;
    }

    public IEnumerable<(DateTimeOffset At, Notice Notice)> Offers(string who) => _arrived.Where(a => a.Notice.Kind is NoticeKind.Offer && a.Notice.Recipient == who);

    /// <summary>The one offer that this person's phone got; fails the story when there is none or more than one.</summary>
    public Notice ExpectsOffer(string who)
    {
        var offers = Offers(who).Where(o => _expected.Add(o.Notice.Id)).ToArray();
        if (offers.Length != 1) throw new InvalidOperationException($"{who} got {offers.Length} new offers, expected one. Arrived: {Story()}");
        return offers[0].Notice;
    }

    public void ExpectsStandDown(string who)
    {
        if (!_arrived.Any(a => a.Notice.Kind is NoticeKind.OfferWithdrawn && a.Notice.Recipient == who)) throw new InvalidOperationException($"{who} was not told to stand down. Arrived: {Story()}");
    }

    /// <summary>No offer arrived that the story did not expect.</summary>
    public void NothingElseWasOffered()
    {
        var others = _arrived.Where(a => a.Notice.Kind is NoticeKind.Offer && !_expected.Contains(a.Notice.Id)).ToArray();
        if (others.Length > 0) throw new InvalidOperationException($"Unexpected offers to {string.Join(", ", others.Select(o => o.Notice.Recipient))}. Arrived: {Story()}");
    }

    public string Story() => string.Join("; ", _arrived.Select(a => $"{a.At:HH:mm:ss.fff} {a.Notice.Kind} to {a.Notice.Recipient}"));
}
