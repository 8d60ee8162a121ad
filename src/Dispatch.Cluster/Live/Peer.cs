using System.Collections.Immutable;
using Dispatch.Channels.Live;
using Dispatch.Domain.Channels;

namespace Dispatch.Cluster.Live;

/// <summary>
/// Another host: who listens there, as it said, and what it still has to be told of us. Told in order, one message under way; whatever failed is made good by
/// telling everything.
/// </summary>
internal sealed class Peer(SiloAddress self, IOpenPages pages) : IDisposable
{
    /// <summary>Notices under way to one host; more than that is a host that does not keep up.</summary>
    private const int MostUnderWay = 256;

    private const int MostAddresses = 2_000;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _telling = new(1);
    private HashSet<string> _changed = new(StringComparer.Ordinal);
    private bool _tellEverything = true;
    private ImmutableHashSet<string>? _there;
    private int _underWay;

    /// <summary>Null until the directory has named it or it spoke.</summary>
    public ILiveHost? Host { get; set; }

    public bool Spoke => Volatile.Read(ref _there) is not null;

    public bool Listens(string address) => Volatile.Read(ref _there)?.Contains(address) is true;

    /// <summary>What it says of itself. False for a change of something that was never heard.</summary>
    public bool Hear(Listeners news)
    {
        if (news.Everything) _there = [.. news.Here];
        else if (_there is { } known) _there = known.Union(news.Here).Except(news.Gone);
        else return false;
        return true;
    }

    public async Task<LiveReach> Hand(Notice notice, CancellationToken deadline)
    {
        if (Host is not { } host) return LiveReach.Stalled;
        try
        {
            return Interlocked.Increment(ref _underWay) > MostUnderWay ? LiveReach.Stalled : await host.Hand(notice).WaitAsync(deadline);
        }
#pragma warning disable CA1031 // Whatever is wrong with it: nobody knows that a page took the notice.
        catch (Exception)
#pragma warning restore CA1031
        {
            return LiveReach.Stalled;
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    public void Changed(string address)
    {
        lock (_gate) _changed.Add(address);
    }

    public void TellEverything()
    {
        lock (_gate) _tellEverything = true;
    }

    /// <summary>Ends when the other host knows all that had changed by now. Throws when it did not answer; then everything is told the next time.</summary>
    public async Task Tell(ILiveHost me)
    {
        await _telling.WaitAsync();
        try
        {
            while (Next() is { } news)
            {
                if (Host is not { } host || !await host.Hear(self, me, news)) TellEverything();
                if (Host is null) return;
            }
        }
        catch
        {
            TellEverything();
            throw;
        }
        finally
        {
            _telling.Release();
        }
    }

    public void Dispose() => _telling.Dispose();

    private Listeners? Next()
    {
        lock (_gate)
        {
            var everything = _tellEverything;
            if (everything)
            {
                // What changes from here on is marked again and told after it.
                _changed = new(pages.Addresses, StringComparer.Ordinal);
                _tellEverything = false;
            }
            else if (_changed.Count == 0)
            {
                return null;
            }

            var some = _changed.Take(MostAddresses).ToArray();
            _changed.ExceptWith(some);
            return new Listeners(everything, [.. some.Where(pages.Listens)], [.. some.Where(address => !pages.Listens(address))]);
        }
    }
}
