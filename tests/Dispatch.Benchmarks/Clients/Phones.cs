using Dispatch.Benchmarks.Host;

namespace Dispatch.Benchmarks.Clients;

/// <summary>Many open pages, and the beat that keeps them open.</summary>
internal sealed class Phones : IDisposable
{
    private const int ConnectAtOnce = 256;
    private const int SmallBuffer = 4096;
    private readonly LivePhone[] _phones;
    private const int Lots = 100;
    private readonly Timer _beat;
    private int _lot;

    private Phones(LivePhone[] phones)
    {
        _phones = phones;
        _beat = new Timer(_ => Beat(), null, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
    }

    public IReadOnlyList<LivePhone> All => _phones;

    /// <param name="hosts">They share the pages.</param>
    /// <param name="tokens">One page each.</param>
    /// <param name="listener">Told of what arrives on all of them.</param>
    /// <param name="small">So many of them, the first, have a small receive buffer.</param>
    public static async Task<Phones> Connect(Servers hosts, IReadOnlyList<string> tokens, IPhoneListener listener, int small = 0)
    {
        var phones = tokens.Select((_, i) => new LivePhone(i, listener) { ReceiveBuffer = i < small ? SmallBuffer : 0 }).ToArray();
        await Parallel.ForEachAsync(phones, new ParallelOptions { MaxDegreeOfParallelism = ConnectAtOnce }, async (phone, _) => await phone.Connect(hosts.For(phone.Number), tokens[phone.Number]));
        return new Phones(phones);
    }

    public void Dispose()
    {
        _beat.Dispose();
        foreach (var phone in _phones) phone.Dispose();
    }

    /// <summary>Each phone every ten seconds, a few at a time: thousands at once would be a load of their own.</summary>
    private void Beat()
    {
        var lot = Interlocked.Increment(ref _lot) % Lots;
        for (var i = lot; i < _phones.Length; i += Lots)
        {
            var phone = _phones[i];
            try
            {
                if (phone.Open) phone.Ping();
            }
            catch (Exception cut) when (cut is System.Net.Sockets.SocketException or ObjectDisposedException)
            {
                // It hung up in this moment.
            }
        }
    }
}
