using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Dispatch.Web.Tests.Leaks;

/// <summary>Stands between everybody and the host, and keeps every byte that the host sends: heads, bodies, live messages, whatever it is.</summary>
internal sealed class Tap : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<MemoryStream> _sent = new();
    private readonly Func<int> _behind;
    private readonly Task _running;

    private Tap(Func<int> behind)
    {
        _behind = behind;
        _listener.Start();
        _running = Open();
    }

    /// <param name="port">The host's, which changes with each start.</param>
    public static Tap Before(Func<int> port) => new(port);

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>What each connection brought so far.</summary>
    public IReadOnlyList<byte[]> Sent
    {
        get
        {
            var all = new List<byte[]>();
            foreach (var one in _sent)
            {
                lock (one) all.Add(one.ToArray());
            }

            return all;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _running;
    }

    private async Task Open()
    {
        try
        {
            while (true) _ = Pass(await _listener.AcceptSocketAsync());
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task Pass(Socket inside)
    {
        using var outside = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        inside.NoDelay = true;
        try
        {
            await outside.ConnectAsync(IPAddress.Loopback, _behind());
            await using NetworkStream caller = new(inside, ownsSocket: true), host = new(outside);
            await Task.WhenAny(caller.CopyToAsync(host), Keep(host, caller));
        }
        catch (Exception cut) when (cut is SocketException or IOException)
        {
            // One end hung up; the other is told by the closing.
        }
    }

    private async Task Keep(NetworkStream host, NetworkStream caller)
    {
        var kept = new MemoryStream();
        _sent.Enqueue(kept);
        var buffer = new byte[64 * 1024];
        while (await host.ReadAsync(buffer) is > 0 and var got)
        {
            lock (kept) kept.Write(buffer, 0, got);
            await caller.WriteAsync(buffer.AsMemory(0, got));
        }
    }
}
