using System.Collections.Immutable;
using Dispatch.Domain.Alerts;

namespace Dispatch.Grains.Alerts;

/// <summary>What one state of an alert still owes to whom: which debts were not tried yet, which wait to be tried again.</summary>
internal sealed class Debts
{
    private readonly Queue<string> _untried;
    private readonly Lazy<ILookup<string, Offer>> _offers;

    public Debts(Alert? of, IEnumerable<Pending> owed, IReadOnlySet<string>? inFlight = null)
    {
        Of = of;
        Owed = owed.ToDictionary(p => p.To, StringComparer.Ordinal);
        _untried = new Queue<string>(Owed.Keys.Where(to => inFlight?.Contains(to) is not true));
        _offers = new Lazy<ILookup<string, Offer>>(() => (of?.Offers ?? []).ToLookup(o => o.Responder, StringComparer.Ordinal), isThreadSafe: false);
    }

    public Alert? Of { get; }

    public Dictionary<string, Pending> Owed { get; }

    /// <summary>Recipients who could not be told yet.</summary>
    public SortedSet<string> Waiting { get; } = new(StringComparer.Ordinal);

    public bool Untried => _untried.Count > 0;

    public IReadOnlyCollection<Offer> OffersTo(string responder) => [.. _offers.Value[responder]];

    /// <summary>The next debt to try, or null. It is the caller's until <see cref="Tried"/>.</summary>
    public Pending? NextDue(Func<Pending, bool> isDue)
    {
        while (_untried.TryDequeue(out var to))
        {
            if (!Owed.TryGetValue(to, out var pending)) continue;
            if (isDue(pending)) return pending;
            Waiting.Add(to);
        }

        if (Waiting.FirstOrDefault(to => isDue(Owed[to])) is not { } again) return null;
        Waiting.Remove(again);
        return Owed[again];
    }

    /// <summary>Somebody has been told the state of that version or could not be; a newer debt to her is due at once.</summary>
    public void Tried(string to, long settled)
    {
        if (!Owed.TryGetValue(to, out var pending)) return;
        if (settled >= pending.Version) Owed.Remove(to);
        else Waiting.Add(to);
    }
}
