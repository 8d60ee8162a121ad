using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dispatch.Benchmarks.Clients;

/// <summary>Sends texts to a Kannel one after the other over one kept connection. Blocking and with nothing round it, as <see cref="RaiseClient"/> is.</summary>
internal sealed class TextClient : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answer = new byte[4096];

    public TextClient(Uri gateway) => _socket.Connect(IPAddress.Loopback, gateway.Port);

    public void Send(Uri text)
    {
        var request = Encoding.ASCII.GetBytes($"GET {text.PathAndQuery} HTTP/1.1\r\nHost: {text.Authority}\r\n\r\n");
        for (var sent = 0; sent < request.Length;) sent += _socket.Send(request.AsSpan(sent));
        var length = 0;
        // All its answers to a text that it takes end so; a refusal never comes to this and the socket's time runs out.
        while (!_answer.AsSpan(0, length).EndsWith("delivery"u8))
        {
            var got = _socket.Receive(_answer.AsSpan(length));
            if (got == 0) throw new IOException("Kannel hung up.");
            length += got;
            if (!_answer.AsSpan(0, length).StartsWith("HTTP/1.1 202 "u8)) throw new IOException(Encoding.ASCII.GetString(_answer, 0, length));
        }
    }

    public void Dispose() => _socket.Dispose();
}
