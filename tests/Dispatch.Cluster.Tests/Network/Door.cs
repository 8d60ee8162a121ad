using System.Net;
using System.Net.Sockets;

namespace Dispatch.Cluster.Tests.Network;

/// <summary>Pass connections on: hosts in their namespaces reach through one a database that listens on the loopback alone.</summary>
internal sealed class Doors : IAsyncDisposable
{
    private readonly List<Door> _doors = [];

    /// <summary>The port of a new one, on the side of the street.</summary>
    public int To(int behind)
    {
        var door = new Door(Street.Gateway, behind);
        _doors.Add(door);
        return door.Port;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var door in _doors) await door.DisposeAsync();
    }
}

internal sealed class Door : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly int _behind;
    private readonly Task _running;

    public Door(IPAddress address, int behind)
    {
        _behind = behind;
        _listener = new TcpListener(address, 0);
        _listener.Start();
        _running = Open();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

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
            await outside.ConnectAsync(IPAddress.Loopback, _behind);
            await using NetworkStream one = new(inside, ownsSocket: true), other = new(outside);
            await Task.WhenAny(one.CopyToAsync(other), other.CopyToAsync(one));
        }
        catch (Exception cut) when (cut is SocketException or IOException)
        {
            // One end hung up; the other is told by the closing.
        }
    }
}
