using System.Net;

namespace Dispatch.Benchmarks.Clients;

/// <summary>Many open pages, and the beat that keeps them open.</summary>
internal sealed class Phones : IDisposable
{
    private const int ConnectAtOnce = 256;
    private readonly LivePhone[] _phones;
    private readonly Timer _beat;

    private Phones(LivePhone[] phones)
    {
        _phones = phones;
        _beat = new Timer(_ => Beat(), null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
    }

    public IReadOnlyList<LivePhone> All => _phones;

    public static async Task<Phones> Connect(IPEndPoint host, IReadOnlyList<string> tokens, IPhoneListener listener)
    {
        var phones = tokens.Select((_, i) => new LivePhone(i, listener)).ToArray();
        await Parallel.ForEachAsync(phones, new ParallelOptions { MaxDegreeOfParallelism = ConnectAtOnce }, async (phone, _) => await phone.Connect(host, tokens[phone.Number]));
        return new Phones(phones);
    }

    public void Dispose()
    {
        _beat.Dispose();
        foreach (var phone in _phones) phone.Dispose();
    }

    private void Beat()
    {
        foreach (var phone in _phones)
        {
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
