using System.Collections.Concurrent;
using System.Diagnostics;
using Dispatch.Benchmarks.Clients;

namespace Dispatch.Benchmarks.Runs;

/// <summary>Every alert from its raise to its escalation, as the phones see it: offer 0 is the first step, offer 1 the escalation, and there must be no other.</summary>
internal sealed class EscalationWatch : IPhoneListener
{
    private readonly ConcurrentDictionary<Guid, Case> _cases = new();
    private int _escalated;
    private int _doubled;
    private int _repeated;

    public int Escalated => _escalated;

    /// <summary>More was asked than the protocol says, or the same was shown twice with no crash between.</summary>
    public int Doubled => _doubled;

    /// <summary>The same offer id again after the host was killed: sent before, not yet known as sent. A page drops it.</summary>
    public int Repeated => _repeated;

    /// <summary>The host's life: an offer may come once in each of them.</summary>
    public int Life { get; set; }

    public ICollection<Case> Cases => _cases.Values;

    public void Acknowledged(Guid alert) => Of(alert).Acknowledged = true;

    public void Offered(LivePhone phone, ReadOnlySpan<byte> offerId) => Seen(offerId, live: true);

    /// <summary>Found in the list that a page fetches when it comes back.</summary>
    public void Fetched(string offerId) => Seen(System.Text.Encoding.ASCII.GetBytes(offerId), live: false);

    public void Recorded(LivePhone phone, long sentAt, bool refused)
    {
    }

    public void Told(LivePhone phone, ReadOnlySpan<byte> message)
    {
    }

    private void Seen(ReadOnlySpan<byte> offerId, bool live)
    {
        var now = Stopwatch.GetTimestamp();
        var (alert, number) = OfferName.Read(offerId);
        var one = Of(alert);
        lock (one)
        {
            if (number == 0)
            {
                if (one.FirstAt == 0) one.FirstAt = now;
            }
            else if (number > 1)
            {
                Interlocked.Increment(ref _doubled);
            }
            else if (one.EscalatedAt == 0)
            {
                (one.EscalatedAt, one.EscalatedIn) = (now, Life);
                Interlocked.Increment(ref _escalated);
            }
            else if (live && one.EscalatedIn == Life)
            {
                // Fetched and then sent live within one life is the hint for what was fetched.
                if (one.EscalatedLive) Interlocked.Increment(ref _doubled);
            }
            else if (live)
            {
                Interlocked.Increment(ref _repeated);
            }

            if (number == 1) one.EscalatedLive |= live;
        }
    }

    private Case Of(Guid alert) => _cases.GetOrAdd(alert, _ => new Case());

    internal sealed class Case
    {
        public bool Acknowledged { get; set; }
        public long FirstAt { get; set; }
        public long EscalatedAt { get; set; }
        public int EscalatedIn { get; set; }
        public bool EscalatedLive { get; set; }
    }
}
