using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dispatch.Benchmarks.Clients;

/// <summary>Told of each request that has arrived as a whole; the span is valid during the call only.</summary>
internal delegate void Arrived(ReadOnlySpan<byte> head);

/// <summary>
/// The far side of a channel on loopback: takes requests over kept connections and gives each the same answer, at once. Lean, because it shares the cores with what is
/// measured.
/// </summary>
internal sealed class StandIn : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, Ports.Free());
    private readonly byte[] _answer;
    private readonly Arrived _arrived;
    private readonly List<Socket> _open = [];
    private bool _over;

    private StandIn(string answer, Arrived arrived)
    {
        (_answer, _arrived) = (Encoding.ASCII.GetBytes(answer), arrived);
        _listener.Start(backlog: 512);
        _ = Accept();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>As a push service answers that has taken a message.</summary>
    public static StandIn PushService(Arrived arrived) => new("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n", arrived);

    /// <summary>As Kannel answers that has taken a text.</summary>
    public static StandIn TextGateway(Arrived arrived) => new("HTTP/1.1 202 Accepted\r\nContent-Type: text/html\r\nContent-Length: 24\r\n\r\n0: Accepted for delivery", arrived);

    /// <summary>Takes whatever is reported.</summary>
    public static StandIn Reports() => new("HTTP/1.1 204 No Content\r\n\r\n", _ => { });

    public void Dispose()
    {
        lock (_open)
        {
            _over = true;
            _listener.Dispose();
            _open.ForEach(socket => socket.Dispose());
        }
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync();
                lock (_open)
                {
                    if (_over) socket.Dispose();
                    else _open.Add(socket);
                }

                _ = Serve(socket);
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The run is over.
        }
    }

    private async Task Serve(Socket socket)
    {
        var (buffer, length) = (new byte[16 * 1024], 0);
        try
        {
            socket.NoDelay = true;
            while (true)
            {
                int request;
                while ((request = Whole(buffer.AsSpan(0, length))) == 0)
                {
                    var got = await socket.ReceiveAsync(buffer.AsMemory(length));
                    if (got == 0) return;
                    length += got;
                }

                _arrived(buffer.AsSpan(0, request));
                await socket.SendAsync(_answer);
                length -= request;
                Buffer.BlockCopy(buffer, request, buffer, 0, length);
            }
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            // Its caller ended, or the run.
        }
    }

    /// <summary>The bytes of one whole request; 0 when more must come.</summary>
    private static int Whole(ReadOnlySpan<byte> got)
    {
        var head = got.IndexOf("\r\n\r\n"u8);
        if (head < 0) return 0;
        var at = got[..head].IndexOf("Content-Length: "u8);
        var body = at >= 0 && Utf8Parser.TryParse(got[(at + 16)..], out int bytes, out _) ? bytes : 0;
        return got.Length >= head + 4 + body ? head + 4 + body : 0;
    }
}
